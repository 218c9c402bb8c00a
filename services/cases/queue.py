"""The queue: due soonest first and what stands still last, a page at a time."""

from dataclasses import dataclass
from datetime import datetime

from infra.database import tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.cases.cursors import Cursor
from services.cases.filters import Filters
from services.cases.places import places
from services.cases.queue_rows import QueueRow, rows
from services.tenants.seats import Seat

LIMIT_MAX = 200


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
        ids = await places(seat, filters, limit=limit + 1, start=start)
        items = await rows(tx, seat, ids[:limit])
        now = tx.now
        await chain.record_reading(
            tx, Kind.CASE_LIST_READ, {"cases": sum(1 for row in items if row.whole)}
        )
    more = len(ids) > limit
    return Queue(items=items, next=ending(items[-1], filters).write() if more else None, now=now)


def ending(last: QueueRow, filters: Filters) -> Cursor:
    """Of what is hidden from a volunteer nothing stands still and nothing is over."""
    paused = last.whole is not None and last.whole.paused
    closed_at = last.whole.closed_at if last.whole else None
    return Cursor(paused=paused, due=closed_at if filters.closed else last.next_due, id=last.id)
