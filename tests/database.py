"""A migrated database of its own for each module of tests, copied from one template."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import asyncpg
import pytest

from infra.database import DatabaseSettings, Login, open_pools, tenant_tx
from infra.migrate import migrate, seal
from infra.postgres import Server

TEMPLATE = "redress_template"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """The smallest seat there is."""

    tenant: UUID
    actor: str = "person:test"
    role: str = "manager"
    case: UUID | None = None
    login: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """One database of the session's server, and the way in as its owner, past every wall."""

    settings: DatabaseSettings
    owner_url: str = field(repr=False)

    @asynccontextmanager
    async def as_owner(self) -> AsyncIterator[asyncpg.Connection]:
        connection = await asyncpg.connect(self.owner_url)
        try:
            yield connection
        finally:
            await connection.close()

    @asynccontextmanager
    async def as_login(self, login: Login) -> AsyncIterator[asyncpg.Connection]:
        """A bare connection, without anything that infra.database does."""
        connection = await asyncpg.connect(self.settings.url(login))
        try:
            yield connection
        finally:
            await connection.close()


def database_on(server: Server, name: str) -> Database:
    urls = {login.value: server.url(login.role, name) for login in Login}
    owner = server.url(database=name)
    return Database(settings=DatabaseSettings(**urls, migrate=owner), owner_url=owner)


@pytest.fixture(scope="session")
async def template_database(postgres_server: Server) -> str:
    """Migrated once; nobody stays connected to it, so that it can be copied."""
    template = database_on(postgres_server, TEMPLATE)
    async with database_on(postgres_server, "postgres").as_owner() as owner:
        await owner.execute(f"create database {TEMPLATE}")
    await migrate(template.settings)
    return TEMPLATE


@asynccontextmanager
async def copy_of(server: Server, template: str) -> AsyncIterator[Database]:
    name = f"copy_{uuid4().hex}"
    async with database_on(server, "postgres").as_owner() as owner:
        await owner.execute(f"create database {name} template {template} strategy wal_log")
        copy = database_on(server, name)
        async with copy.as_owner() as copied:
            await seal(copied)
        try:
            yield copy
        finally:
            await owner.execute(f"drop database {name} with (force)")


@pytest.fixture(scope="module")
async def fresh_database(
    postgres_server: Server, template_database: str
) -> AsyncIterator[Database]:
    """An empty, migrated database for this module; no pool is open yet."""
    async with copy_of(postgres_server, template_database) as database:
        yield database


@pytest.fixture(scope="module")
async def database(fresh_database: Database) -> AsyncIterator[Database]:
    """The same with the pools of all three log-ins open, so that tenant_tx works."""
    async with open_pools(fresh_database.settings, roles=tuple(Login)):
        yield fresh_database


async def make_tenant(
    slug: str | None = None, *, name: str = "Acme", prefix: str = "青消诉", demo: bool = True
) -> UUID:
    """A tenant whose clock may be moved; every call makes another one."""
    tenant = uuid4()
    async with tenant_tx(Sitting(tenant=tenant)) as tx:
        await tx.execute(
            "insert into tenant (tenant_id, slug, name, prefix, demo) values ($1, $2, $3, $4, $5)",
            *(tenant, slug or f"t-{tenant.hex[:12]}", name, prefix, demo),
        )
    return tenant
