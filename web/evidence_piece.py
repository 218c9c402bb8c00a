"""One piece of evidence in large, for the consumer and at the desk: its viewing copy, what is known
of it, and the pieces beside it."""

from typing import Any, Final
from uuid import UUID

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.response import Stream

from services.cases import looking, originals, queries
from services.cases.views import CaseView
from services.evidence.copies import MEDIA_TYPE as PICTURE
from services.evidence.kinds import MEDIA_TYPE
from services.lifecycle.commands import ShareEvidence
from services.lifecycle.kinds import Consent
from services.lifecycle.permissions import allowed
from services.tenants.links import Scope
from services.tenants.seats import Seat
from web import access
from web.access import Of
from web.desk import address
from web.desk import heading as desk_heading
from web.exhibits import exhibits, neighbours
from web.files import IN_A_PAGE, saved
from web.page import Asked, Page
from web.status_acts import kept, own_case
from web.status_heading import heading as own_heading
from web.trail import trail_of

DESK: Final = "/{org:str}/desk/cases/{number:str}/evidence/{piece:str}"
OWN: Final = "/s/{number:str}/evidence/{piece:str}"
AT_DESK = access.staff(org=Of.ORGANISATION, number=Of.CASE, piece=Of.EVIDENCE)
BY_LINK = access.link(Scope.STATUS, number=Of.CASE, piece=Of.EVIDENCE)
SHOT_AT_DESK = access.staff(
    signed=True, org=Of.ORGANISATION, number=Of.CASE, piece=Of.EVIDENCE, no=Of.OURS
)
SHOT_BY_LINK = access.link(Scope.STATUS, signed=True, number=Of.CASE, piece=Of.EVIDENCE, no=Of.OURS)


@get(DESK, opt=AT_DESK)
async def show_at_desk(request: Asked, seat: Seat, number: str, piece: str) -> Page:
    view = await queries.case(seat, number)
    data = await found(request, seat, view, piece, base=address(seat, view.number))
    data["may_share"] = ShareEvidence in allowed(view.case, seat.role, view.rules.playbook)
    data["agreed"] = Consent.SHARE_WITH_MERCHANT in view.case.complaint.consents
    return Page(
        "evidence/piece_staff.html", {**desk_heading(view, seat, trail_of(request)), **data}
    )


@get(OWN, opt=BY_LINK)
async def show_own(request: Asked, seat: Seat, piece: str) -> Page:
    view = await own_case(seat)
    data = await found(request, seat, view, piece, base=f"/s/{view.number}")
    return Page(
        "evidence/piece_own.html",
        {**own_heading(request, view, seat), **data},
        cookies=kept(request),
    )


@get(f"{DESK}/pictures/{{no:str}}", opt=SHOT_AT_DESK)
async def draw_at_desk(request: Asked, seat: Seat, number: str, piece: str, no: str) -> Stream:
    return await drawn(request, seat, number, piece, no)


@get(f"{OWN}/pictures/{{no:str}}", opt=SHOT_BY_LINK)
async def draw_own(request: Asked, seat: Seat, piece: str, no: str) -> Stream:
    assert seat.case
    return await drawn(request, seat, seat.case, piece, no)


@get(f"{DESK}/original", opt=AT_DESK)
async def save_original(request: Asked, seat: Seat, number: str, piece: str) -> Stream:
    file = await originals.original(seat, number, uuid_of(piece))
    kind = MEDIA_TYPE[file.kind]
    return await saved(request, file.file.bytes(), name=file.name, kind=kind, size=file.size)


async def found(
    request: Asked, seat: Seat, view: CaseView, piece: str, *, base: str
) -> dict[str, Any]:
    beside = neighbours(await exhibits(request, seat, view, base=base), uuid_of(piece))
    if beside["exhibit"] is None:
        raise NotFoundException
    return dict(beside)


async def drawn(request: Asked, seat: Seat, case: str | UUID, piece: str, no: str) -> Stream:
    number = int(no) if no.isascii() and no.isdigit() and len(no) < 3 else -1
    picture = await looking.picture(seat, case, uuid_of(piece), number)
    name = f"{piece}-{no}.webp"
    return await saved(request, picture.bytes(), name=name, kind=PICTURE, wanted=IN_A_PAGE)


def uuid_of(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError as error:
        raise NotFoundException from error
