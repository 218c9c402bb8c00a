"""One line of the queue, read again after something happened to it."""

from datetime import datetime

from infra.database import tenant_tx
from services.cases.filters import Filters
from services.cases.queue import conditions, page
from services.cases.queue_rows import QueueRow, rows
from services.cases.receipts import NotFound
from services.cases.tables import CaseFile
from services.tenants.seats import Seat

ANY = Filters(closed=None)


async def row(seat: Seat, number: str) -> tuple[QueueRow, datetime]:
    """With the ledger's clock beside it. Raises `NotFound`."""
    async with tenant_tx(seat) as tx:
        where = [*conditions(seat, ANY, None), CaseFile.number == number]
        found = await rows(tx, seat, [place["id"] for place in await page(where, 1)])
        if not found:
            raise NotFound
        return found[0], tx.now
