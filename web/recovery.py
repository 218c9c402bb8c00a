"""A lost link: the number and a confirmed contact are asked, and the answer is always the same. The
new link goes to that contact and nowhere else, and takes the place of the old one.
"""

import asyncio
from datetime import timedelta

import structlog
from litestar import get, post

from infra.database import platform_tx
from services.cases import recovering
from services.cases.search_terms import number_in
from services.tenants import fit, throttle
from services.tenants.refusals import Denial, Denied
from services.tenants.seats import Seat
from services.tenants.throttle import About
from web import access, reading
from web.access import Of
from web.forms import Flaw, FormReader
from web.page import Asked, Page

OPT = access.intake(org=Of.ORGANISATION)
FROM_ONE_PLACE, HOUR = 10, timedelta(hours=1)
FOR_ONE_CASE, DAY = 3, timedelta(days=1)
RUNNING: set[asyncio.Task[bool]] = set()

log = structlog.get_logger()


@get("/{org:str}/recovery", opt=OPT)
async def show(request: Asked, seat: Seat, form: FormReader) -> Page:
    form.fill(number=number_in(request.query_params.get("no", "")))
    return Page("home/recovery.html", {"slug": seat.slug, "form": form})


@post("/{org:str}/recovery", opt=OPT)
async def ask(request: Asked, seat: Seat, form: FormReader) -> Page:
    """The work is done after the answer: neither its words nor its time tell what was found."""
    typed, contact = form.line("number", needed=True), form.line("contact", needed=True)
    phone, email = reading.phone(contact), fit.mailbox(contact)
    if contact and not (phone or email):
        form.fault("contact", Flaw.NO_CONTACT)
    if form.faults:
        return Page("home/recovery.html", {"slug": seat.slug, "form": form}, status=422)
    if await counted(request, seat, number_in(typed)):
        work = recovering.recover(seat, number_in(typed), phone=phone, email=email)
        task = asyncio.create_task(work)
        RUNNING.add(task)
        task.add_done_callback(ended)
    return Page("home/recovery_sent.html", {"slug": seat.slug})


async def counted(request: Asked, seat: Seat, number: str) -> bool:
    """Raises `Denied` where this place asks too often. That a case is asked for too often is not
    told, or it could be told from one that does not exist.
    """
    place = throttle.block(request.client.host if request.client else "")
    here = throttle.bucket(About.RECOVERY, place)
    case = throttle.bucket(About.RECOVERY, seat.tenant.bytes, number)
    async with platform_tx() as tx:
        wait = await throttle.count(tx, here, allowed=FROM_ONE_PLACE, within=HOUR)
        often = await throttle.count(tx, case, allowed=FOR_ONE_CASE, within=DAY)
    if wait is not None:
        raise Denied(Denial.TOO_MANY_TRIES, wait=wait)
    return often is None


def ended(task: asyncio.Task[bool]) -> None:
    """Nobody waits for it, so that nobody but the log hears of what went wrong."""
    RUNNING.discard(task)
    if not task.cancelled() and (error := task.exception()):
        log.warning("not_recovered", error=type(error).__qualname__)
