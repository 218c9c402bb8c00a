"""The queue: due soonest first, a page at a time, in the order of an index."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from infra.database import tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.cases.cursors import Cursor
from services.cases.filters import Condition, Filters
from services.cases.queue_rows import QueueRow, rows
from services.cases.receipts import NotFound
from services.cases.tables import CaseFile
from services.cases.visible import ALL_OF_TENANT
from services.lifecycle.kinds import Role
from services.tenants.seats import Seat

LIMIT_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """`next` is where the page after this one begins; `now` is the ledger's clock."""

    items: tuple[QueueRow, ...]
    next: str | None
    now: datetime


ALL_OPEN = Filters()


async def queue(
    seat: Seat, *, after: str | None = None, limit: int = 50, filters: Filters = ALL_OPEN
) -> Queue:
    """Raises `NotFound` for who has no queue, `BadCursor` for an `after` that is none of ours."""
    start = Cursor.read(after) if after else None
    limit = min(max(limit, 1), LIMIT_MAX)
    async with tenant_tx(seat) as tx:
        places = await page(conditions(seat, filters, start), limit + 1)
        items = await rows(tx, seat, [place["id"] for place in places[:limit]])
        now = tx.now
        await chain.record(tx, Kind.CASE_LIST_READ, {"cases": sum(1 for row in items if row.whole)})
    more, last = len(places) > limit, items[-1] if items else None
    following = Cursor(due=last.next_due, id=last.id).write() if more and last else None
    return Queue(items=items, next=following, now=now)


def conditions(seat: Seat, filters: Filters, start: Cursor | None) -> list[Condition]:
    found = [CaseFile.tenant_id == seat.tenant, *scope(seat, filters), *filters.conditions()]
    return [*found, beyond(start)] if start else found


def scope(seat: Seat, filters: Filters = ALL_OPEN) -> list[Condition]:
    """Volunteers see their own cases, and that there are others to take; of those that stand still
    they are not told, for their place in the list would tell it.
    """
    if seat.role is Role.VOLUNTEER:
        mine = CaseFile.assignee == seat.person
        free = (
            CaseFile.assignee.is_null() & CaseFile.closed_at.is_null() & CaseFile.paused.eq(False)
        )
        return [mine if filters.asks_for_hidden else mine | free]
    if seat.role not in ALL_OF_TENANT:
        raise NotFound
    return []


def beyond(start: Cursor) -> Condition:
    """Rows without a date come last, as in the index."""
    due, id_ = CaseFile.next_due, CaseFile.id
    if start.due is None:
        return due.is_null() & (id_ > start.id)
    return (due > start.due) | ((due == start.due) & (id_ > start.id)) | due.is_null()


async def page(where: list[Condition], limit: int) -> list[Mapping[str, Any]]:
    query = CaseFile.select(CaseFile.id).where(*where).order_by(CaseFile.next_due, CaseFile.id)
    return list(await query.limit(limit))
