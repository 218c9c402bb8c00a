"""Who came by a link sees one case; who files from the street adds one and sees none."""

import asyncpg
import pytest

from infra.database import Login, tenant_tx
from tests.database import Sitting
from tests.isolation.world import Tenant, World

CASE_TABLES = (
    "case_event",
    "command",
    "deadline",
    "statement",
    "filing",
    "offer",
    "promise",
    "notice",
    "link",
    "outbox",
    "wake",
    "case_search",
)
A_CASE = """insert into case_file (tenant_id, id, number, version, stage, ball, problem, platform,
    purpose, playbook_id, playbook_version, title, state, head_hash, filed_at, updated_at)
    values ($1, $2, '2026-' || $3::int, 1, 'submitted', 'association', 'quality', '1688', 'own_use',
        'demo', 1, 'shoes', $4, '\\x00', now(), now())"""


@pytest.mark.parametrize("role", ["consumer", "merchant"])
async def test_a_link_sees_its_own_case_only(world: World, role: str) -> None:
    acme = world.acme
    seat = Sitting(tenant=acme.id, role=role, case=acme.cases[0], login="app")
    async with tenant_tx(seat) as tx:
        assert await tx.fetchval("select array_agg(id) from case_file") == [acme.cases[0]]
        for table in CASE_TABLES:
            cases = await tx.fetchval(f"select array_agg(distinct case_id) from {table}")
            assert cases == [acme.cases[0]], table
        for table in ("recovery_code", "invitation", "session", "api_token"):
            assert await tx.fetch(f"select 1 from {table}") == []
        assert await tx.fetchval("select array_agg(id) from person") == [acme.handler]


@pytest.mark.parametrize("role", ["consumer", "merchant"])
async def test_a_link_that_lost_its_case_sees_nothing(world: World, role: str) -> None:
    async with tenant_tx(Sitting(tenant=world.acme.id, role=role, login="app")) as tx:
        for table in ("case_file", "person", *CASE_TABLES):
            assert await tx.fetch(f"select 1 from {table}") == [], table


async def test_a_link_writes_to_no_other_case(world: World) -> None:
    acme = world.acme
    seat = Sitting(tenant=acme.id, role="consumer", case=acme.cases[0], login="app")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with tenant_tx(seat) as tx:
            await tx.execute(
                "insert into outbox (tenant_id, case_id, kind, seq) values ($1, $2, 'case', 2)",
                *(acme.id, acme.cases[1]),
            )


async def test_a_seat_with_a_case_is_held_to_it_in_any_role(world: World) -> None:
    acme = world.acme
    async with tenant_tx(Sitting(tenant=acme.id, role="manager", case=acme.cases[1])) as tx:
        assert await tx.fetchval("select array_agg(id) from case_file") == [acme.cases[1]]


async def file_from_the_street(tenant: Tenant) -> None:
    case = tenant.manager  # any fresh id will do
    async with tenant_tx(Sitting(tenant=tenant.id, role="consumer", login="public")) as tx:
        number = await tx.fetchval("select next_case_number(2026)")
        assert await tx.fetch("select * from intake_receipt($1)", case) == []
        await tx.execute(A_CASE, tenant.id, case, number + 100, {"sold": "布鞋"})
        await tx.execute(
            "insert into case_event (tenant_id, case_id, seq, kind, at, actor, role, command_id,"
            " body, prev_hash, hash) values ($1, $2, 1, 'filed', $3, 'c', 'consumer', $2, '{}',"
            " '\\x00', '\\x01')",
            *(tenant.id, case, tx.now),
        )
        await tx.execute(
            "insert into command (tenant_id, id, case_id, content_hash, receipt, at)"
            " values ($1, $2, $2, '\\x07', $3, $4)",
            *(tenant.id, case, {"number": f"2026-{number}"}, tx.now),
        )
        for table in ("outbox", "wake"):
            kind = "'case'::text, " if table == "outbox" else ""
            column = "kind, " if table == "outbox" else ""
            await tx.execute(
                f"insert into {table} (tenant_id, case_id, {column}seq) values ($1, $2, {kind}1)",
                *(tenant.id, case),
            )


async def test_the_public_seat_files_a_case_and_gets_its_receipt_again(world: World) -> None:
    await file_from_the_street(world.acme)

    async with tenant_tx(Sitting(tenant=world.acme.id, role="consumer", login="public")) as tx:
        again = await tx.fetch("select * from intake_receipt($1)", world.acme.manager)
    assert [(row["content_hash"], row["receipt"]["number"]) for row in again] == [(b"\7", "2026-3")]


async def test_the_public_seat_reads_nothing_of_a_case(world: World) -> None:
    for table in ("case_file", "person", "case_counter", *CASE_TABLES):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with tenant_tx(Sitting(tenant=world.acme.id, login="public")) as tx:
                await tx.fetch(f"select 1 from {table}")


async def test_the_public_seat_adds_nothing_to_a_case_that_was_there(world: World) -> None:
    acme = world.acme
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="only files new cases"):
        async with tenant_tx(Sitting(tenant=acme.id, role="consumer", login="public")) as tx:
            await tx.execute(
                "insert into wake (tenant_id, case_id, seq) values ($1, $2, 9)",
                *(acme.id, acme.cases[0]),
            )


async def test_the_public_receipt_is_for_filings_of_its_own_tenant(world: World) -> None:
    stranger = Sitting(tenant=world.borealis.id, role="consumer", login="public")
    async with tenant_tx(stranger) as tx:
        assert await tx.fetch("select * from intake_receipt($1)", world.acme.cases[0]) == []


async def test_case_numbers_count_up_for_each_tenant_alone(world: World) -> None:
    seats = [Sitting(tenant=t.id, login="public") for t in (world.acme, world.borealis)]
    numbers = []
    for seat in (seats[0], seats[1], seats[0]):
        async with tenant_tx(seat) as tx:
            numbers.append(await tx.fetchval("select next_case_number(2027)"))

    assert numbers == [1, 1, 2]


async def test_a_tenant_is_found_by_its_slug_and_listed_on_the_platform_only(world: World) -> None:
    for login in Login:
        async with world.database.as_login(login) as connection:
            found = await connection.fetchval("select tenant_by_slug('canary-2')")
            assert found == world.borealis.id
    async with tenant_tx(Sitting(tenant=world.acme.id)) as tx:
        assert await tx.fetch("select * from tenant_list()") == []
