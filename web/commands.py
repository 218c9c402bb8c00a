"""One noun for every act of the staff: GET shows its form, POST does it. Also what may go wrong."""

from datetime import UTC, date, datetime
from uuid import uuid4

from litestar import get, post
from litestar.exceptions import NotFoundException, PermissionDeniedException

from services.cases import ledger, queries
from services.cases.merchant_links import merchant_link
from services.cases.receipts import Conflict, Receipt, Stale
from services.cases.views import CaseView
from services.lifecycle import commands as c
from services.lifecycle.bells import local_day
from services.lifecycle.kinds import Role
from services.lifecycle.permissions import permitted
from services.lifecycle.refusals import Refused, Why
from services.playbooks import library
from services.tenants import links, people
from services.tenants.seats import Seat
from web import access
from web.access import Of
from web.act_forms import act_form, command_of
from web.acts import BY_NOUN, Act
from web.caller import caller_of
from web.choices import Around
from web.clash import clash
from web.cookies import settings_of
from web.desk import address, heading
from web.forms import FormReader
from web.page import Asked, Page, go
from web.said import Said
from web.trail import Trail, trail_of

HANDS = (Role.VOLUNTEER, Role.CASEWORKER, Role.MANAGER)
OPT = access.staff(*HANDS, org=Of.ORGANISATION, number=Of.CASE, noun=Of.OURS)
CLAIM = access.staff(*HANDS, org=Of.ORGANISATION, number=Of.CASE)
PATH = "/{org:str}/desk/cases/{number:str}/{noun:str}"
BESIDE = {Why.TEXT_MISSING: "text", Why.DAY_MISSING: "contact.again_on"}
"""Refusals that one field can mend are told beside it."""


@get(PATH, opt=OPT)
async def show(request: Asked, seat: Seat, number: str, noun: str, form: FormReader) -> Page:
    """For htmx the form alone, to stand on the page of the case."""
    act, trail = act_of(noun, seat), trail_of(request)
    if act.command is c.ShareEvidence:
        form.fill(piece=request.query_params.get("piece"))
    return await act_page(seat, await queries.case(seat, number), act, form, trail=trail)


@post(PATH, opt=OPT)
async def do(request: Asked, seat: Seat, number: str, noun: str, form: FormReader) -> Page:
    act, trail = act_of(noun, seat), trail_of(request)
    command = command_of(act, form, today=today(request))
    if command is None:
        view = await queries.case(seat, number)
        return await act_page(seat, view, act, form, trail=trail, status=422)
    name, version = form.command_id, None if act.adds else form.version
    try:
        receipt = await ledger.apply(seat, number, command, command_id=name, if_version=version)
    except (Refused, Stale, Conflict) as no:
        return await answered_no(seat, number, act, form, no, trail=trail)
    return done(request, seat, act, receipt, trail)


@post("/{org:str}/desk/cases/{number:str}/claim", opt=CLAIM)
async def claim(seat: Seat, number: str, form: FormReader) -> Page:
    """A volunteer takes a case that they may not read before it is theirs."""
    receipt = await ledger.apply(seat, number, c.Take(), command_id=form.command_id)
    return go(address(seat, receipt.number), said=Said.DONE)


def today(request: Asked) -> date:
    """By the association's own clock."""
    session = caller_of(request).session
    assert session is not None, "the guard seats nobody without one"
    return local_day(datetime.now(UTC) + session.clock_offset)


def act_of(noun: str, seat: Seat) -> Act:
    act = BY_NOUN.get(noun)
    if act is None:
        raise NotFoundException
    if not permitted(seat.role, act.command):
        raise PermissionDeniedException(extra={"trouble": "role_needed"})
    return act


def done(request: Asked, seat: Seat, act: Act, receipt: Receipt, trail: Trail) -> Page:
    """A new link is shown once, in the very answer; a replay shows the same again."""
    back = address(seat, receipt.number) + trail.suffix
    if receipt.merchant_generation:
        return merchant_link_page(request, seat, receipt, back)
    if act.command is c.ReissueLink and receipt.link_token:
        link = f"{settings_of(request).public_url}/s/{receipt.link_token}"
        return Page("commands/link.html", {"number": receipt.number, "link": link, "back": back})
    return go(back, said=Said.ALREADY if receipt.replayed else Said.DONE)


def merchant_link_page(request: Asked, seat: Seat, receipt: Receipt, back: str) -> Page:
    generation = receipt.merchant_generation or 0
    ref = merchant_link(seat.tenant, receipt.case_id, generation)
    data = {
        "number": receipt.number,
        "link": f"{settings_of(request).public_url}/m/{links.token_of(ref)}",
        "code": links.code_of(ref),
        "back": back,
        "filing": f"{address(seat, receipt.number)}/filing",
    }
    return Page("commands/merchant_link.html", data)


async def answered_no(
    seat: Seat,
    number: str,
    act: Act,
    form: FormReader,
    no: Refused | Stale | Conflict,
    *,
    trail: Trail,
) -> Page:
    """What was typed stays. A stale form may be sent again, knowing what happened meanwhile."""
    view = await queries.case(seat, number)
    match no:
        case Refused(why=why):
            form.fault(BESIDE.get(why, ""), why)
            return await act_page(seat, view, act, form, trail=trail, status=422)
        case Stale():
            since, form.version = form.version or 0, view.case.version
            return await act_page(seat, view, act, form, trail=trail, status=409, since=since)
        case Conflict():
            form.command_id, form.version = uuid4(), view.case.version
            return await act_page(seat, view, act, form, trail=trail, status=409)


async def act_page(
    seat: Seat,
    view: CaseView,
    act: Act,
    form: FormReader,
    *,
    trail: Trail,
    status: int = 200,
    since: int | None = None,
) -> Page:
    """`since` is the version that a stale form was made for; a 409 without it is the same form
    sent twice with different contents.
    """
    base, around = address(seat, view.number), await around_for(seat, act)
    shown = act_form(act, view, form, role=seat.role, base=base, around=around, suffix=trail.suffix)
    data = {
        **heading(view, seat, trail),
        "form": form,
        "act": shown,
        "back": base + trail.suffix,
        "twice": status == 409 and since is None,
        "clash": clash(shown, view, since=since, reader=seat.role) if since is not None else None,
    }
    return Page("commands/act.html", data, status=status, block="form" if status == 200 else None)


async def around_for(seat: Seat, *acts: Act) -> Around:
    """Read only where an act on the page offers it."""
    commands = {act.command for act in acts}
    staff = await people.everybody(seat) if c.Assign in commands else ()
    books = await library.published(seat) if c.MovePlaybook in commands else ()
    return Around(
        people=[(p.id, p.name) for p in staff if p.role in HANDS and not p.disabled],
        playbooks=books,
    )
