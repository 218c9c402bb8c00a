"""Statements as the product sent them, and the same statements once more over the bare driver."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from infra import database as plumbing
from infra.database import CONNECTIONS, DatabaseSettings, Login
from infra.logins import time_limits
from infra.transaction import Tx

AUDIT_HEAD, AUDIT_ENTRY = "from audit_entry order by seq desc", "audit_entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    sql: str
    args: tuple[Any, ...] = ()


@dataclass(slots=True, kw_only=True)
class Unit:
    """One transaction, from its BEGIN to its COMMIT."""

    login: Login
    statements: list[Statement] = field(default_factory=list)


@contextmanager
def recorded() -> Iterator[list[Unit]]:
    """Every unit of work of this process from here on, by whichever door it was begun."""
    units: list[Unit] = []
    before = plumbing.Tx

    def listening(connection: asyncpg.Connection) -> Tx:
        unit = Unit(login=login_of(connection))
        units.append(unit)
        return before(Ear(connection, unit))

    plumbing.Tx = listening  # type: ignore[assignment, misc]
    try:
        yield units
    finally:
        plumbing.Tx = before  # type: ignore[misc]


class Ear:
    """Between a unit of work and its connection: writes down what is said, and passes it on."""

    def __init__(self, connection: asyncpg.Connection, unit: Unit) -> None:
        self._connection, self._unit = connection, unit

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    async def fetch(self, sql: str, *args: Any) -> Any:
        return await self._connection.fetch(sql, *self.noted(sql, args))

    async def fetchrow(self, sql: str, *args: Any) -> Any:
        return await self._connection.fetchrow(sql, *self.noted(sql, args))

    async def fetchval(self, sql: str, *args: Any) -> Any:
        return await self._connection.fetchval(sql, *self.noted(sql, args))

    async def execute(self, sql: str, *args: Any) -> Any:
        return await self._connection.execute(sql, *self.noted(sql, args))

    def noted(self, sql: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
        self._unit.statements.append(Statement(sql=sql, args=args))
        return args


def login_of(connection: asyncpg.Connection) -> Login:
    name = connection.get_settings().application_name
    return Login(name.removeprefix("redress_"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """Pools as large as ours, without anything around them: JSON goes in as text, as it is."""

    pools: dict[Login, asyncpg.Pool]

    async def replay(self, units: Sequence[Unit]) -> None:
        for unit in units:
            async with self.pools[unit.login].acquire() as connection:
                await again(connection, unit)


@asynccontextmanager
async def bare_driver(settings: DatabaseSettings) -> AsyncIterator[Driver]:
    pools = {
        login: await asyncpg.create_pool(
            settings.url(login),
            server_settings=time_limits(login),
            min_size=1,
            max_size=CONNECTIONS,
        )
        for login in (Login.APP, Login.PUBLIC)
    }
    try:
        yield Driver(pools=pools)
    finally:
        await asyncio.gather(*(pool.close() for pool in pools.values()))


async def again(connection: asyncpg.Connection, unit: Unit) -> None:
    """As it was, but for the number of an entry in the audit chain, which follows the last one."""
    last = 0
    for statement in unit.statements:
        args = statement.args
        if AUDIT_ENTRY in statement.sql and "insert" in statement.sql.lower():
            args = with_number(args, last + 1)
        if statement.sql in ("begin", "commit"):
            await connection.execute(statement.sql)
            continue
        rows = await connection.fetch(statement.sql, *args)
        if AUDIT_HEAD in statement.sql:
            last = rows[0]["seq"] if rows else 0


def with_number(args: tuple[Any, ...], number: int) -> tuple[Any, ...]:
    """The one whole number among what an entry is made of."""
    return tuple(number if type(each) is int else each for each in args)


async def spelt(units: Sequence[Unit], settings: DatabaseSettings) -> list[Unit]:
    """With every JSON argument written out beforehand, so that a replay only sends it."""
    found: list[Unit] = []
    kinds: dict[tuple[Login, str], list[str]] = {}
    for unit in units:
        connection = await asyncpg.connect(settings.url(unit.login))
        try:
            said = []
            for one in unit.statements:
                if (unit.login, one.sql) not in kinds and one.args:
                    made = await connection.prepare(one.sql)
                    kinds[unit.login, one.sql] = [each.name for each in made.get_parameters()]
                args = zip(one.args, kinds.get((unit.login, one.sql), ()), strict=True)
                said.append(Statement(sql=one.sql, args=tuple(as_sent(*each) for each in args)))
        finally:
            await connection.close()
        found.append(Unit(login=unit.login, statements=said))
    return found


def as_sent(value: Any, kind: str) -> Any:
    if kind in ("json", "jsonb") and not isinstance(value, str):
        return None if value is None else json.dumps(value, ensure_ascii=False)
    return value
