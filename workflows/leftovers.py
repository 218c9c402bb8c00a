"""Files that never got onto a case, because a connection or a process broke off, are cleared."""

from datetime import timedelta
from typing import Final

import structlog

from infra.database import Login
from services.evidence import sweeping
from services.tenants import organisations

log = structlog.get_logger()
EVERY: Final = timedelta(hours=1)


async def clear() -> None:
    for each in await organisations.everyone(login=Login.WORKER):
        if found := await sweeping.sweep(each.tenant):
            log.info("cleared", tenant=str(each.tenant), files=found)
