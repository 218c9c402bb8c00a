"""ISO-05: however jobs of different tenants interleave, none sees or writes another's rows."""

import random
from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from infra import database as database_module
from infra.database import Login, Seated, Tx, open_pools, tenant_tx
from tests.database import Database, Sitting
from tests.isolation.interleaving import Crowd, run, settle, written

TENANTS = 6
CONNECTIONS = 4


@pytest.fixture
async def narrow(fresh_database: Database) -> AsyncIterator[Database]:
    """Far fewer connections than jobs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_module, "CONNECTIONS", CONNECTIONS)
        async with open_pools(fresh_database.settings, roles=(Login.APP,)):
            yield fresh_database


async def play(database: Database, *, jobs: int, seed: int) -> Crowd:
    tenants = await settle(database, TENANTS)
    crowd = Crowd(tenants=tenants, rng=random.Random(seed), database=database)
    await run(crowd, jobs)
    return crowd


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_no_job_sees_or_writes_for_another_tenant(narrow: Database, seed: int) -> None:
    before = await written(narrow)

    crowd = await play(narrow, jobs=4000, seed=seed)

    found = await written(narrow) - before
    assert crowd.leaks == []
    assert crowd.done <= found
    assert found <= crowd.done | crowd.unsure
    assert len(crowd.done) > 2500


async def test_the_pool_is_whole_afterwards(narrow: Database) -> None:
    crowd = await play(narrow, jobs=200, seed=4)

    pool = database_module._POOLS[Login.APP]
    assert pool.get_size() - pool.get_idle_size() == 0
    for tenant in crowd.tenants:
        async with tenant_tx(Sitting(tenant=tenant)) as tx:
            assert await tx.fetchval("select tenant_id from tenant") == tenant


async def set_once_for_the_connection(tx: Tx, seat: Seated) -> None:
    await tx.execute("begin")
    if not await tx.fetchval("select current_setting('app.tenant_id', true)"):
        await tx.execute(
            "select set_config('app.tenant_id', $1, false), set_config('app.actor', $2, false)",
            *(str(seat.tenant), seat.actor),
        )
    await tx.read_clock()


LAST_SEAT: dict[str, UUID] = {}


async def remember_in_a_global(tx: Tx, seat: Seated) -> None:
    LAST_SEAT["tenant"] = seat.tenant
    await tx.execute("begin")
    await tx.execute(
        "select enter($1, $2, $3, $4)", LAST_SEAT["tenant"], seat.actor, seat.role, seat.case
    )
    await tx.read_clock()


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("fault", [set_once_for_the_connection, remember_in_a_global])
async def test_a_seeded_fault_is_caught(
    narrow: Database, monkeypatch: pytest.MonkeyPatch, fault: object, seed: int
) -> None:
    tenants = await settle(narrow, TENANTS)
    monkeypatch.setattr(asyncpg.Connection, "get_reset_query", lambda _: "")
    monkeypatch.setattr(Tx, "begin_for", fault)
    crowd = Crowd(tenants=tenants, rng=random.Random(seed), database=narrow)

    await run(crowd, 60)

    assert crowd.leaks
