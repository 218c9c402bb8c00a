"""What Piccolo is told of the tables is what the catalogue says of them."""

import importlib
import pkgutil

import pytest
from piccolo.table import Table

import services
from infra.database import ENGINE
from tests.database import Database

Columns = dict[str, tuple[str, bool]]


def mapped() -> list[type[Table]]:
    names = [m.name for m in pkgutil.walk_packages(services.__path__, "services.")]
    modules = [importlib.import_module(n) for n in names if n.endswith(".tables")]
    return [
        thing
        for module in modules
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Table) and thing is not Table
    ]


TABLES = mapped()


async def said_by_catalogue(database: Database, table: str) -> Columns:
    async with database.as_owner() as owner:
        rows = await owner.fetch(
            "select attname, format_type(atttypid, null) as type, attnotnull from pg_attribute"
            " where attrelid = to_regclass($1) and attnum > 0 and not attisdropped",
            f"public.{table}",
        )
    return {row["attname"]: (row["type"], not row["attnotnull"]) for row in rows}


async def said_by_piccolo(database: Database, table: type[Table]) -> Columns:
    async with database.as_owner() as owner:
        return {
            column._meta.db_column_name: (
                await owner.fetchval(
                    "select format_type(to_regtype($1), null)", column.column_type
                ),
                column._meta.null,
            )
            for column in table._meta.columns
        }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table._meta.tablename)
async def test_a_mapping_agrees_with_the_catalogue(
    fresh_database: Database, table: type[Table]
) -> None:
    catalogue = await said_by_catalogue(fresh_database, table._meta.tablename)

    assert await said_by_piccolo(fresh_database, table) == catalogue


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table._meta.tablename)
def test_a_mapping_asks_the_engine_that_refuses(table: type[Table]) -> None:
    assert table._meta.db is ENGINE


async def test_every_table_is_mapped_at_most_once(fresh_database: Database) -> None:
    names = [table._meta.tablename for table in TABLES]

    assert sorted(names) == sorted(set(names))
    assert names
