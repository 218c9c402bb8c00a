"""The confirmation: what was filed, when the first answer comes, and the link that leads back."""

from litestar import get
from litestar.exceptions import NotFoundException

from services.cases import queries
from services.lifecycle.kinds import Stage
from services.tenants.links import Scope, token_of
from services.tenants.seats import Seat
from web import access
from web.access import Of
from web.caller import caller_of
from web.cookies import settings_of
from web.countdown import countdown
from web.page import Asked, Page
from web.status_heading import heading

OPT = access.link(Scope.STATUS, org=Of.ORGANISATION, number=Of.CASE)


@get("/{org:str}/complaints/{number:str}/receipt", opt=OPT)
async def show(request: Asked, seat: Seat, org: str) -> Page:
    """Only who holds the link already sees it here: it is computed again, and stored nowhere."""
    grant = caller_of(request).grant
    if org != seat.slug or grant is None:
        raise NotFoundException
    assert seat.case
    view = await queries.case(seat, seat.case)
    data = {
        **heading(request, view, seat),
        "link": f"{settings_of(request).public_url}/s/{token_of(grant.ref)}",
        "countdown": countdown(view) if view.case.stage is Stage.SUBMITTED else None,
    }
    return Page("receipt/receipt.html", data)
