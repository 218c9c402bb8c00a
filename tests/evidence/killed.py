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

NEVER = 99


async def main(url: str, files: str, key: str, tenant: str, steps: int) -> None:
    """`steps` are the puts after which it is killed; with none, before the first."""
    settings = DatabaseSettings(app=url, public=url, worker=url)
    roots: Any = SimpleNamespace(secret_key=bytes.fromhex(key), master_key=bytes.fromhex(key))
    keys.use(roots)
    storage.use(SimpleNamespace(storage_url=files))
    put, done = storage.current().put, 0

    async def mortal(key: str, chunks: AsyncIterator[bytes]) -> None:
        nonlocal done
        if done == steps:
            os.kill(os.getpid(), signal.SIGKILL)
        await put(key, chunks)
        done += 1

    store: Any = storage.current()
    object.__setattr__(store, "put", mortal)
    async with open_pools(settings, (Login.WORKER,)):
        owed = await copying.next_owed(UUID(tenant))
        assert owed
        await copying.draw(owed)


if __name__ == "__main__":
    URL, FILES, KEY, TENANT, STEPS = sys.argv[1:]
    asyncio.run(main(URL, FILES, KEY, TENANT, int(STEPS)))
