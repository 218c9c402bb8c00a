"""ISO-10: take any one wall down, and a check goes red."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from infra.logins import DEFINER, OWNER
from infra.walls import breaches
from tests.isolation.attempts import attempts_on, rows_reached, undone
from tests.isolation.test_iso_01_catalogue import ALLOWED
from tests.isolation.world import Tenant, World

ROLES = ("redress_app", "redress_worker", "redress_public", DEFINER)

EVERY_WEAKENING = """
select format('drop policy %I on %I', policyname, tablename)
from pg_policies where schemaname = 'public' and policyname not in ('lookup', 'known_select')
union all
select format('alter policy %I on %I using (true)', policyname, tablename)
from pg_policies where schemaname = 'public' and qual is not null and policyname <> 'lookup'
union all
select format('alter policy %I on %I with check (true)', policyname, tablename)
from pg_policies where schemaname = 'public' and with_check is not null
union all
select format('alter policy %I on %I to redress_definer', policyname, tablename)
from pg_policies where schemaname = 'public' and permissive = 'RESTRICTIVE'
union all
select format('create policy extra on %I using (true)', relname)
from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity
union all
select format('alter table %I %s row level security', relname, how)
from pg_class, unnest(array['no force', 'disable']) how
where relnamespace = 'public'::regnamespace and relrowsecurity
    and (relforcerowsecurity or how = 'disable')
union all
select format(how, tgname, tgrelid::regclass)
from pg_trigger,
    unnest(array['drop trigger %1$I on %2$s', 'alter table %2$s disable trigger %1$I']) how
where not tgisinternal and tgname !~ '^(ring|tell)_' and tgrelid in (
    select oid from pg_class where relnamespace = 'public'::regnamespace)
"""


@asynccontextmanager
async def scratch(world: World) -> AsyncIterator[asyncpg.Connection]:
    """A superuser's transaction in which walls may be taken down; it is never committed."""
    async with world.database.as_owner() as owner:
        await owner.execute("begin")
        yield owner


async def test_the_walls_stand(world: World) -> None:
    async with scratch(world) as owner:
        assert await breaches(owner) == ()


async def test_the_start_up_check_finds_every_weakened_wall(world: World) -> None:
    async with scratch(world) as owner:
        weakenings = [row[0] for row in await owner.fetch(EVERY_WEAKENING)]
        survivors = []
        for weakening in weakenings:
            async with undone(owner):
                await owner.execute(weakening)
                if not await breaches(owner):
                    survivors.append(weakening)

    assert len(weakenings) > 300
    assert survivors == []


async def test_forgetting_the_tenant_shows_every_open_policy(world: World) -> None:
    openings = {"SELECT": "using", "DELETE": "using", "INSERT": "with check"}
    async with scratch(world) as owner:
        survivors = []
        for table in world.tables:
            tried = await attempts_on(owner, table, world.acme.id)
            for verb, clause in openings.items():
                opening = f"alter policy own_{verb} on {table} {clause} (true)"
                survivors += [
                    (role, opening)
                    for role in await those_who_may(owner, table, verb)
                    if not await leaks(owner, opening, role, tried[verb])
                ]

    assert survivors == []


async def test_the_owner_sees_through_every_wall_that_is_not_forced(world: World) -> None:
    forced = [table for table in world.tables if table not in ALLOWED["not_forced"]]
    async with scratch(world) as owner:
        survivors = [
            table
            for table in forced
            if await leaks(owner, "select", OWNER, f"select 1 from {table}")
            or not await leaks(
                owner,
                f"alter table {table} no force row level security",
                OWNER,
                f"select 1 from {table}",
            )
        ]

    assert len(forced) > 20
    assert survivors == []


async def test_a_link_shows_every_open_case_table(world: World) -> None:
    restricted = "select tablename, policyname from pg_policies where permissive = 'RESTRICTIVE'"
    async with scratch(world) as owner:
        policies = await owner.fetch(restricted)
        survivors = []
        for table, policy in policies:
            reading = f"select 1 from {table}"
            async with undone(owner):
                await sit_on_link(owner, world.acme)
                before = await rows_reached(owner, reading)
            async with undone(owner):
                await owner.execute(f"alter policy {policy} on {table} using (true)")
                await sit_on_link(owner, world.acme)
                after = await rows_reached(owner, reading)
            if not before < after:
                survivors.append((table, before, after))

    assert len(policies) > 15
    assert survivors == []


async def leaks(owner: asyncpg.Connection, opening: str, role: str, sql: str) -> bool:
    """Whether this role, without any tenant, reaches a row once the wall is open."""
    async with undone(owner):
        await owner.execute(opening)
        await owner.execute(f"set session authorization {role}")
        return await rows_reached(owner, sql) > 0


async def those_who_may(owner: asyncpg.Connection, table: str, verb: str) -> list[str]:
    """Roles whose statement fails on the policy alone."""
    return [
        role
        for role in ROLES
        if await owner.fetchval("select has_table_privilege($1, $2, $3)", role, table, verb)
        and (role, verb) != ("redress_public", "INSERT")
    ]


async def sit_on_link(owner: asyncpg.Connection, tenant: Tenant) -> None:
    await owner.execute("set session authorization redress_app")
    await owner.execute("select enter($1, 'link', 'consumer', $2)", tenant.id, tenant.cases[0])
