"""Start-up check: refuse a role that could pass a policy, and a table without its walls."""

import asyncpg


class UnsafeDatabase(RuntimeError):
    """The database would let somebody through; each fault is told."""


async def assert_walls_stand(connection: asyncpg.Connection) -> None:
    pass
