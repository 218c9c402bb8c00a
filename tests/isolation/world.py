"""Two associations that must never see each other, with two cases and a row in every table each."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

import asyncpg

from tests.database import Database

HERE = Path(__file__).parent
NAMESPACE = UUID("6c1c2f43-6c5a-4f0e-9a53-0a8f5f2d7a11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    id: UUID
    letter: str
    cases: tuple[UUID, UUID]
    handler: UUID
    manager: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    database: Database
    acme: Tenant
    borealis: Tenant
    tables: tuple[str, ...]


def imagine(letter: str) -> Tenant:
    one, two, handler, manager = (uuid5(NAMESPACE, letter + name) for name in "1234")
    tenant = uuid5(NAMESPACE, letter)
    return Tenant(id=tenant, letter=letter, cases=(one, two), handler=handler, manager=manager)


async def make_world(database: Database) -> World:
    acme, borealis = imagine("1"), imagine("2")
    async with database.as_owner() as owner:
        await populate(owner, acme)
        await populate(owner, borealis)
        tables = await owner.fetch(
            "select relname from pg_class where relnamespace = 'public'::regnamespace"
            " and relkind in ('r', 'p') and relname <> 'migration' order by relname"
        )
    names = tuple(row["relname"] for row in tables)
    return World(database=database, acme=acme, borealis=borealis, tables=names)


async def populate(owner: asyncpg.Connection, tenant: Tenant) -> None:
    """Written past the walls by a superuser: what is tested here is who can see it."""
    words = {
        "tenant": tenant.id,
        "letter": tenant.letter,
        "person": tenant.handler,
        "other_person": tenant.manager,
    }
    await owner.execute((HERE / "world.sql").read_text("utf-8").format(**words))
    for number, case in enumerate(tenant.cases, start=1):
        text = (HERE / "case.sql").read_text("utf-8")
        await owner.execute(text.format(**words, case=case, number=number))
