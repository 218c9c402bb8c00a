"""What should not happen and does: a clock behind its case, a bell that nobody strikes, a letter
that lies about. Each is only told again; nothing here decides anything.
"""

from datetime import timedelta
from functools import partial
from typing import Final

import structlog

from infra.database import Login, platform_tx
from services.tenants import organisations
from workflows import desk, rebuild, wakes
from workflows.connection import Dial

log = structlog.get_logger()
EVERY: Final = timedelta(minutes=5)
LETTER_LATE: Final = timedelta(minutes=2)
TIDY = "delete from outbox where sent_at < clock_timestamp() - interval '7 days'"


async def reconcile(dial: Dial) -> None:
    client = await dial()
    lagging = {
        wake.case: wake for wake in (*await wakes.behind(), *await wakes.overdue(wakes.LATE))
    }
    pokes = [
        partial(desk.poke, client, wake.case, wake.seq, force=True) for wake in lagging.values()
    ]
    await rebuild.few_at_once(pokes)
    letters = 0
    for each in await organisations.everyone(login=Login.WORKER):
        letters += await rebuild.tell_notices(client, each.tenant, older_than=LETTER_LATE)
    async with platform_tx(Login.WORKER) as tx:
        await tx.execute(TIDY)
    if lagging or letters:
        log.info("reconciled", cases=len(lagging), letters=letters)
