"""Viewing copies are drawn while people go on: one at a time, and last in the queue."""

from datetime import timedelta
from typing import Final

import structlog

from infra.database import DatabaseAway, Login
from services.evidence import copying
from services.tenants import organisations
from workflows.telling import tell

log = structlog.get_logger()
CHANNEL: Final = "redress_evidence"
EVERY: Final = timedelta(seconds=30)


async def draw_owed() -> bool:
    """One of each association; whether there may be more."""
    found = False
    for each in await organisations.everyone(login=Login.WORKER):
        if owed := await copying.next_owed(each.tenant):
            found = True
            await draw(owed)
    return found


async def draw(owed: copying.Owed) -> None:
    """A file that cannot be drawn holds up no other."""
    try:
        await copying.draw(owed)
    except DatabaseAway:
        raise
    except Exception as error:  # noqa: BLE001 - told, and tried again when its time has passed
        tell("viewing", error, tenant=str(owed.tenant), evidence=str(owed.piece))


async def catch_up() -> None:
    """At the first start after an upgrade everything; later nothing is missing."""
    for each in await organisations.everyone(login=Login.WORKER):
        await copying.catch_up(each.tenant)
