"""One noun for every act of the staff: GET shows its form, POST does it. Also what may go wrong."""

from uuid import uuid4

from litestar import get, post
from litestar.exceptions import NotFoundException, PermissionDeniedException

from services.cases import ledger, queries
from services.cases.receipts import Conflict, Receipt, Stale
from services.cases.views import CaseView
from services.lifecycle import commands as c
from services.lifecycle.bells import local_day
from services.lifecycle.kinds import Role
from services.lifecycle.permissions import permitted
from services.lifecycle.refusals import Refused, Why
from services.playbooks import library
from services.tenants import people
from services.tenants.seats import Seat
from web import access
from web.access import Of
from web.act_forms import act_form, command_of
from web.acts import BY_NOUN, Act
from web.choices import Around
from web.cookies import settings_of
from web.desk import address, heading
from web.forms import FormReader
from web.page import Asked, Page, go
from web.said import Said
from web.timeline import rows

HANDS = (Role.VOLUNTEER, Role.CASEWORKER, Role.MANAGER)
OPT = access.staff(*HANDS, org=Of.ORGANISATION, number=Of.CASE, noun=Of.OURS)
CLAIM = access.staff(*HANDS, org=Of.ORGANISATION, number=Of.CASE)
PATH = "/{org:str}/desk/cases/{number:str}/{noun:str}"
BESIDE = {Why.TEXT_MISSING: "text", Why.DAY_MISSING: "contact.again_on"}
"""Refusals that one field can mend are told beside it."""


@get(PATH, opt=OPT)
async def show(seat: Seat, number: str, noun: str, form: FormReader) -> Page:
    act = act_of(noun, seat)
    return await act_page(seat, await queries.case(seat, number), act, form)


@post(PATH, opt=OPT)
async def do(request: Asked, seat: Seat, number: str, noun: str, form: FormReader) -> Page:
    act = act_of(noun, seat)
    view = await queries.case(seat, number)
    command = command_of(act, form, today=local_day(view.now))
    if command is None:
        return await act_page(seat, view, act, form, status=422)
    version = None if act.adds else form.version
    try:
        receipt = await ledger.apply(
            seat, view.number, command, command_id=form.command_id, if_version=version
        )
    except (Refused, Stale, Conflict) as no:
        return await answered_no(seat, view, act, form, no)
    return done(request, seat, act, receipt)


@post("/{org:str}/desk/cases/{number:str}/claim", opt=CLAIM)
async def claim(seat: Seat, number: str, form: FormReader) -> Page:
    """A volunteer takes a case that they may not read before it is theirs."""
    receipt = await ledger.apply(seat, number, c.Take(), command_id=form.command_id)
    return go(address(seat, receipt.number), said=Said.DONE)


def act_of(noun: str, seat: Seat) -> Act:
    act = BY_NOUN.get(noun)
    if act is None:
        raise NotFoundException
    if not permitted(seat.role, act.command):
        raise PermissionDeniedException(extra={"trouble": "role_needed"})
    return act


def done(request: Asked, seat: Seat, act: Act, receipt: Receipt) -> Page:
    """A new link is shown once, in the very answer; a replay shows the same again."""
    back = address(seat, receipt.number)
    if act.command is c.ReissueLink and receipt.link_token:
        link = f"{settings_of(request).public_url}/s/{receipt.link_token}"
        return Page("commands/link.html", {"number": receipt.number, "link": link, "back": back})
    return go(back, said=Said.ALREADY if receipt.replayed else Said.DONE)


async def answered_no(
    seat: Seat, view: CaseView, act: Act, form: FormReader, no: Refused | Stale | Conflict
) -> Page:
    """What was typed stays. A stale form may be sent again, knowing what happened meanwhile."""
    match no:
        case Refused(why=why):
            form.fault(BESIDE.get(why, ""), why)
            return await act_page(seat, view, act, form, status=422)
        case Stale():
            now = await queries.case(seat, view.number)
            since, form.version = form.version or 0, now.case.version
            return await act_page(seat, now, act, form, status=409, clash="stale", since=since)
        case Conflict():
            form.command_id, form.version = uuid4(), view.case.version
            return await act_page(seat, view, act, form, status=409, clash="conflict")


async def act_page(
    seat: Seat,
    view: CaseView,
    act: Act,
    form: FormReader,
    *,
    status: int = 200,
    clash: str | None = None,
    since: int | None = None,
) -> Page:
    back = address(seat, view.number)
    around = await around_for(seat, act)
    happened = rows(view, reader=seat.role)
    data = {
        **heading(view, seat),
        "form": form,
        "act": act_form(act, view, form, role=seat.role, base=back, around=around),
        "back": back,
        "clash": clash,
        "since": [row for row in happened if since is not None and row.seq > since],
    }
    return Page("commands/act.html", data, status=status)


async def around_for(seat: Seat, *acts: Act) -> Around:
    """Read only where an act on the page offers it."""
    commands = {act.command for act in acts}
    staff = await people.everybody(seat) if c.Assign in commands else ()
    books = await library.published(seat) if c.MovePlaybook in commands else ()
    return Around(
        people=[(p.id, p.name) for p in staff if p.role in HANDS and not p.disabled],
        playbooks=books,
    )
