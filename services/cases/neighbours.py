"""The cases before and after one in a list of the queue: two looks at its index, however long."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from infra.database import tenant_tx
from services.cases.cursors import Cursor
from services.cases.filters import Condition, Filters
from services.cases.queue import beyond, conditions
from services.cases.tables import CaseFile
from services.lifecycle.kinds import Role
from services.tenants.seats import Seat

COUNTED_MAX: Final = 100
"""Beyond that nobody asks the how-many-th it is, and counting would take its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """By number. `place` among `of` is known in short lists only."""

    before: str | None
    after: str | None
    place: int | None
    of: int | None


async def beside(seat: Seat, id_: UUID, *, due: datetime | None, filters: Filters) -> Neighbours:
    """Raises `NotFound` for who has no queue. The case itself need not be in the list any more."""
    here = Cursor(due=due, id=id_)
    async with tenant_tx(seat):
        earlier = await numbers(seat, filters, short_of(here), ascending=False)
        later = await numbers(seat, filters, beyond(here), ascending=True)
    few = len(earlier) < COUNTED_MAX and len(later) < COUNTED_MAX
    return Neighbours(
        before=next(iter(earlier), None),
        after=next(iter(later), None),
        place=len(earlier) + 1 if few else None,
        of=len(earlier) + 1 + len(later) if few else None,
    )


async def numbers(
    seat: Seat, filters: Filters, side: Condition, *, ascending: bool
) -> tuple[str, ...]:
    where = [*conditions(seat, filters, None), side, *readable(seat)]
    query = CaseFile.select(CaseFile.number).where(*where)
    query = query.order_by(CaseFile.next_due, CaseFile.id, ascending=ascending)
    return tuple(row["number"] for row in await query.limit(COUNTED_MAX))


def readable(seat: Seat) -> list[Condition]:
    """What a volunteer has not taken stands in their queue and cannot be opened."""
    return [CaseFile.assignee == seat.person] if seat.role is Role.VOLUNTEER else []


def short_of(end: Cursor) -> Condition:
    """The mirror of `beyond`: rows without a date come last."""
    due, id_ = CaseFile.next_due, CaseFile.id
    if end.due is None:
        return due.is_not_null() | (due.is_null() & (id_ < end.id))
    return (due < end.due) | ((due == end.due) & (id_ < end.id))
