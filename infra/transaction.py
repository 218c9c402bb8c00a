"""One unit of work: a connection, its tenant and its clock, for one task and one block."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Protocol, TypeAlias
from uuid import UUID

import asyncpg

from infra.database_faults import (
    AmbiguousCommit,
    ForeignTask,
    NestedTransaction,
    OutsideTransaction,
    SilentRollback,
    lost,
    speaking,
)

Record: TypeAlias = asyncpg.Record
Scalar: TypeAlias = Any  # what one column holds is known to the statement only


class Seated(Protocol):
    """Who asks for which tenant; `case` if a link leads to one only; `login` names the pool."""

    @property
    def tenant(self) -> UUID: ...
    @property
    def actor(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def case(self) -> UUID | None: ...
    @property
    def login(self) -> str | None: ...


class Tx:
    """The open transaction: everything that may be asked of the database goes through it."""

    __slots__ = ("_connection", "_open", "_task", "now", "real_now", "tenant")

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection
        self._task = asyncio.current_task()
        self._open = True
        self.tenant: UUID | None = None
        self.now: datetime
        self.real_now: datetime

    @property
    def connection(self) -> asyncpg.Connection:
        if not self._open:
            raise OutsideTransaction("this transaction has ended")
        if asyncio.current_task() is not self._task:
            raise ForeignTask("a transaction belongs to the task that opened it")
        return self._connection

    async def fetch(self, sql: str, *args: object) -> list[Record]:
        with speaking(self.connection):
            rows: list[Record] = await self.connection.fetch(sql, *args)
        return rows

    async def fetchrow(self, sql: str, *args: object) -> Record | None:
        with speaking(self.connection):
            return await self.connection.fetchrow(sql, *args)

    async def fetchval(self, sql: str, *args: object) -> Scalar:
        with speaking(self.connection):
            return await self.connection.fetchval(sql, *args)

    async def execute(self, sql: str, *args: object) -> str:
        with speaking(self.connection):
            status: str = await self.connection.execute(sql, *args)
        return status

    async def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        with speaking(self.connection):
            await self.connection.executemany(sql, rows)

    async def read_clock(self) -> datetime:
        """Read the clock again: after a wait for a row, business time must not lie before it."""
        await self.read_with_clock("select real_now, business_now from clock()")
        return self.now

    async def read_with_clock(self, sql: str, *args: object) -> Record:
        """One row that tells, besides whatever else, the time as of this statement."""
        row = await self.fetchrow(sql, *args)
        assert row is not None
        self.real_now, self.now = row["real_now"], row["business_now"]
        return row

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Only what stands in this block is undone when it raises."""
        await self.execute("savepoint here")
        try:
            yield
        except Exception:
            await self.execute("rollback to savepoint here; release savepoint here")
            raise
        await self.execute("release savepoint here")

    async def begin_for(self, seat: Seated) -> None:
        self.tenant = seat.tenant
        await self.execute("begin")
        entry = "select real_now, business_now from enter($1, $2, $3, $4)"
        await self.read_with_clock(entry, seat.tenant, seat.actor, seat.role, seat.case)

    async def begin_for_platform(self) -> None:
        await self.execute("begin")
        await self.read_with_clock("select real_now, business_now from enter_platform()")

    async def commit(self) -> None:
        try:
            with speaking(self.connection):
                status = await self.connection.execute("commit")
        except Exception as error:
            if lost(error.__cause__ or error, self.connection):
                raise AmbiguousCommit("the connection was lost while committing") from error
            raise
        if status != "COMMIT":
            raise SilentRollback("a database error was swallowed inside this unit of work")

    def end(self) -> None:
        self._open = False

    @property
    def ended(self) -> bool:
        return not self._open


_CURRENT: ContextVar[Tx | None] = ContextVar("redress_transaction", default=None)


def current() -> Tx:
    """The transaction of this task. Without one there is no way to the database."""
    tx = _CURRENT.get()
    if tx is None:
        raise OutsideTransaction("open tenant_tx or platform_tx first")
    return tx


def is_open() -> bool:
    tx = _CURRENT.get()
    return tx is not None and not tx.ended


def refuse_nesting() -> None:
    if is_open():
        raise NestedTransaction("a unit of work is already open; pass its tx instead")


@contextmanager
def at_hand(tx: Tx) -> Iterator[None]:
    """Make the transaction the current one of this task, also for Piccolo's queries."""
    _CURRENT.set(tx)
    try:
        yield
    finally:
        tx.end()
        _CURRENT.set(None)
