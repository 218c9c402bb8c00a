"""The way to the database: pools for each log-in, and two kinds of units of work."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import asyncpg
import msgspec

from infra.database_faults import (
    AmbiguousCommit,
    DatabaseAway,
    DatabaseBehind,
    ForeignTask,
    NestedTransaction,
    OutsideTransaction,
    SilentRollback,
    is_gone,
    speaking,
)
from infra.engine import ENGINE
from infra.logins import DatabaseSettings, Login, time_limits
from infra.transaction import Record, Seated, Tx, at_hand, refuse_nesting
from infra.walls import UnsafeDatabase, assert_walls_stand

__all__ = [
    "ENGINE",
    "AmbiguousCommit",
    "DatabaseAway",
    "DatabaseBehind",
    "DatabaseSettings",
    "ForeignTask",
    "Login",
    "NestedTransaction",
    "OutsideTransaction",
    "Record",
    "Seated",
    "SilentRollback",
    "Tx",
    "UnsafeDatabase",
    "open_pools",
    "platform_tx",
    "tenant_tx",
]

ACQUIRE_SECONDS = 3
CONNECTIONS = 8  # of each log-in
TIDY_SECONDS = 2
UNTIDY = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)  # TimeoutError is an OSError

REFUSED = (
    asyncpg.InvalidAuthorizationSpecificationError,  # no such role, or another password
    asyncpg.InvalidCatalogNameError,
    asyncpg.InsufficientPrivilegeError,
)

_POOLS: dict[Login, asyncpg.Pool] = {}


@asynccontextmanager
async def tenant_tx(seat: Seated) -> AsyncIterator[Tx]:
    """A unit of work for one tenant: the one way to its rows."""
    async with _connection(seat.login) as connection:
        tx = Tx(connection)
        await tx.begin_for(seat)
        with at_hand(tx):
            yield tx
            await tx.commit()


@asynccontextmanager
async def platform_tx(login: str | None = None) -> AsyncIterator[Tx]:
    """A unit of work on the reviewed list of tables that hold no tenant's words."""
    async with _connection(login) as connection:
        tx = Tx(connection)
        await tx.begin_for_platform()
        with at_hand(tx):
            yield tx
            await tx.commit()


@asynccontextmanager
async def open_pools(
    settings: DatabaseSettings, roles: Iterable[str] = (Login.APP, Login.PUBLIC)
) -> AsyncIterator[None]:
    """Connect as these log-ins, the first being the default, once the walls are found standing."""
    async with AsyncExitStack() as stack:
        opened = {
            login: await stack.enter_async_context(_pool(settings, login))
            for login in map(Login, roles)
        }
        before = dict(_POOLS)
        _put(opened)
        try:
            yield
        finally:
            _put(before)


def _put(pools: dict[Login, asyncpg.Pool]) -> None:
    _POOLS.clear()
    _POOLS.update(pools)


@asynccontextmanager
async def _pool(settings: DatabaseSettings, login: Login) -> AsyncIterator[asyncpg.Pool]:
    pool = await _connected(settings.url(login), login)
    try:
        async with pool.acquire() as connection:
            await assert_walls_stand(connection, login)
        yield pool
    finally:
        await _close(pool)


async def _connected(url: str, login: Login) -> asyncpg.Pool:
    try:
        with speaking():
            return await asyncpg.create_pool(
                url,
                server_settings=time_limits(login),
                timeout=ACQUIRE_SECONDS,
                command_timeout=login.statement_time.total_seconds() + TIDY_SECONDS,
                min_size=1,
                max_size=CONNECTIONS,
                init=_read_json,
            )
    except REFUSED as error:
        raise DatabaseBehind(f"{login.role} may not connect: {error}") from error


async def _close(pool: asyncpg.Pool) -> None:
    try:
        async with asyncio.timeout(TIDY_SECONDS):
            await pool.close()
    except TimeoutError:
        pool.terminate()


async def _read_json(connection: asyncpg.Connection) -> None:
    """JSON goes in and comes out as Python values; Piccolo hands it over written already."""
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name, schema="pg_catalog", encoder=_to_json, decoder=msgspec.json.decode
        )


def _to_json(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


@asynccontextmanager
async def _connection(login: str | None) -> AsyncIterator[asyncpg.Connection]:
    refuse_nesting()
    pool = _pool_of(login)
    with speaking():
        async with asyncio.timeout(ACQUIRE_SECONDS):
            connection = await pool.acquire()
    try:
        yield connection
    finally:
        if is_gone(connection) or connection.is_in_transaction():
            await asyncio.shield(_give_back(pool, connection))
        else:
            await _release(pool, connection)


def _pool_of(login: str | None) -> asyncpg.Pool:
    if not _POOLS:
        raise OutsideTransaction("no pool is open: start with open_pools")
    name = Login(login) if login else next(iter(_POOLS))
    if name not in _POOLS:
        raise OutsideTransaction(f"this process has no pool for {name}")
    return _POOLS[name]


async def _give_back(pool: asyncpg.Pool, connection: asyncpg.Connection) -> None:
    """Whatever happened: what is not committed is undone, and the connection returns or dies."""
    try:
        async with asyncio.timeout(TIDY_SECONDS):
            if connection.is_in_transaction():
                await connection.execute("rollback")
    except UNTIDY:
        if not is_gone(connection):
            connection.terminate()
    finally:
        await _release(pool, connection)


async def _release(pool: asyncpg.Pool, connection: asyncpg.Connection) -> None:
    """One that cannot be tidied in time dies, and the work done over it stays done."""
    with suppress(*UNTIDY):
        await pool.release(connection, timeout=TIDY_SECONDS)
