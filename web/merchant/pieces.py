"""What the consumer shares with the merchant, in large: its viewing copy, never the original."""

from typing import Final

from litestar import get
from litestar.response import Stream

from services.tenants.links import Scope
from services.tenants.seats import Seat
from web import access
from web.access import Of
from web.evidence_piece import drawn, found
from web.merchant.answer import kept, own_case
from web.merchant.claim import page_data
from web.page import Asked, Page

PATH: Final = "/m/{number:str}/evidence/{piece:str}"
SEEN = access.link(Scope.MERCHANT, number=Of.CASE, piece=Of.EVIDENCE)
DRAWN = access.link(Scope.MERCHANT, signed=True, number=Of.CASE, piece=Of.EVIDENCE, no=Of.OURS)


@get(PATH, opt=SEEN)
async def show(request: Asked, seat: Seat, piece: str) -> Page:
    view = await own_case(seat)
    data = await found(request, seat, view, piece, base=f"/m/{view.number}")
    return Page(
        "merchant/piece.html", {**page_data(request, view, seat), **data}, cookies=kept(request)
    )


@get(f"{PATH}/pictures/{{no:str}}", opt=DRAWN)
async def draw(request: Asked, seat: Seat, piece: str, no: str) -> Stream:
    assert seat.case
    return await drawn(request, seat, seat.case, piece, no)
