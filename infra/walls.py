"""Start-up check: refuse a role that could pass a policy, and a table without its walls.

Each rule is a query in `wall_rules` that lists what breaks it.
"""

from dataclasses import dataclass
from pathlib import Path

import asyncpg

from infra.database_faults import DatabaseBehind
from infra.logins import Login

RULES = Path(__file__).parent / "wall_rules"
MIGRATIONS = Path(__file__).parent / "migrations" / "sql"


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    rule: str
    where: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.where}"


class UnsafeDatabase(RuntimeError):
    """Somebody could reach another tenant's rows; every breach is told."""

    def __init__(self, breaches: tuple[Breach, ...]) -> None:
        self.breaches = breaches
        super().__init__("\n".join(map(str, breaches)))


async def assert_walls_stand(connection: asyncpg.Connection, login: Login) -> None:
    """Raises DatabaseBehind or UnsafeDatabase rather than let this log-in work here."""
    who = await connection.fetchval("select session_user")
    if who != login.role:
        raise UnsafeDatabase((Breach("login_is_not_ours", f"{who} instead of {login.role}"),))
    await _assert_migrated(connection)
    if found := await breaches(connection):
        raise UnsafeDatabase(found)


async def breaches(connection: asyncpg.Connection) -> tuple[Breach, ...]:
    """Everything in this database that breaks a rule."""
    found = [
        Breach(file.stem, row[0])
        for file in RULES.glob("*.sql")
        for row in await connection.fetch(file.read_text(encoding="utf-8"))
    ]
    return tuple(sorted(found))


async def _assert_migrated(connection: asyncpg.Connection) -> None:
    try:
        done = await connection.fetch("select name from public.migration")
    except (asyncpg.UndefinedTableError, asyncpg.InsufficientPrivilegeError):
        done = []
    missing = {folder.name for folder in MIGRATIONS.iterdir()} - {row["name"] for row in done}
    if missing:
        raise DatabaseBehind(f"migrations not applied: {', '.join(sorted(missing))}")
