"""The front door of an association: file a complaint, follow one, and how the ladder works."""

import io

import segno
from litestar import Response, get
from litestar.exceptions import NotFoundException

from services.cases.search_terms import number_in
from services.tenants import organisations
from services.tenants.seats import Seat
from web import access, grants, ladder
from web.access import Of
from web.cookies import settings_of
from web.page import Asked, Page, go

OPT = access.intake(org=Of.ORGANISATION)
QR_SCALE = 6
SHOWN_MAX = 100


@get("/", opt=access.public())
async def front() -> Page:
    """For whoever came without the address of an association; where there is one only, to it."""
    known = await organisations.everyone()
    found = [await organisations.by_id(each.tenant) for each in known[:SHOWN_MAX]]
    here = [each for each in found if each]
    if len(known) == len(here) == 1:
        return go(f"/{here[0].slug}")
    return Page("home/front.html", {"organisations": here, "more": len(known) - len(here)})


@get("/{org:str}", opt=OPT)
async def show(seat: Seat) -> Page:
    return Page("home/home.html", {"slug": seat.slug, "number": "", "stairs": ladder.ahead()})


@get("/{org:str}/lookup", opt=OPT)
async def look_up(request: Asked, seat: Seat) -> Page:
    """Whether such a case exists is told to nobody; who still holds the link is led back to it."""
    number = number_in(request.query_params.get("no", ""))
    if any(held.number == number for held in grants.held(request)):
        return go(f"/s/{number}/status")
    return Page("home/lookup.html", {"slug": seat.slug, "number": number})


@get("/{org:str}/lookup/qr", opt=OPT)
async def picture(request: Asked, seat: Seat) -> Response[bytes]:
    """Leads to the look-up page and holds no secret: safe to print."""
    number = number_in(request.query_params.get("no", ""))
    if not number:
        raise NotFoundException
    drawn = io.BytesIO()
    address = f"{settings_of(request).public_url}/{seat.slug}/lookup?no={number}"
    segno.make(address, error="m").save(drawn, kind="png", scale=QR_SCALE, border=4)
    return Response(drawn.getvalue(), media_type="image/png")
