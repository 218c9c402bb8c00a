"""What broke off is cleared away: a file that never got onto its case, a row that was refused.

First the row says so, then the bytes go, and the row goes a day later, after the bytes once more:
no moment in which a process may be killed leaves bytes that no row knows of."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from infra import storage
from infra.database import tenant_tx
from services.evidence.receiving import key_of
from services.tenants import seats

GIVEN_UP: Final = timedelta(hours=6)
FORGOTTEN: Final = timedelta(days=1)
AT_ONCE: Final = 200
GIVE_UP = """
update evidence set state = 'refused' where tenant_id = $1 and id in (
    select id from evidence
    where tenant_id = $1 and state in ('coming', 'received') and began_at < $2
    order by began_at limit $3)
returning place
"""
REFUSED = """
select id, place from evidence where tenant_id = $1 and state = 'refused' and began_at < $2
order by began_at limit $3
"""
GO = "delete from evidence where tenant_id = $1 and state = 'refused' and id = any($2)"


async def sweep(
    tenant: UUID, *, given_up: timedelta = GIVEN_UP, forgotten: timedelta = FORGOTTEN
) -> int:
    """How many files were given up now."""
    seat = seats.clock(tenant=tenant)
    async with tenant_tx(seat) as tx:
        gone = await tx.fetch(GIVE_UP, tenant, tx.real_now - given_up, AT_ONCE)
    async with tenant_tx(seat) as tx:
        old = await tx.fetch(REFUSED, tenant, tx.real_now - forgotten, AT_ONCE)
    for row in (*gone, *old):
        await storage.current().delete(key_of(tenant, row["place"]))
    async with tenant_tx(seat) as tx:
        await tx.execute(GO, tenant, [row["id"] for row in old])
    return len(gone)
