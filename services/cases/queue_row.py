"""One line of the queue, read again after something happened to it."""

from datetime import datetime

from infra.database import tenant_tx
from services.cases.queue_rows import QueueRow, rows
from services.cases.receipts import NotFound
from services.cases.visible import has_queue
from services.lifecycle.kinds import Role
from services.tenants.seats import Seat

FIND = """
select id from case_file where tenant_id = $1 and number = $2
    and ($3 or assignee = $4 or assignee is null and closed_at is null and not paused)
"""


async def row(seat: Seat, number: str) -> tuple[QueueRow, datetime]:
    """With the ledger's clock beside it. Raises `NotFound`."""
    if not has_queue(seat):
        raise NotFound
    sees_all = seat.role is not Role.VOLUNTEER
    async with tenant_tx(seat) as tx:
        id_ = await tx.fetchval(FIND, seat.tenant, number, sees_all, seat.person)
        if id_ is None:
            raise NotFound
        (found,) = await rows(tx, seat, [id_])
        return found, tx.now
