"""`python -m tests.evidence.killed`: draws one copy, and is killed at a step of it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from infra import storage
from infra.database import DatabaseSettings, Login, open_pools
from services.evidence import copying
from services.tenants import keys
from tests.cases.cast import KEYS


async def main(url: str, files: str, tenant: str, stored: int) -> None:
    """After so many pictures; once all of them lie there, before it says so."""
    keys.use(KEYS)
    storage.use(SimpleNamespace(storage_url=files))
    store, done = storage.current(), 0

    async def mortal(key: str, chunks: AsyncIterator[bytes]) -> None:
        nonlocal done
        if done == stored:
            end()
        await store.put(key, chunks)
        done += 1

    def end(*_: object) -> Any:
        os.kill(os.getpid(), signal.SIGKILL)

    storage.current = lambda: SimpleNamespace(put=mortal, get=store.get, delete=store.delete)
    pretended: Any = copying
    pretended.told = end
    async with open_pools(DatabaseSettings(app=url, public=url, worker=url), (Login.WORKER,)):
        owed = await copying.next_owed(UUID(tenant))
        assert owed
        await copying.draw(owed)


if __name__ == "__main__":
    URL, FILES, TENANT, STORED = sys.argv[1:]
    asyncio.run(main(URL, FILES, TENANT, int(STORED)))
