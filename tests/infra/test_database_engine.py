"""Piccolo answers inside a unit of work, and refuses on every path outside."""

from collections.abc import Awaitable, Callable

import pytest
from piccolo.columns import JSONB, UUID, Text
from piccolo.table import Table

from infra.database import ENGINE, OutsideTransaction, platform_tx, tenant_tx
from infra.engine import RefusingEngine
from tests.database import Database, Sitting, make_tenant


class Organisation(Table, tablename="tenant", db=ENGINE):
    tenant_id = UUID(primary_key=True)
    slug = Text()
    name = Text()
    settings = JSONB()


PATHS: dict[str, Callable[[], Awaitable[object]]] = {
    "select": lambda: Organisation.select().run(),
    "objects": lambda: Organisation.objects().run(),
    "raw": lambda: Organisation.raw("select 1").run(),
    "insert": lambda: Organisation.insert(Organisation(slug="x")).run(),
    "update": lambda: Organisation.update({Organisation.name: "x"}, force=True).run(),
    "delete": lambda: Organisation.delete(force=True).run(),
    "count": lambda: Organisation.count().run(),
    "out of pool": lambda: Organisation.select().run(in_pool=False),
    "batch": lambda: Organisation.select().batch(),
    "ddl": lambda: Organisation.create_table().run(),
    "alter": lambda: Organisation.alter().drop_table().run(),
    "run_ddl": lambda: ENGINE.run_ddl("select 1"),
    "new connection": ENGINE.get_new_connection,
    "pool": ENGINE.start_connection_pool,
    "query in pool": lambda: ENGINE._run_in_pool("select 1"),
    "query in new connection": lambda: ENGINE._run_in_new_connection("select 1"),
}


@pytest.mark.parametrize("path", PATHS)
async def test_no_query_runs_outside_a_unit_of_work(database: Database, path: str) -> None:
    with pytest.raises(OutsideTransaction):
        await PATHS[path]()


@pytest.mark.parametrize("path", ["batch", "new connection", "pool", "query in pool"])
async def test_no_way_to_another_connection_inside_one(database: Database, path: str) -> None:
    async with platform_tx():
        with pytest.raises(OutsideTransaction):
            await PATHS[path]()


@pytest.mark.parametrize("begin", [ENGINE.transaction, ENGINE.atomic])
async def test_piccolo_opens_no_transaction_of_its_own(
    database: Database, begin: Callable[[], object]
) -> None:
    with pytest.raises(OutsideTransaction):
        begin()
    async with platform_tx():
        with pytest.raises(OutsideTransaction):
            begin()


async def test_a_query_made_synchronous_finds_no_transaction(database: Database) -> None:
    async with platform_tx():
        with pytest.raises(OutsideTransaction):
            Organisation.select().run_sync()


async def test_piccolo_works_on_the_connection_of_the_unit_of_work(database: Database) -> None:
    seat = Sitting(tenant=await make_tenant(name="Acme"))
    async with tenant_tx(seat) as tx:
        await tx.execute("update tenant set name = 'Borealis'")

        rows = await Organisation.select(Organisation.name)
        pids = [row["pid"] for row in await Organisation.raw("select pg_backend_pid() as pid")]

        assert rows == [{"name": "Borealis"}]
        assert pids == [await tx.fetchval("select pg_backend_pid()")]
        assert ENGINE.transaction_exists()
    assert not ENGINE.transaction_exists()


async def test_json_that_piccolo_writes_is_not_written_twice(database: Database) -> None:
    seat = Sitting(tenant=await make_tenant())
    given = {"facts": "鞋底断裂", "words": ["a", "b"]}
    async with tenant_tx(seat) as tx:
        await Organisation.update({Organisation.settings: given}, force=True)

        assert await tx.fetchval("select jsonb_typeof(settings) from tenant") == "object"
        assert await Organisation.select(Organisation.settings) == [{"settings": given}]


async def test_an_engine_is_made_without_a_server_even_inside_a_running_loop() -> None:
    RefusingEngine()
