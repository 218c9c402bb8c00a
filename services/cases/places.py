"""Where cases stand in a list of the queue: which come next and which came before, in an order that
an index holds, so that a list of a hundred thousand is no slower than one of a thousand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from infra.database import Tx
from services.cases.cursors import Cursor
from services.cases.filters import DUE, Condition, Filters
from services.cases.receipts import NotFound
from services.cases.visible import ALL_OF_TENANT
from services.lifecycle.kinds import Role
from services.tenants.seats import Seat

PLACE: Final = "select paused, next_due, closed_at from case_file where tenant_id = $1 and id = $2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """`keys` in SQL and by their names; all of them ascend, or all of them descend."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    ascends: bool

    def by(self, columns: Iterable[str], *, ascends: bool) -> str:
        return ", ".join(f"{column} {'asc' if ascends else 'desc'}" for column in columns)


OPEN: Final = Order(keys=("paused", DUE, "id"), names=("paused", "due", "id"), ascends=True)
"""What stands still comes last, else whatever is due first; what has no date comes last of each."""
CLOSED: Final = Order(keys=("closed_at", "id"), names=("due", "id"), ascends=False)


async def places(
    tx: Tx,
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
    beyond = [side(order, start, ascends=ascends)] if start else []
    values: list[object] = []
    looks = [
        look(order, [*scope, *filters.conditions(), *beyond], values, limit, ascends=ascends)
        for scope in scopes(seat, filters, own=own)
    ]
    parts = ("select id from (", " union all ".join(looks), ") found order by")
    ending = (order.by(order.names, ascends=ascends), "limit", str(limit))
    return [row["id"] for row in await tx.fetch(" ".join((*parts, *ending)), *values)]


def scopes(seat: Seat, filters: Filters, *, own: bool = False) -> list[list[Condition]]:
    """Volunteers see their own cases, and that there are others to take; of those that stand still
    they are not told, for their place in the list would tell it. Each list has an index.
    """
    house = Condition("tenant_id = ?", (seat.tenant,))
    if seat.role is Role.VOLUNTEER:
        mine = [house, Condition("assignee = ?", (seat.person,))]
        free = [house, Condition("assignee is null and not paused")]
        return [mine] if own or filters.asks_for_hidden else [mine, free]
    if seat.role not in ALL_OF_TENANT:
        raise NotFound
    return [[house]]


def side(order: Order, start: Cursor, *, ascends: bool) -> Condition:
    due = "coalesce(?::timestamptz, 'infinity')"
    values = (start.paused, start.due, start.id) if order is OPEN else (start.due, start.id)
    gaps = ("?", due, "?") if order is OPEN else (due, "?")
    return Condition(
        f"({', '.join(order.keys)}) {'>' if ascends else '<'} ({', '.join(gaps)})", values
    )


def look(
    order: Order, where: Iterable[Condition], values: list[object], limit: int, *, ascends: bool
) -> str:
    """One list in its order, as long as the page; its values are added to those given."""
    conditions = " and ".join(filled(condition, values) for condition in where)
    named = ", ".join(f"{k} as {n}" for k, n in zip(order.keys, order.names, strict=True))
    parts = ("(select", named, "from case_file where", conditions, "order by")
    return " ".join((*parts, order.by(order.keys, ascends=ascends), "limit", f"{limit})"))


def filled(condition: Condition, values: list[object]) -> str:
    first, *others = condition.sql.split("?")
    values += condition.values
    numbers = range(len(values) - len(others) + 1, len(values) + 1)
    return first + "".join(f"${n}{other}" for n, other in zip(numbers, others, strict=True))


async def place_of(tx: Tx, id_: UUID, filters: Filters) -> Cursor:
    """Where a case stands in such a list, or would stand. Raises `NotFound`."""
    row = await tx.fetchrow(PLACE, tx.tenant, id_)
    if row is None:
        raise NotFound
    due = row["closed_at"] if filters.closed else row["next_due"]
    return Cursor(paused=row["paused"], due=due, id=id_)
