"""Migrations: twice, at once, without a superuser, and refused when they are missing."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import asyncpg
import pytest

from infra import postgres
from infra.database import DatabaseBehind, Login, open_pools
from infra.logins import verifier
from infra.migrate import migrate
from infra.postgres import Server
from infra.walls import MIGRATIONS, breaches
from tests.database import Database, database_on, make_tenant

SHIPPED = sorted(folder.name for folder in MIGRATIONS.iterdir())
EVERYTHING = """
select format('column %s.%s %s', table_name, column_name, data_type)
from information_schema.columns where table_schema in ('public', 'walls')
union all
select 'index ' || indexdef from pg_indexes where schemaname = 'public'
union all
select concat_ws(' ', 'policy', tablename, policyname, qual, with_check) from pg_policies
union all
select concat_ws(' ', 'function', p.oid::regprocedure, proacl) from pg_proc p
join pg_namespace n on n.oid = pronamespace where nspname in ('public', 'walls')
union all
select concat_ws(' ', 'rights', relname, relacl) from pg_class
where relnamespace = 'public'::regnamespace
order by 1
"""


async def empty_database(server: Server, owned_by: str = "postgres") -> Database:
    name = f"empty_{uuid4().hex}"
    async with database_on(server, "postgres").as_owner() as owner:
        await owner.execute(f"create database {name} owner {owned_by}")
    return database_on(server, name)


@pytest.fixture
async def empty(postgres_server: Server) -> AsyncIterator[Database]:
    database = await empty_database(postgres_server)
    yield database
    await drop(postgres_server, database)


async def drop(server: Server, database: Database) -> None:
    async with database.as_owner() as inside:
        name = await inside.fetchval("select current_database()")
    async with database_on(server, "postgres").as_owner() as owner:
        await owner.execute(f"drop database {name} with (force)")


async def schema(database: Database) -> list[str]:
    async with database.as_owner() as owner:
        return [row[0] for row in await owner.fetch(EVERYTHING)]


async def test_a_second_run_changes_nothing(empty: Database) -> None:
    await migrate(empty.settings)
    once = await schema(empty)

    await migrate(empty.settings)

    assert await schema(empty) == once
    async with empty.as_owner() as owner:
        names = await owner.fetch("select name from migration order by name")
    assert [row["name"] for row in names] == SHIPPED


async def test_several_at_once_take_turns(empty: Database) -> None:
    await asyncio.gather(*(migrate(empty.settings) for _ in range(4)))

    async with empty.as_owner() as owner:
        assert await owner.fetchval("select count(*) from migration") == len(SHIPPED)
        assert await breaches(owner) == ()


async def test_two_databases_of_one_server_migrate_at_once(postgres_server: Server) -> None:
    two = [await empty_database(postgres_server) for _ in range(2)]

    await asyncio.gather(*(migrate(database.settings) for database in two))

    assert await schema(two[0]) == await schema(two[1])
    for database in two:
        await drop(postgres_server, database)


async def test_a_run_that_fails_leaves_nothing_behind(
    empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: asyncpg.Connection) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("infra.migrate.seal", fail)
        with pytest.raises(ZeroDivisionError):
            await migrate(empty.settings)

    assert await schema(empty) == []
    await migrate(empty.settings)
    assert await schema(empty) != []


async def test_the_owner_of_the_database_need_not_be_a_superuser() -> None:
    """On a server of its own, where no superuser has made the roles before."""
    with postgres.running() as server:
        async with database_on(server, "postgres").as_owner() as owner:
            await owner.execute("create role migrator login createrole")
            await owner.execute("create database theirs owner migrator")
        theirs = database_on(server, "theirs").settings
        by_migrator = replace(theirs, migrate=server.url("migrator", "theirs"))

        await migrate(by_migrator)
        await migrate(by_migrator)

        async with open_pools(by_migrator, roles=tuple(Login)):
            await make_tenant()


async def test_a_database_without_its_migrations_is_refused(empty: Database) -> None:
    with pytest.raises(DatabaseBehind, match=SHIPPED[-1]):
        async with open_pools(empty.settings, roles=("app",)):
            pass


async def test_a_log_in_that_may_not_connect_is_told_to_migrate(fresh_database: Database) -> None:
    stranger = fresh_database.settings.app.replace("redress_app", "redress_nobody")
    with pytest.raises(DatabaseBehind, match="redress_app may not connect"):
        async with open_pools(replace(fresh_database.settings, app=stranger), roles=("app",)):
            pass


async def test_the_server_keeps_a_proof_of_the_password_and_not_the_password(
    postgres_server: Server,
) -> None:
    async with database_on(postgres_server, "postgres").as_owner() as owner, owner.transaction():
        await owner.execute(f"create role keeper login password '{verifier('鞋底-断裂')}'")
        kept = await owner.fetchval("select rolpassword from pg_authid where rolname = 'keeper'")
        await owner.execute("drop role keeper")

    assert kept.startswith("SCRAM-SHA-256$4096:")
    assert "鞋底" not in kept
