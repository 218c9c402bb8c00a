"""Units of work: whose they are, when they end, and what the clock says in them."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from infra.database import (
    DatabaseAway,
    ForeignTask,
    NestedTransaction,
    OutsideTransaction,
    SilentRollback,
    Tx,
    open_pools,
    platform_tx,
    tenant_tx,
)
from tests.database import Database, Sitting, make_tenant

INVITE = """insert into invitation (tenant_id, id, email, role, token_hash, expires_at)
    values (cur_tenant(), $1, $2, 'manager', uuid_send($1), now())"""


@pytest.fixture
async def acme(database: Database) -> Sitting:
    return Sitting(tenant=await make_tenant(), actor="person:ana")


async def invite(tx: Tx, email: str) -> UUID:
    invitation = uuid4()
    await tx.execute(INVITE, invitation, email)
    return invitation


async def emails(seat: Sitting) -> set[str]:
    async with tenant_tx(seat) as tx:
        return {row["email"] for row in await tx.fetch("select email from invitation")}


async def test_a_tenant_finds_its_own_rows_and_nobody_elses(acme: Sitting) -> None:
    borealis = Sitting(tenant=await make_tenant())
    async with tenant_tx(acme) as tx:
        await invite(tx, "leo@example.org")

    assert await emails(acme) == {"leo@example.org"}
    assert await emails(borealis) == set()


async def test_what_is_said_of_the_seat_ends_with_the_transaction(acme: Sitting) -> None:
    asked = "select cur_tenant(), current_setting('app.actor', true), cur_role(), cur_case()"
    async with tenant_tx(acme) as tx:
        [said] = await tx.fetch(asked)
        assert tuple(said) == (acme.tenant, "person:ana", "manager", None)

    async with platform_tx() as tx:
        [said] = await tx.fetch(asked)
        assert tuple(said) == (None, "", "", None)
        assert await tx.fetch("select 1 from tenant") == []


async def fall_over(seat: Sitting) -> None:
    async with tenant_tx(seat) as tx:
        await invite(tx, "leo@example.org")
        raise ZeroDivisionError


async def test_nothing_is_recorded_when_the_block_raises(acme: Sitting) -> None:
    with pytest.raises(ZeroDivisionError):
        await fall_over(acme)

    assert await emails(acme) == set()


async def test_a_connection_is_given_back_without_an_open_transaction(acme: Sitting) -> None:
    complaints: list[object] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, said: complaints.append(said["message"]))

    with pytest.raises(ZeroDivisionError):
        await fall_over(acme)

    loop.set_exception_handler(None)
    assert complaints == []


async def invite_twice(tx: Tx) -> None:
    async with tx.savepoint():
        invitation = await invite(tx, "second@example.org")
        await tx.execute(INVITE, invitation, "third@example.org")


async def test_a_savepoint_undoes_its_own_block_only(acme: Sitting) -> None:
    async with tenant_tx(acme) as tx:
        await invite(tx, "first@example.org")
        with pytest.raises(asyncpg.UniqueViolationError):
            await invite_twice(tx)
        async with tx.savepoint():
            await invite(tx, "fourth@example.org")

    assert await emails(acme) == {"first@example.org", "fourth@example.org"}


async def stumble_inside_and_out(tx: Tx) -> None:
    async with tx.savepoint():
        await invite(tx, "outer@example.org")
        with suppress(asyncpg.UniqueViolationError):
            await invite_twice(tx)
        raise ZeroDivisionError


async def test_a_savepoint_inside_a_savepoint_leaves_the_outer_one_whole(acme: Sitting) -> None:
    async with tenant_tx(acme) as tx:
        with pytest.raises(ZeroDivisionError):
            await stumble_inside_and_out(tx)

    assert await emails(acme) == set()


async def swallow_an_error(seat: Sitting) -> None:
    async with tenant_tx(seat) as tx:
        await invite(tx, "leo@example.org")
        with suppress(asyncpg.UndefinedTableError):
            await tx.execute("select 1 from nowhere")


async def test_a_swallowed_error_never_passes_for_a_success(acme: Sitting) -> None:
    with pytest.raises(SilentRollback):
        await swallow_an_error(acme)

    assert await emails(acme) == set()


@pytest.mark.parametrize("inner", ["tenant", "platform"])
async def test_units_of_work_do_not_nest(acme: Sitting, inner: str) -> None:
    async with tenant_tx(acme) as tx:
        with pytest.raises(NestedTransaction):
            async with tenant_tx(acme) if inner == "tenant" else platform_tx():
                pass

        assert await tx.fetchval("select cur_tenant()") == acme.tenant


async def test_another_task_may_not_use_the_transaction(acme: Sitting) -> None:
    async with tenant_tx(acme) as tx:
        with pytest.raises(ForeignTask):
            await asyncio.create_task(tx.fetchval("select 1"))


async def test_a_task_started_inside_works_on_its_own_once_we_are_done(acme: Sitting) -> None:
    may_begin = asyncio.Event()

    async def later() -> set[str]:
        await may_begin.wait()
        return await emails(acme)

    async with tenant_tx(acme) as tx:
        await invite(tx, "leo@example.org")
        task = asyncio.create_task(later())
    may_begin.set()

    assert await task == {"leo@example.org"}


async def test_an_ended_transaction_answers_nobody(acme: Sitting) -> None:
    async with tenant_tx(acme) as tx:
        pass

    with pytest.raises(OutsideTransaction):
        await tx.fetchval("select 1")


async def test_a_login_without_a_pool_is_told(fresh_database: Database) -> None:
    async with open_pools(fresh_database.settings, roles=("app",)):
        with pytest.raises(OutsideTransaction, match="no pool for worker"):
            async with platform_tx("worker"):
                pass


async def test_the_seat_says_which_login_speaks(acme: Sitting) -> None:
    for login in ("app", "public", "worker"):
        seat = Sitting(tenant=acme.tenant, login=login)
        async with tenant_tx(seat) as tx:
            assert await tx.fetchval("select session_user") == f"redress_{login}"


async def test_the_clock_of_a_tenant_may_stand_ahead(acme: Sitting) -> None:
    async with tenant_tx(acme) as tx:
        ahead = "update tenant set clock_offset = '40 days' where tenant_id = $1"
        await tx.execute(ahead, acme.tenant)

    async with tenant_tx(acme) as tx:
        assert tx.now - tx.real_now == timedelta(days=40)
        assert tx.now.utcoffset() == timedelta(0)
    async with platform_tx() as tx:
        assert tx.now == tx.real_now


async def test_the_clock_is_read_again_after_a_wait(acme: Sitting) -> None:
    async with tenant_tx(acme) as tx:
        before, at_start = tx.now, await tx.fetchval("select now()")

        after = await tx.read_clock()

        assert after == tx.now > before
        assert await tx.fetchval("select now()") == at_start


@pytest.mark.parametrize("offset", ["39 days", "0", "-1 day"])
async def test_the_clock_of_a_tenant_never_goes_back(acme: Sitting, offset: str) -> None:
    moving = f"update tenant set clock_offset = '{offset}'"
    async with tenant_tx(acme) as tx:
        await tx.execute("update tenant set clock_offset = '40 days'")
    with pytest.raises(asyncpg.RestrictViolationError):
        async with tenant_tx(acme) as tx:
            await tx.execute(moving)


async def test_only_a_demo_tenant_has_a_clock_of_its_own(database: Database) -> None:
    seat = Sitting(tenant=await make_tenant(demo=False))
    with pytest.raises(asyncpg.CheckViolationError):
        async with tenant_tx(seat) as tx:
            await tx.execute("update tenant set clock_offset = '1 day'")


async def test_json_comes_back_as_it_was_given(acme: Sitting) -> None:
    given = {"amount": "1286.00", "facts": "鞋底断裂", "deep": [1, {"x": None}]}
    async with tenant_tx(acme) as tx:
        await tx.execute("update tenant set settings = $1", given)

        assert await tx.fetchval("select settings from tenant") == given


async def test_a_server_that_is_not_there_is_said_to_be_away(fresh_database: Database) -> None:
    settings = fresh_database.settings
    nowhere = type(settings)(
        app=settings.app.replace("host=", "host=/nowhere"), public="", worker=""
    )

    with pytest.raises(DatabaseAway):
        async with open_pools(nowhere, roles=("app",)):
            pass
