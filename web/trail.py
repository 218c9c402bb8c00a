"""From which list of the queue somebody came to a case: kept in the address, so that the way back,
the case before and the case after are those of that very list.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote

from services.cases import neighbours
from services.cases.filters import end_of_soon
from services.cases.neighbours import Neighbours
from services.cases.views import CaseView
from services.lifecycle.bells import local_day
from services.tenants.seats import Seat
from web.page import Asked
from web.queue_asked import Wanted, filters, wanted

FIELD = "from"
LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """`asked` is None where nobody came from a list."""

    asked: Wanted | None = None

    @property
    def query(self) -> str:
        return self.asked.query() if self.asked else ""

    @property
    def suffix(self) -> str:
        """What every address about the case carries on."""
        return f"?{FIELD}={quote(self.query, safe='')}" if self.asked else ""


NOWHERE = Trail()


def trail_of(request: Asked) -> Trail:
    """Only what the queue itself understands is kept of what the address says."""
    typed = request.query_params.get(FIELD, "")[:LONGEST]
    return Trail(asked=wanted(dict(parse_qsl(typed)))) if typed else NOWHERE


async def neighbours_of(seat: Seat, view: CaseView, trail: Trail) -> Neighbours | None:
    if trail.asked is None:
        return None
    soon = end_of_soon(local_day(view.now), view.rules.calendar)
    narrowed = filters(trail.asked, person=seat.person, soon=soon)
    return await neighbours.beside(seat, view.id, filters=narrowed)
