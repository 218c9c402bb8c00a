"""“How we reach you”: a code goes to the phone or mailbox on record, and comes back as typed. It is
offered, never demanded; what was filed is worked on either way.
"""

from typing import Any
from uuid import uuid4

from litestar import get, post
from litestar.exceptions import NotFoundException

from infra import sms
from infra.database import platform_tx
from infra.mail import NoSuchAddress
from services.cases import ledger
from services.cases.receipts import Conflict, Stale
from services.cases.views import CaseView
from services.lifecycle.commands import AskCode, ConfirmContact
from services.lifecycle.kinds import Stage
from services.lifecycle.reachable import Way
from services.lifecycle.refusals import Refused, Why
from services.tenants import codes, throttle
from services.tenants.links import Scope
from services.tenants.refusals import Denied
from services.tenants.seats import Seat
from services.tenants.throttle import About
from web import access, masks
from web.access import Of
from web.cookies import settings_of
from web.forms import FormReader
from web.page import Asked, Page, go
from web.said import Said
from web.status_acts import kept, own_case
from web.status_heading import heading

LIST = access.link(Scope.STATUS, number=Of.CASE)
ONE = access.link(Scope.STATUS, number=Of.CASE, way=Of.OURS)
CODE = "code"


@get("/s/{number:str}/contact", opt=LIST)
async def show(request: Asked, seat: Seat, form: FormReader) -> Page:
    return contact_page(request, seat, await own_case(seat), form)


@post("/s/{number:str}/contact/{way:str}/code", opt=ONE)
async def send_code(request: Asked, seat: Seat, way: str, form: FormReader) -> Page:
    view, known = await own_case(seat), known_way(way)
    try:
        await within_limits(request)
        await ledger.apply(seat, view.number, AskCode(way=known), command_id=form.command_id)
    except Refused as refused:
        form.refuse(refused.why)
        return contact_page(request, seat, view, form, status=422)
    except (Stale, Conflict):
        pass  # this form sent a code before; where it is typed is the next page
    return go(place(view, known), said=Said.CODE_SENT, cookies=kept(request))


@get("/s/{number:str}/contact/{way:str}", opt=ONE)
async def show_one(request: Asked, seat: Seat, way: str, form: FormReader) -> Page:
    return code_page(request, seat, await own_case(seat), known_way(way), form)


@post("/s/{number:str}/contact/{way:str}", opt=ONE)
async def confirm(request: Asked, seat: Seat, way: str, form: FormReader) -> Page:
    view, known = await own_case(seat), known_way(way)
    if not await is_right(seat, view, known, form):
        return code_page(request, seat, view, known, form, status=422)
    return go(f"/s/{view.number}/contact", said=Said.CONTACT_CONFIRMED, cookies=kept(request))


async def is_right(seat: Seat, view: CaseView, way: Way, form: FormReader) -> bool:
    """Whether the contact is confirmed now; if not, the form says why."""
    typed, sent = form.line(CODE, needed=True), view.case.code(way)
    if form.faults:
        return False
    seq = sent.seq if sent else 0
    try:
        await codes.check(view.id, seq, typed)
        command = ConfirmContact(way=way, code=seq)
        await ledger.apply(seat, view.number, command, command_id=uuid4())
    except Denied as denied:
        form.fault(CODE, denied.why)
    except Refused as refused:
        form.refuse(refused.why)
    return not form.faults


async def within_limits(request: Asked) -> None:
    """From one place so many codes an hour, to whomever they go. Raises `Refused`."""
    place = throttle.block(request.client.host if request.client else "")
    counter = throttle.bucket(About.CODES_SENT, place)
    async with platform_tx() as tx:
        wait = await throttle.count(tx, counter, allowed=codes.FROM_ONE_PLACE, within=codes.WITHIN)
    if wait is not None:
        raise Refused(Why.CODES_TOO_MANY)


def contact_page(
    request: Asked, seat: Seat, view: CaseView, form: FormReader, *, status: int = 200
) -> Page:
    data = {**heading(request, view, seat), "form": form, "ways": ways(request, view)}
    return Page("status/contact.html", data, status=status, cookies=kept(request))


def code_page(
    request: Asked, seat: Seat, view: CaseView, way: Way, form: FormReader, *, status: int = 200
) -> Page:
    [shown] = [each for each in ways(request, view) if each["way"] is way]
    data = {**heading(request, view, seat), "form": form, "shown": shown}
    return Page("status/code.html", data, status=status, cookies=kept(request))


def ways(request: Asked, view: CaseView) -> list[dict[str, Any]]:
    """Each with what can be shown of it, and whether a code can go there."""
    consumer, case = view.case.complaint.consumer, view.case
    reaches = {
        Way.PHONE: settings_of(request).sms_via is not None and takes_sms(consumer.phone.text),
        Way.EMAIL: settings_of(request).smtp_url is not None and consumer.email is not None,
    }
    masked = {
        Way.PHONE: masks.phone(consumer.phone),
        Way.EMAIL: masks.email(consumer.email) if consumer.email else None,
    }
    return [
        {
            "way": way,
            "masked": masked[way],
            "confirmed": way in case.confirmed,
            "may_send": reaches[way] and case.stage is not Stage.CLOSED,
        }
        for way in Way
    ]


def takes_sms(phone: str | None) -> bool:
    try:
        return bool(sms.number(phone or ""))
    except NoSuchAddress:
        return False


def known_way(way: str) -> Way:
    try:
        return Way(way)
    except ValueError:
        raise NotFoundException from None


def place(view: CaseView, way: Way) -> str:
    return f"/s/{view.number}/contact/{way}"
