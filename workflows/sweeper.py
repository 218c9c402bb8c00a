"""Bells that nobody struck: where the clock is away, the ledger's own door still stands open."""

from datetime import timedelta
from typing import Final

import structlog

from infra.database import DatabaseAway
from services.cases import queries
from services.cases.bells import apply_bell
from workflows import wakes
from workflows.messages import CaseRef
from workflows.telling import tell

log = structlog.get_logger()
EVERY: Final = timedelta(seconds=30)
BELLS_MAX: Final = 20


async def sweep(late: timedelta = wakes.LATE) -> None:
    """Strikes what is that late, as the workflow would have done."""
    for wake in await wakes.overdue(late):
        await strike_or_park(wake.case)


async def strike_or_park(case: CaseRef) -> None:
    """A case that cannot be struck holds up no other."""
    try:
        struck = await strike_all(case)
    except DatabaseAway:
        raise
    except Exception as error:  # noqa: BLE001 - the fault of one case is told, and the rest goes on
        tell("sweeper", error, tenant=str(case.tenant), case=str(case.case))
        struck = 0
    if struck:
        log.info("swept", tenant=str(case.tenant), case=str(case.case), bells=struck)
    else:
        await wakes.park(case)


async def strike_all(case: CaseRef) -> int:
    for struck in range(BELLS_MAX):
        plan = await queries.plan(case.tenant, case.case)
        if plan.finished or plan.bell is None or plan.wait:
            return struck
        receipt = await apply_bell(case.tenant, case.case, plan.bell)
        if not receipt.events:
            return struck
    return BELLS_MAX
