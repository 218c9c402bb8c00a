"""The one function that reads past a policy: whose words it finds, and what holds it to them."""

import asyncpg
import pytest

from infra.database import Login
from tests.isolation.attempts import undone
from tests.isolation.world import Tenant, World

FIND = "select case_id from search_cases('canary', '{}', null, true, $1) as found (case_id)"
MANY, FEW = 100, 3  # FEW of them are found among the newest
SOURCE = "select pg_get_functiondef('search_cases'::regproc)"
WALLS = {
    ("s.tenant_id is not distinct from house", "true"): "a neighbour",
    ("where tenant_id = house", ""): "a neighbour",
    ("house is null or public.by_link()", "house is null"): "a link",
}


async def found(
    connection: asyncpg.Connection, tenant: Tenant | None, role: str = "manager"
) -> set[object]:
    async with undone(connection):
        await connection.execute("set session authorization redress_app")
        if tenant:
            case = tenant.cases[0] if role == "consumer" else None
            await connection.execute("select enter($1, 'test', $2, $3)", tenant.id, role, case)
        return {
            row["case_id"] for most in (MANY, FEW) for row in await connection.fetch(FIND, most)
        }


async def faults(connection: asyncpg.Connection, world: World) -> set[str]:
    """Who finds more than they may."""
    acme = world.acme
    told = {
        "nobody": await found(connection, None),
        "a neighbour": await found(connection, acme) - set(acme.cases),
        "a link": await found(connection, acme, "consumer"),
    }
    assert set(acme.cases) <= await found(connection, acme)
    return {who for who, cases in told.items() if cases}


async def test_everybody_finds_the_cases_of_their_own_house_alone(world: World) -> None:
    async with world.database.as_owner() as owner:
        await owner.execute("begin")

        assert await faults(owner, world) == set()


@pytest.mark.parametrize("wall", WALLS)
async def test_a_search_that_forgets_a_wall_is_seen(world: World, wall: tuple[str, str]) -> None:
    async with world.database.as_owner() as owner:
        await owner.execute("begin")
        source = await owner.fetchval(SOURCE)
        assert wall[0] in source

        await owner.execute(source.replace(*wall))

        assert WALLS[wall] in await faults(owner, world)


@pytest.mark.parametrize("login", [Login.PUBLIC, Login.WORKER])
async def test_who_has_no_queue_may_not_even_ask(world: World, login: Login) -> None:
    async with world.database.as_login(login) as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetch(FIND, MANY)


async def test_what_an_answer_names_is_still_read_behind_the_policies(world: World) -> None:
    reading = "select f.tenant_id from search_cases('canary', '{}', null, true, 100) as s (case_id)"
    async with world.database.as_owner() as owner:
        await owner.execute("begin")
        source = await owner.fetchval(SOURCE)
        await owner.execute(source.replace("s.tenant_id is not distinct from house", "true"))
        await owner.execute("set session authorization redress_app")
        await owner.execute("select enter($1, 'test', 'manager', null)", world.acme.id)

        rows = await owner.fetch(f"{reading} join case_file f on f.id = s.case_id")

    assert {row["tenant_id"] for row in rows} == {world.acme.id}
