"""Where cases stand in a list of the queue: which come next and which came before, in an order that
an index holds, so that a list of a hundred thousand is no slower than one of a thousand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from piccolo.columns import Column
from piccolo.columns.combination import WhereRaw
from piccolo.query import OrderByRaw

from infra.database import Tx
from services.cases.cursors import Cursor
from services.cases.filters import DUE, Condition, Filters
from services.cases.receipts import NotFound
from services.cases.tables import CaseFile
from services.cases.visible import ALL_OF_TENANT
from services.lifecycle.kinds import Role
from services.tenants.seats import Seat

PLACE: Final = "select paused, next_due, closed_at from case_file where tenant_id = $1 and id = $2"
NEVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """All `keys` ascend, or all descend. The first may be whether a case stands still; then comes
    the date, which is the column `date`, and the id.
    """

    keys: tuple[str, ...]
    date: Column
    ascends: bool

    def by(self, *, ascends: bool) -> OrderByRaw:
        """The way of the last key is said by the query."""
        return OrderByRaw((", " if ascends else " desc, ").join(self.keys))

    def beyond(self, start: Cursor, *, ascends: bool) -> WhereRaw:
        """One bound of an index, where "later, or as late and beyond" would read all before it."""
        place = (start.paused, start.due, start.id)[-len(self.keys) :]
        gaps = ("{}", "coalesce({}::timestamptz, 'infinity')", "{}")[-len(self.keys) :]
        sides = f"({', '.join(self.keys)})", f"({', '.join(gaps)})"
        return WhereRaw((" > " if ascends else " < ").join(sides), *place)


OPEN: Final = Order(keys=("paused", DUE, "id"), date=CaseFile.next_due, ascends=True)
"""What stands still comes last, else whatever is due first; what has no date comes last of each."""
CLOSED: Final = Order(keys=("closed_at", "id"), date=CaseFile.closed_at, ascends=False)


async def places(
    seat: Seat,
    filters: Filters,
    *,
    limit: int,
    start: Cursor | None = None,
    backwards: bool = False,
    own: bool = False,
) -> list[UUID]:
    """The cases that follow `start`, or the first ones; `backwards` those before it, the nearest
    first. `own`: only what a volunteer may open. Raises `NotFound` for who has no queue.
    """
    order = CLOSED if filters.closed else OPEN
    ascends = order.ascends is not backwards
    beyond = [order.beyond(start, ascends=ascends)] if start else []
    found = [
        row
        for scope in scopes(seat, filters, own=own)
        for row in await look(order, [*scope, *filters.conditions(), *beyond], limit, ascends)
    ]
    found.sort(key=partial(place_in, order), reverse=not ascends)
    return [row["id"] for row in found[:limit]]


def scopes(seat: Seat, filters: Filters, *, own: bool = False) -> list[list[Condition]]:
    """Volunteers see their own cases, and that there are others to take; of those that stand still
    they are not told, for their place in the list would tell it. Each list has an index.
    """
    house = CaseFile.tenant_id == seat.tenant
    if seat.role is Role.VOLUNTEER:
        mine: list[Condition] = [house, CaseFile.assignee == seat.person]
        free: list[Condition] = [house, CaseFile.assignee.is_null(), WhereRaw("not paused")]
        return [mine] if own or filters.asks_for_hidden else [mine, free]
    if seat.role not in ALL_OF_TENANT:
        raise NotFound
    return [[house]]


async def look(
    order: Order, where: Iterable[Condition], limit: int, ascends: bool
) -> list[Mapping[str, Any]]:
    """Only what its index holds: the case itself is not looked at."""
    still = [CaseFile.paused] if order is OPEN else []
    query = CaseFile.select(CaseFile.id, order.date, *still).where(*where)
    query = query.order_by(order.by(ascends=ascends), ascending=ascends)
    return list(await query.limit(limit))


def place_in(order: Order, row: Mapping[str, Any]) -> tuple[bool, datetime, UUID]:
    still = order is OPEN and row["paused"]
    return still, row[order.date._meta.name] or NEVER, row["id"]


async def place_of(tx: Tx, id_: UUID, filters: Filters) -> Cursor:
    """Where a case stands in such a list, or would stand. Raises `NotFound`."""
    row = await tx.fetchrow(PLACE, tx.tenant, id_)
    if row is None:
        raise NotFound
    due = row["closed_at"] if filters.closed else row["next_due"]
    return Cursor(paused=row["paused"], due=due, id=id_)
