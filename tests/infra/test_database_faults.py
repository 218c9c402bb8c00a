"""The server dies, dawdles, locks, or hangs up in the middle of a commit."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from infra import database as database_module
from infra.database import AmbiguousCommit, DatabaseAway, Tx, open_pools, tenant_tx
from tests.database import Database, Sitting, make_tenant
from tests.infra.cable import Cut, cable_to

RENAME = "update tenant set name = $1"
CONNECTIONS = 2


@pytest.fixture
async def narrow(
    fresh_database: Database, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Database]:
    """Two connections and little patience: one that does not come back is missed at once."""
    monkeypatch.setattr(database_module, "CONNECTIONS", CONNECTIONS)
    monkeypatch.setattr(database_module, "ACQUIRE_SECONDS", 0.5)
    async with open_pools(fresh_database.settings, roles=("app",)):
        yield fresh_database


@pytest.fixture
async def acme(narrow: Database) -> Sitting:
    return Sitting(tenant=await make_tenant(name="Acme"))


async def name_of(seat: Sitting) -> object:
    async with tenant_tx(seat) as tx:
        return await tx.fetchval("select name from tenant")


async def rename(seat: Sitting, name: str, then: str = "select 1") -> None:
    async with tenant_tx(seat) as tx:
        await tx.execute(RENAME, name)
        await tx.execute(then)


async def test_commits_that_fail_leave_the_pool_whole(narrow: Database, acme: Sitting) -> None:
    async with narrow.as_owner() as owner:
        await owner.execute(
            "alter table recovery_code alter constraint recovery_code_tenant_id_person_id_fkey"
            " deferrable initially deferred"
        )
    broken = (
        "insert into recovery_code (tenant_id, id, person_id, code_hash)"
        " values (cur_tenant(), gen_random_uuid(), gen_random_uuid(), '')"
    )

    for _ in range(CONNECTIONS * 3):
        with pytest.raises(asyncpg.ForeignKeyViolationError):
            await rename(acme, "never", then=broken)

    assert await name_of(acme) == "Acme"


async def test_a_killed_backend_is_said_to_be_away_and_replaced(
    narrow: Database, acme: Sitting
) -> None:
    async def work() -> None:
        async with tenant_tx(acme) as tx, narrow.as_owner() as owner:
            pid = await tx.fetchval("select pg_backend_pid()")
            await owner.fetchval("select pg_terminate_backend($1, 2000)", pid)
            await tx.fetchval("select 1")

    for _ in range(CONNECTIONS * 3):
        with pytest.raises(DatabaseAway):
            await work()

    assert await name_of(acme) == "Acme"


async def test_cancelled_tasks_give_their_connections_back(acme: Sitting) -> None:
    for _ in range(CONNECTIONS * 3):
        asking = asyncio.create_task(rename(acme, "never", then="select pg_sleep(4)"))
        await asyncio.sleep(0.02)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

    assert await name_of(acme) == "Acme"


async def test_work_that_is_done_stays_done_when_its_connection_cannot_be_tidied_in_time(
    acme: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(CONNECTIONS * 3):
        with monkeypatch.context() as starved:
            starved.setattr(database_module, "TIDY_SECONDS", 0)
            await rename(acme, f"Acme {n}")

        assert await name_of(acme) == f"Acme {n}"


async def test_a_statement_that_takes_too_long_is_stopped(acme: Sitting) -> None:
    async def dawdle() -> None:
        async with tenant_tx(acme) as tx:
            await tx.execute("set local statement_timeout = '50ms'")
            await tx.execute("select pg_sleep(4)")

    with pytest.raises(DatabaseAway):
        await dawdle()


async def test_every_login_has_its_time_limits(fresh_database: Database) -> None:
    names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    said: dict[str, list[str]] = {}
    async with open_pools(fresh_database.settings, roles=("app", "public", "worker")):
        seat = Sitting(tenant=await make_tenant())
        for login in ("app", "public", "worker"):
            async with tenant_tx(Sitting(tenant=seat.tenant, login=login)) as tx:
                said[login] = [await tx.fetchval(f"show {name}") for name in names]

    assert said["app"] == said["public"] == ["5s", "2s", "15s"]
    assert said["worker"] == ["30s", "2s", "15s"]


async def test_a_row_that_stays_locked_is_not_waited_for_for_ever(acme: Sitting) -> None:
    locked, release = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        async with tenant_tx(acme) as tx:
            await tx.execute("select 1 from tenant for update")
            locked.set()
            await release.wait()

    async def want(tx: Tx) -> None:
        await tx.execute("set local lock_timeout = '50ms'")
        await tx.execute("select 1 from tenant for update")

    async def wait_for_it() -> None:
        async with tenant_tx(acme) as tx:
            await want(tx)

    holder = asyncio.create_task(hold())
    await locked.wait()
    with pytest.raises(DatabaseAway):
        await wait_for_it()
    release.set()
    await holder


async def test_when_all_connections_are_busy_the_wait_is_short(acme: Sitting) -> None:
    release = asyncio.Event()
    arrived = asyncio.Semaphore(0)

    async def hold() -> None:
        async with tenant_tx(acme):
            arrived.release()
            await release.wait()

    async with asyncio.TaskGroup() as group:
        for _ in range(CONNECTIONS):
            group.create_task(hold())
            await arrived.acquire()
        with pytest.raises(DatabaseAway):
            await name_of(acme)
        release.set()

    assert await name_of(acme) == "Acme"


@pytest.mark.parametrize(("cut", "kept"), [(Cut.BEFORE, "Acme"), (Cut.AFTER, "Borealis")])
async def test_a_commit_that_nobody_answered_is_called_ambiguous(
    narrow: Database, acme: Sitting, cut: Cut, kept: str
) -> None:
    async with cable_to(narrow) as (cable, through), open_pools(through.settings, roles=("app",)):
        assert await name_of(acme) == "Acme"
        cable.cut = cut
        with pytest.raises(AmbiguousCommit):
            await rename(acme, "Borealis")
        cable.cut = Cut.NOT

        assert await settled_name(acme) == kept


async def settled_name(seat: Sitting) -> object:
    """Waits on the row until the transaction that was cut off is over."""
    async with tenant_tx(seat) as tx:
        return await tx.fetchval("select name from tenant for update")
