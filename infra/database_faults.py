"""What can go wrong between us and PostgreSQL, told apart by what the caller should do next."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg


class DatabaseAway(Exception):
    """Not reachable, or not in time. Nothing was recorded; the same request may be sent again."""


class AmbiguousCommit(DatabaseAway):
    """The connection was lost while committing: look the command up before going on."""


class OutsideTransaction(RuntimeError):
    """A query outside tenant_tx and platform_tx, or on one that has ended: our bug."""


class NestedTransaction(RuntimeError):
    """A unit of work opened inside another: our bug."""


class ForeignTask(RuntimeError):
    """A task used the transaction of the task that started it: our bug."""


class SilentRollback(RuntimeError):
    """A database error was swallowed inside the unit of work, and COMMIT rolled back: our bug."""


class DatabaseBehind(RuntimeError):
    """`redress migrate` is due: log-ins or migrations are missing, or a password was changed."""


LOST = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.InternalClientError,  # the server's farewell has come and is not yet read
)
BUSY = (
    asyncpg.InsufficientResourcesError,
    asyncpg.LockNotAvailableError,
    asyncpg.DeadlockDetectedError,
    asyncpg.QueryCanceledError,
)


def lost(error: BaseException, connection: asyncpg.Connection | None = None) -> bool:
    """Whether the connection broke, so that nobody can say what the server did last."""
    if isinstance(error, asyncpg.InterfaceError):
        return connection is not None and is_gone(connection)
    return isinstance(error, LOST)


def is_gone(connection: asyncpg.Connection) -> bool:
    try:
        closed: bool = connection.is_closed()
    except asyncpg.InterfaceError:
        return True  # the pool has taken it back from us because the server hung up
    return closed


@contextmanager
def speaking(connection: asyncpg.Connection | None = None) -> Iterator[None]:
    """Tell an absent or overloaded server from a statement that it refused."""
    try:
        yield
    except Exception as error:
        if lost(error, connection) or isinstance(error, BUSY):
            raise DatabaseAway(str(error) or type(error).__name__) from error
        raise
