"""One line of the queue, read again after something happened to it."""

from datetime import datetime

from infra.database import tenant_tx
from services.cases.filters import Filters
from services.cases.queue import conditions, page, whole
from services.cases.queue_rows import QueueRow, details, row_of
from services.cases.receipts import NotFound
from services.cases.tables import CaseFile
from services.tenants.seats import Seat

ANY = Filters(closed=None)


async def row(seat: Seat, number: str) -> tuple[QueueRow, datetime]:
    """With the ledger's clock beside it. Raises `NotFound`."""
    async with tenant_tx(seat) as tx:
        where = [*conditions(seat, ANY, None), CaseFile.number == number]
        found = next(iter(await page(where, 1)), None)
        if found is None:
            raise NotFound
        beside = await details(tx, [found["id"]] if whole(seat, found) else [])
        return row_of(found, beside.get(found["id"])), tx.now
