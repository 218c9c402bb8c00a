"""What a consumer can do. For money and rights the last four digits are asked once more."""

from dataclasses import replace
from uuid import uuid4

from litestar import get, post
from litestar.datastructures import Cookie
from litestar.exceptions import NotFoundException

from services.cases import ledger, queries
from services.cases.receipts import Conflict, Stale
from services.cases.views import CaseView
from services.lifecycle import commands as c
from services.lifecycle.bells import local_day
from services.lifecycle.kinds import Door, Role
from services.lifecycle.permissions import permitted
from services.lifecycle.refusals import Refused
from services.tenants import second_check
from services.tenants.links import Scope
from services.tenants.refusals import Denial, Denied
from services.tenants.seats import Seat
from services.wording.say import phrase, say
from web import access, grants
from web.access import Of
from web.act_forms import ActForm, FormField, act_form, command_of
from web.acts import BY_NOUN, Act
from web.asking import asking, chooses_door
from web.caller import caller_of
from web.choices import Around
from web.forms import FormReader
from web.page import Asked, Page, go
from web.said import Said
from web.status_heading import heading

OPT = access.link(Scope.STATUS, number=Of.CASE, noun=Of.OURS)
PATH = "/s/{number:str}/{noun:str}"
DIGITS = "digits"
NOTHING = "nothing"
"""Asked for by who has no more to say: words to send as they are, or to change."""
ASK_AGAIN = frozenset({c.AcceptOffer, c.Withdraw})
ELSEWHERE = frozenset({c.RevokeConsent})
"""What has a page of its own for the consumer."""


@get(PATH, opt=OPT)
async def show(request: Asked, seat: Seat, noun: str, form: FormReader) -> Page:
    act, view = act_of(noun), await own_case(seat)
    if chooses_door(act, view):
        form.fill(choice=request.query_params.get("choice"))
    elif act.command is c.Provide and NOTHING in request.query_params:
        form.fill(text=phrase("Ready", "nothing_more"))
    return act_page(request, seat, view, act, form)


@post(PATH, opt=OPT)
async def do(request: Asked, seat: Seat, noun: str, form: FormReader) -> Page:
    act = act_of(noun)
    view = await own_case(seat)
    if chooses_door(act, view):
        say_for_them(form)
    command = command_of(act, form, today=local_day(view.now))
    if command is None or not await is_themselves(request, act, form):
        return act_page(request, seat, view, act, form, status=422)
    try:
        await ledger.apply(
            seat, view.number, command, command_id=form.command_id, if_version=form.version
        )
    except (Refused, Stale, Conflict) as no:
        return await answered_no(request, seat, view, act, form=form, no=no)
    return go(f"/s/{view.number}/status", said=Said.THANKS, cookies=kept(request))


async def answered_no(
    request: Asked,
    seat: Seat,
    view: CaseView,
    act: Act,
    *,
    form: FormReader,
    no: Refused | Stale | Conflict,
) -> Page:
    """What was typed stays; the page says what happened in between and can be sent again."""
    match no:
        case Refused(why=why):
            form.refuse(why)
            return act_page(request, seat, view, act, form, status=422)
        case Stale():
            now = await own_case(seat)
            form.version = now.case.version
            return act_page(request, seat, now, act, form, status=409, clash="stale")
        case Conflict():
            form.command_id, form.version = uuid4(), view.case.version
            return act_page(request, seat, view, act, form, status=409, clash="conflict")


def act_of(noun: str) -> Act:
    act = BY_NOUN.get(noun)
    if act is None or not permitted(Role.CONSUMER, act.command) or act.command in ELSEWHERE:
        raise NotFoundException
    return act


async def own_case(seat: Seat) -> CaseView:
    assert seat.case
    return await queries.case(seat, seat.case)


async def is_themselves(request: Asked, act: Act, form: FormReader) -> bool:
    return act.command not in ASK_AGAIN or await knows_the_digits(request, form)


async def knows_the_digits(request: Asked, form: FormReader) -> bool:
    """Whoever found the phone unlocked does not settle the case."""
    grant = caller_of(request).grant
    if grant is None:
        return True
    try:
        await second_check.check(grant.ref, form.line(DIGITS, needed=True))
    except Denied as denied:
        if denied.why is Denial.TOO_MANY_TRIES:
            raise
        if not form.faults:
            form.fault(DIGITS, denied.why)
    return not form.faults


def say_for_them(form: FormReader) -> None:
    """Who has chosen a door has said enough."""
    choice = form.value("choice")
    if choice in set(Door) and not form.value("text").strip():
        form.fill(text=say(Door(choice)))


def built(act: Act, view: CaseView, form: FormReader) -> ActForm:
    base = f"/s/{view.number}"
    made = act_form(act, view, form, role=Role.CONSUMER, base=base, around=Around())
    if not chooses_door(act, view):
        return made
    choice_first = sorted(made.fields, key=lambda each: each.field.path != "choice")
    return replace(made, fields=tuple(eased(field) for field in choice_first))


def eased(field: FormField) -> FormField:
    """The choice is what is asked; words of one's own may be added to it."""
    needed = field.field.path == "choice"
    return replace(field, field=replace(field.field, needed=needed))


def act_page(
    request: Asked,
    seat: Seat,
    view: CaseView,
    act: Act,
    form: FormReader,
    *,
    status: int = 200,
    clash: str | None = None,
) -> Page:
    data = {
        **heading(request, view, seat),
        "form": form,
        "act": built(act, view, form),
        **asking(act, view),
        "clash": clash,
        "asks_digits": act.command in ASK_AGAIN,
    }
    return Page("status/act.html", data, status=status, cookies=kept(request))


def kept(request: Asked) -> list[Cookie]:
    """The visit lasts from the last act on."""
    grant = caller_of(request).grant
    return [grants.renewed(request, grant)] if grant else []
