"""Cases that cannot be found are made searchable: those that were there before the search was."""

from datetime import timedelta
from typing import Final

import structlog

from infra.database import Login
from services.cases import search_fill
from services.tenants import organisations

log = structlog.get_logger()
EVERY: Final = timedelta(hours=1)


async def catch_up() -> None:
    """At the first start after an upgrade everything; later nothing is missing."""
    for each in await organisations.everyone(login=Login.WORKER):
        if found := await search_fill.fill(each.tenant):
            log.info("made searchable", tenant=str(each.tenant), cases=found)
