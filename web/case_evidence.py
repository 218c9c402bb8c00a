"""The evidence of a case at the desk: what is there, what staff add, and originals to save."""

from typing import Any

from litestar import get, post
from litestar.response import Stream

from services.cases import originals, queries
from services.cases.handing_in import admitted
from services.cases.views import CaseView
from services.evidence import package
from services.tenants.seats import Seat
from web import access
from web.access import Of
from web.commands import HANDS, today
from web.desk import address, heading
from web.evidence_form import REQUEST_BYTES_MAX, Handed, handed
from web.files import saved
from web.forms import FormReader
from web.page import Asked, Page, go
from web.said import Said
from web.status_evidence import form_of
from web.trail import trail_of

PATH = "/{org:str}/desk/cases/{number:str}/evidence"
SEEN = access.staff(org=Of.ORGANISATION, number=Of.CASE)
SENT = access.staff(*HANDS, ticketed=True, org=Of.ORGANISATION, number=Of.CASE)


@get(PATH, opt=SEEN)
async def show(request: Asked, seat: Seat, number: str, form: FormReader) -> Page:
    view = await queries.case(seat, number)
    return await evidence_page(request, seat, view, Handed(form=form))


@post(PATH, opt=SENT, request_max_body_size=REQUEST_BYTES_MAX)
async def add(request: Asked, seat: Seat, number: str) -> Page:
    case = await admitted(seat, number)
    done = await handed(request, seat, case, today=today(request))
    if done.is_clean:
        return go(f"{address(seat, number)}/evidence", said=Said.EVIDENCE_IN, n=done.taken)
    view = await queries.case(seat, number)
    return await evidence_page(request, seat, view, done, status=422)


@get(f"{PATH}/package", opt=SEEN)
async def show_package(request: Asked, seat: Seat, number: str) -> Stream:
    whole = await originals.whole(seat, number)
    chunks = package.zipped(whole.manifest, [(name, file.bytes()) for name, file in whole.files])
    return await saved(request, chunks, name=whole.name, kind="application/zip")


async def evidence_page(
    request: Asked, seat: Seat, view: CaseView, done: Handed, *, status: int = 200
) -> Page:
    data: dict[str, Any] = {
        **heading(view, seat, trail_of(request)),
        **await form_of(request, seat, view, done, base=address(seat, view.number)),
    }
    return Page("evidence/staff.html", data, status=status)
