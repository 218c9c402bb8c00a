"""Where the bench runs: servers of its own as the product starts them, and databases made from one
whose cases came through the door.
"""

import asyncio
import contextlib
import itertools
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from infra import postgres
from infra.assets import build as assets
from infra.database import Login, open_pools, tenant_tx
from infra.migrate import migrate, seal
from infra.postgres_place import place_for
from infra.processes import Command, end, free_port, spawn
from infra.settings import Settings, load
from infra.stack_parts import python
from infra.temporal_server import get_is_ok
from services.lifecycle.kinds import Role
from services.tenants import fit, keys, organisations, seats, sessions
from services.tenants.organisations import Organisation
from services.tenants.seats import Seat
from tests.bench.browser import Browser
from tests.database import Database, database_on
from tests.workflows.clockwork import until
from web import cli_demo
from web.demo.play import told

HOST = "127.0.0.1"
BLOCKS = itertools.count(1)
SEED = "seed"
PATIENCE_SECONDS = 180.0
Grow = Callable[..., Awaitable[object]]
NOWHERE = "smtp://127.0.0.1:9"


class Durable(postgres.Server):
    """As the product runs it: what is committed is on the disk."""

    def __init__(self, home: Path) -> None:
        super().__init__(place_for(home, home / "postgres.log"))
        self.command = postgres.command(self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One server of databases, and the home of the programs that use them."""

    server: postgres.Server
    home: Path
    statements: dict[str, list[str]] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)

    def tell(self, name: str, statements: list[str]) -> None:
        """For the report: what one posting sends to the database."""
        self.statements[name] = statements

    def database(self, name: str) -> Database:
        return database_on(self.server, name)

    def environment(self, name: str, **more: str) -> dict[str, str]:
        urls = self.database(name).settings
        return {
            "REDRESS_HOME": str(self.home),
            "REDRESS_DATABASE_URL": urls.app,
            "REDRESS_DATABASE_PUBLIC_URL": urls.public,
            "REDRESS_DATABASE_WORKER_URL": urls.worker,
            "REDRESS_SMTP_URL": NOWHERE,
            **more,
        }

    def settings(self, name: str) -> Settings:
        return load(self.environment(name))

    async def copy(self, name: str, *, of: str = SEED) -> str:
        """Another database with the same cases. Nobody may be connected to the first."""
        async with self.database("postgres").as_owner() as owner:
            await owner.execute(f"create database {name} template {of} strategy wal_log")
        async with self.database(name).as_owner() as copied:
            await seal(copied)
        return name

    async def grown(self, cases: int, grow: Grow) -> str:
        """The database with so many cases; made once for all parts that want it."""
        name = f"cases_{cases}"
        if name not in self.made:
            await grow(self, await self.copy(name), cases=cases)
            self.made.add(name)
        return name

    @contextlib.asynccontextmanager
    async def inside(self, name: str) -> AsyncIterator[None]:
        """This process works on that database as the product does."""
        async with open_pools(self.database(name).settings, roles=tuple(Login)):
            yield

    @contextlib.asynccontextmanager
    async def pages(self, name: str) -> AsyncIterator["Pages"]:
        """The pages of the product in a process of their own."""
        port = free_port()
        env = {**self.environment(name), "REDRESS_PORT": str(port), "REDRESS_MIGRATE_URL": ""}
        with served(python("-m", "web.serve", environment=env), self.home / f"{name}.log") as pid:
            await until_ready(port)
            yield Pages(pid=pid, port=port)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    pid: int
    port: int

    def browser(self, **cookies: str) -> Browser:
        """Nobody's haste counts for another: each comes from an address block of its own."""
        block = next(BLOCKS)
        home = f"127.{block // 256}.{block % 256}.1"
        return Browser(host=HOST, port=self.port, home=home, cookies=cookies)


@contextlib.contextmanager
def served(command: Command, log: Path) -> Iterator[int]:
    with log.open("ab") as said:
        process = spawn(command, said)
    try:
        yield process.pid
    finally:
        end(process, command)


async def until_ready(port: int) -> None:
    await until(
        partial(asyncio.to_thread, get_is_ok, HOST, port, "/health/ready"),
        seconds=PATIENCE_SECONDS,
    )


@contextlib.asynccontextmanager
async def place() -> AsyncIterator[Place]:
    """With the demo association as a first start makes it, and nobody connected."""
    assets.main()
    with tempfile.TemporaryDirectory(prefix="redress-bench-") as folder:
        home = Path(folder)
        home.chmod(0o711)
        server = Durable(home)
        server.start()
        try:
            found = Place(server=server, home=home)
            await sow(found)
            yield found
        finally:
            server.stop()


async def sow(place: Place) -> None:
    async with place.database("postgres").as_owner() as owner:
        await owner.execute(f"create database {SEED}")
    await migrate(place.database(SEED).settings)
    keys.use(place.settings(SEED))
    rows = told("cases.toml")["case"]
    async with place.inside(SEED):
        await cli_demo.found(
            *(cli_demo.SLUG, cli_demo.NAME, cli_demo.PREFIX, rows), mediates=True, hue=fit.HUE
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The association of the bench, its manager, and the tokens of as many open sessions."""

    organisation: Organisation
    manager: Seat
    tokens: tuple[str, ...]


async def house(*, sessions_open: int = 8) -> House:
    """Of the database that is open."""
    organisation = await organisations.by_slug(cli_demo.SLUG)
    assert organisation is not None
    tenant, slug = organisation.tenant, organisation.slug
    door = seats.threshold(tenant=tenant, slug=slug)
    async with tenant_tx(door) as tx:
        person = await tx.fetchval("select id from person where role = 'manager'")
        tokens = tuple(
            [
                await sessions.put(
                    tx,
                    tenant=tenant,
                    person=person,
                    device=f"bench {uuid4().hex[:6]}",
                    lasts=timedelta(hours=4),
                    mfa_at=tx.real_now,
                )
                for _ in range(sessions_open)
            ]
        )
    manager = seats.staff(tenant=tenant, slug=slug, person=person, role=Role.MANAGER)
    return House(organisation=organisation, manager=manager, tokens=tokens)
