"""How a list of the queue divides by how soon things are due: over all of it, not a page of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from services.cases.counts import Heap, When, seen, up_to_date
from services.cases.filters import Filters, end_of_soon
from services.cases.queue_rows import QueueRow
from services.lifecycle.calendars import Calendar
from services.lifecycle.deadlines import ASIA_SHANGHAI
from services.lifecycle.kinds import Role
from services.lifecycle.stillness import local_day, midnight
from services.tenants.seats import Seat


class Section(StrEnum):
    """In the order of the queue: what stands still comes last, whatever its date."""

    OVER = "over"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    PAUSED = "paused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Borders:
    """Where one section ends and the next begins; the same by which the heaps are counted."""

    now: datetime
    tonight: datetime
    soon: datetime

    @classmethod
    def at(cls, now: datetime, calendar: Calendar) -> Self:
        today = local_day(now, ASIA_SHANGHAI)
        tonight = midnight(today + timedelta(days=1), ASIA_SHANGHAI)
        return cls(now=now, tonight=tonight, soon=end_of_soon(today, calendar))

    def section_of(self, row: QueueRow) -> Section:
        due = row.next_due
        if row.whole and row.whole.closed_at:
            return Section.CLOSED
        if row.whole and row.whole.paused:
            return Section.PAUSED
        if due is None or due >= self.soon:
            return Section.LATER
        if due > self.tonight:
            return Section.SOON
        return Section.TODAY if due > self.now else Section.OVER


async def sizes(seat: Seat, filters: Filters) -> Mapping[Section, int] | None:
    """Out of the sums that the views are counted by; None where they do not tell enough."""
    if any((filters.stage, filters.door, filters.problem, filters.platform, filters.closed)):
        return None
    found: Counter[Section] = Counter()
    heaps = seen(seat, (await up_to_date(seat)).heaps or ())
    for heap in own(seat, heaps) if filters.asks_for_hidden else heaps:
        if fits(heap, filters):
            found[Section.PAUSED if heap.paused else Section(heap.due.value)] += heap.cases
    return found


def own(seat: Seat, heaps: Iterable[Heap]) -> Iterable[Heap]:
    """Of free cases a volunteer is not told what the question is about."""
    is_narrow = seat.role is Role.VOLUNTEER
    return (heap for heap in heaps if not is_narrow or heap.assignee == seat.person)


def fits(heap: Heap, filters: Filters) -> bool:
    return (
        not filters.fits_nothing
        and filters.assignee in (None, heap.assignee)
        and (heap.assignee is None or not filters.unassigned)
        and filters.ball in (None, heap.ball)
        and filters.paused in (None, heap.paused)
        and (filters.due_before is None or heap.due is not When.LATER)
    )
