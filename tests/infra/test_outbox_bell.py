"""A row in the outbox rings for the relay once it is committed, and says nothing about itself."""

import asyncio

from infra.database import Login, tenant_tx
from tests.database import Database, Sitting
from tests.isolation.world import make_world

ROWS = """insert into outbox (tenant_id, case_id, kind, seq)
    select cur_tenant(), $1, 'case', n from generate_series(1, 20) n"""


async def test_rows_that_come_together_ring_once_and_after_the_commit(database: Database) -> None:
    world = await make_world(database)
    heard: asyncio.Queue[str] = asyncio.Queue()
    async with database.as_login(Login.WORKER) as connection:
        await connection.add_listener("redress_outbox", lambda *said: heard.put_nowait(said[-1]))

        async with tenant_tx(Sitting(tenant=world.acme.id)) as tx:
            await tx.execute(ROWS, world.acme.cases[0])
            await connection.execute("select 1")
            assert heard.empty()

        assert await asyncio.wait_for(heard.get(), 5) == ""
        await connection.execute("select 1")
        assert heard.empty()
