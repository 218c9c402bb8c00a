"""ISO-02: whoever forgets to say which tenant is meant gets nothing, on any table, in any role."""

from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from infra.database import Login
from tests.isolation.attempts import attempts_on, rows_reached
from tests.isolation.world import World

State = Callable[[asyncpg.Connection, World], Awaitable[None]]
ENTER = "select enter($1, 'test', 'manager', null)"


async def fresh(connection: asyncpg.Connection, world: World) -> None:
    await connection.execute("begin")


async def after_commit(connection: asyncpg.Connection, world: World) -> None:
    await connection.execute("begin")
    await connection.execute(ENTER, world.acme.id)
    assert await connection.fetchval("select count(*) from tenant") == 1
    await connection.execute("commit")
    await connection.execute("begin")


async def after_rollback(connection: asyncpg.Connection, world: World) -> None:
    await connection.execute("begin")
    await connection.execute(ENTER, world.acme.id)
    await connection.execute("rollback")
    await connection.execute("begin")


async def after_rollback_to_savepoint(connection: asyncpg.Connection, world: World) -> None:
    await connection.execute("begin; savepoint s")
    await connection.execute(ENTER, world.acme.id)
    await connection.execute("rollback to savepoint s")


async def empty_context(connection: asyncpg.Connection, world: World) -> None:
    await connection.execute("begin")
    await connection.execute("select set_config('app.tenant_id', '', true)")


async def garbage_context(connection: asyncpg.Connection, world: World) -> None:
    await connection.execute("begin")
    await connection.execute("select set_config('app.tenant_id', 'garbage', true)")


STATES = (
    fresh,
    after_commit,
    after_rollback,
    after_rollback_to_savepoint,
    empty_context,
    garbage_context,
)


@pytest.mark.parametrize("login", Login)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
async def test_without_a_tenant_no_row_is_reached(world: World, login: Login, state: State) -> None:
    async with world.database.as_owner() as owner:
        tried = {table: await attempts_on(owner, table, world.acme.id) for table in world.tables}

    async with world.database.as_login(login) as connection:
        await state(connection, world)
        reached = [
            (table, verb)
            for table in world.tables
            for verb, sql in tried[table].items()
            if await rows_reached(connection, sql)
        ]

    assert reached == []


@pytest.mark.parametrize("login", [Login.APP, Login.WORKER])
async def test_with_a_tenant_only_its_own_rows_are_reached(world: World, login: Login) -> None:
    async with world.database.as_login(login) as connection:
        await connection.execute("begin")
        await connection.execute(ENTER, world.acme.id)

        foreign = [
            table
            for table in world.tables
            if "tenant_id" in await columns_of(connection, table)
            and await rows_reached(
                connection,
                f"select 1 from {table} where tenant_id <> '{world.acme.id}'",
            )
        ]
        own = [t for t in world.tables if await rows_reached(connection, f"select 1 from {t}")]

    assert foreign == []
    assert {"tenant", "case_file", "case_event", "deadline", "outbox", "wake", "link"} <= set(own)


async def columns_of(connection: asyncpg.Connection, table: str) -> set[str]:
    rows = await connection.fetch(
        "select attname from pg_attribute where attrelid = $1::text::regclass", table
    )
    return {row["attname"] for row in rows}
