"""Which clocks are late or behind: read for all tenants from a table of ids and times."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from infra.database import Login, Record, Tx, platform_tx, tenant_tx
from services.tenants import organisations, seats
from workflows.messages import CaseRef

LATE: Final = timedelta(seconds=120)
OPEN = "select tenant_id, case_id, seq from wake where not closed"
OVERDUE = f"{OPEN} and parked_at is null and wake_at < $1 order by wake_at limit 1000"
BEHIND = f"{OPEN} and plan_seq < seq order by wake_at limit 1000"
PARK = "update wake set parked_at = $3 where tenant_id = $1 and case_id = $2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wake:
    case: CaseRef
    seq: int


async def overdue(by: timedelta) -> tuple[Wake, ...]:
    """Bells that should have rung that long ago, by the clock of their tenant."""
    async with platform_tx(Login.WORKER) as tx:
        found = {wake.case: wake for wake in await late(tx, by)}
    for each in await organisations.everyone(login=Login.WORKER):
        if each.demo:
            async with tenant_tx(seats.clock(tenant=each.tenant)) as tx:
                found |= {wake.case: wake for wake in await late(tx, by)}
    return tuple(found.values())


async def late(tx: Tx, by: timedelta) -> tuple[Wake, ...]:
    """The platform knows real time only; demo tenants are asked by their own."""
    return tuple(map(wake_of, await tx.fetch(OVERDUE, tx.now - by)))


async def behind() -> tuple[Wake, ...]:
    """Cases whose workflow has not seen how they stand now."""
    async with platform_tx(Login.WORKER) as tx:
        return tuple(map(wake_of, await tx.fetch(BEHIND)))


async def park(case: CaseRef) -> None:
    """Its bell cannot be struck: people have to look. The next change takes it up again."""
    async with tenant_tx(seats.clock(tenant=case.tenant)) as tx:
        await tx.execute(PARK, case.tenant, case.case, tx.real_now)


def wake_of(row: Record) -> Wake:
    case = CaseRef(tenant=row["tenant_id"], case=row["case_id"])
    return Wake(case=case, seq=row["seq"])
