"""ISO-12: what a log-in might try once somebody else speaks through it."""

import asyncpg
import pytest

from infra.database import Login
from tests.isolation.world import World

ATTEMPTS = {
    "become the owner": "set role redress_owner",
    "become the function owner": "set role redress_definer",
    "become the superuser": "set session authorization postgres",
    "become another log-in": "set role {other}",
    "give itself the owner": "grant redress_owner to current_user",
    "make itself a superuser": "alter role current_user superuser",
    "make itself bypass": "alter role current_user bypassrls",
    "create a role": "create role intruder",
    "turn policies off for itself": "set row_security = off; select * from tenant",
    "disable row security": "alter table case_file disable row level security",
    "remove the force": "alter table case_file no force row level security",
    "drop a policy": "drop policy own_select on case_file",
    "add a policy": "create policy mine on case_file using (true)",
    "drop a guard": "drop trigger append_only on case_event",
    "skip triggers": "set session_replication_role = replica",
    "create a table": "create table mine (x int)",
    "create a temporary table": "create temp table mine as select * from tenant",
    "create a view": "create view mine as select * from case_file",
    "create a function": "create function mine() returns int language sql return 1",
    "replace the look-up": "create or replace function cur_tenant() returns uuid language sql"
    " return null::uuid",
    "create a schema": "create schema mine",
    "create an extension": "create extension dblink",
    "run anonymous code as the owner": "do $$ begin set local role redress_owner; end $$",
    "empty a table": "truncate case_event",
    "empty all tables": "truncate tenant cascade",
    "copy rows in": "copy case_file from stdin",
    "copy rows to a file": "copy tenant to '/tmp/redress-leak'",
    "copy rows to a program": "copy tenant to program 'cat'",
    "read statistics": "select * from pg_statistic",
    "read passwords": "select rolpassword from pg_authid",
    "read a server file": "select pg_read_file('postgresql.conf')",
    "list a server folder": "select pg_ls_dir('.')",
    "make a large object": "select lo_create(0)",
    "write a large object": "select lo_from_bytea(0, '\\x00')",
    "read large objects": "select * from pg_largeobject",
    "change the server": "alter system set log_statement = 'all'",
    "stop its neighbours": "select pg_terminate_backend(pid) from pg_stat_activity"
    " where usename = 'postgres'",
    "dump by a log-in's lock": "lock table case_file in access exclusive mode",
    "call the builders": "call walls.policies('case_file', 'true')",
    "call a guard": "select walls.refuse_move()",
    "number by a sequence": "select nextval('outbox_id_seq')",
    "peek at the sequence": "select last_value from outbox_id_seq",
    "prepare a transaction": "begin; prepare transaction 'forever'",
}


@pytest.mark.parametrize("login", Login)
@pytest.mark.parametrize("attempt", ATTEMPTS)
async def test_no_log_in_gets_past_the_walls(world: World, login: Login, attempt: str) -> None:
    other = next(role for role in Login if role is not login).role
    async with world.database.as_login(login) as connection:
        with pytest.raises(asyncpg.PostgresError):
            await connection.execute(ATTEMPTS[attempt].format(other=other))


async def test_nobody_sees_another_tenant_in_statistics(world: World) -> None:
    async with world.database.as_owner() as owner:
        await owner.execute("analyze")
    for login in Login:
        async with world.database.as_login(login) as connection:
            seen = await connection.fetch(
                "select tablename, attname from pg_stats where schemaname = 'public'"
                " and tablename <> 'migration'"
            )
            assert seen == []


async def test_a_tenant_is_named_for_one_transaction_only(world: World) -> None:
    async with world.database.as_login(Login.APP) as connection:
        await connection.execute("begin")
        await connection.execute("select enter($1, 'x', 'manager', null)", world.acme.id)
        await connection.execute("commit")

        assert await connection.fetchval("select cur_tenant()") is None


async def test_a_row_never_changes_its_tenant(world: World) -> None:
    async with world.database.as_owner() as owner:
        for table in ("case_file", "wake", "person", "link", "outbox", "notice"):
            with pytest.raises(asyncpg.RestrictViolationError, match="never changes its tenant"):
                await owner.execute(f"update {table} set tenant_id = gen_random_uuid()")


async def test_history_is_never_rewritten_not_even_by_the_superuser(world: World) -> None:
    async with world.database.as_owner() as owner:
        for table in ("case_event", "command", "audit_entry", "chain_root", "playbook_version"):
            for sql in (
                f"update {table} set tenant_id = tenant_id",
                f"delete from {table}",
                f"truncate {table} cascade",
            ):
                with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
                    await owner.execute(sql)


async def test_words_can_be_erased_and_never_reworded(world: World) -> None:
    async with world.database.as_owner() as owner:
        with pytest.raises(asyncpg.RestrictViolationError):
            await owner.execute("update statement set text = 'something else'")

        erased = await owner.execute("update statement set text = null, erased_at = now()")

        assert erased == "UPDATE 4"


@pytest.mark.parametrize(
    ("child", "parent"),
    [
        ("case_event", "case_id"),
        ("link", "case_id"),
        ("outbox", "case_id"),
        ("session", "person_id"),
        ("case_file", "assignee"),
    ],
)
async def test_no_reference_reaches_another_tenant(world: World, child: str, parent: str) -> None:
    foreign = world.borealis.handler if parent != "case_id" else world.borealis.cases[0]
    async with world.database.as_owner() as owner:
        with pytest.raises((asyncpg.ForeignKeyViolationError, asyncpg.RestrictViolationError)):
            await owner.execute(
                f"update {child} set {parent} = $1 where tenant_id = $2", foreign, world.acme.id
            )
