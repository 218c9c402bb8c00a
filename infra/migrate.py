"""`python -m infra.migrate`: roles, schema and privileges, safe to run twice and at once."""

import asyncio
import contextlib
import io
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager

from infra.database_faults import DatabaseAway, speaking
from infra.logins import DEFINER, OWNER, SEARCHER, DatabaseSettings, Login, verifier
from infra.piccolo_conf import DB, MIGRATING
from infra.settings import load
from infra.settings_reading import Faults

LOCK = 7_238_701
TRIES = 5
MET_ANOTHER = (
    asyncpg.UniqueViolationError,
    asyncpg.DuplicateObjectError,
    asyncpg.InternalServerError,  # tuple concurrently updated
)


async def migrate(settings: DatabaseSettings) -> None:
    """Bring the database up to this program. One run is one transaction: all of it, or nothing."""
    os.environ["PICCOLO_CONF"] = "infra.piccolo_conf"
    async with _locked(settings) as connection:
        await _make_roles(connection, settings)
        MIGRATING.set(connection)
        async with DB.transaction():
            await _let_owner_build(connection)
            with contextlib.redirect_stdout(io.StringIO()):
                await ForwardsMigrationManager(app_name="redress").run()
            await connection.execute("reset role")
            await seal(connection)


@asynccontextmanager
async def _locked(settings: DatabaseSettings) -> AsyncIterator[asyncpg.Connection]:
    with speaking():
        connection = await asyncpg.connect(dsn=settings.migrate)
    try:
        await connection.execute("select pg_advisory_lock($1)", LOCK)
        yield connection
    finally:
        await connection.close()


async def _make_roles(connection: asyncpg.Connection, settings: DatabaseSettings) -> None:
    """Roles belong to the whole server: migrations of two databases may meet here."""
    for left in reversed(range(TRIES)):
        try:
            async with connection.transaction():
                await connection.execute(_roles(settings))
            break
        except MET_ANOTHER:
            if not left:
                raise


def _roles(settings: DatabaseSettings) -> str:
    lines = [_role(name, "nologin") for name in (OWNER, DEFINER, SEARCHER)]
    for login in Login:
        lines.append(_role(login.role, "login"))
        if password := settings.password(login):
            lines.append(f"alter role {login.role} password '{verifier(password)}'")
    lines.append(f"grant {OWNER}, {DEFINER}, {SEARCHER} to current_user")
    return ";\n".join(lines)


def _role(name: str, may: str) -> str:
    """What an existing role may is not changed here; if it is too much, nobody starts."""
    return f"""do $$ begin
        if to_regrole('{name}') is null then
            create role {name} {may} nosuperuser nobypassrls nocreatedb nocreaterole noreplication;
        end if;
    end $$"""


async def _let_owner_build(connection: asyncpg.Connection) -> None:
    name = await connection.fetchval("select quote_ident(current_database())")
    await connection.execute(f"""
        grant create on database {name} to {OWNER};
        grant create, usage on schema public to {OWNER}, {DEFINER}, {SEARCHER};
        set local role {OWNER};
    """)


async def seal(connection: asyncpg.Connection) -> None:
    """Take from everybody what PostgreSQL gives by default; a copied database needs it again."""
    name = await connection.fetchval("select quote_ident(current_database())")
    logins = ", ".join(login.role for login in Login)
    await connection.execute(f"""
        revoke create on schema public from {DEFINER}, {SEARCHER};
        revoke all on schema public from public;
        revoke all on database {name} from public;
        grant connect on database {name} to {logins};
        grant usage on schema public to {logins};
    """)
    if await connection.fetchval("select rolsuper from pg_roles where rolname = current_user"):
        await connection.execute(LARGE_OBJECTS_FOR_NOBODY)


# Large objects know no tenant. Only a superuser may take them away.
LARGE_OBJECTS_FOR_NOBODY = """
do $$ declare f regprocedure; begin
    for f in select oid from pg_proc where pronamespace = 'pg_catalog'::regnamespace
        and (proname ~ '^(lo_|be_lo_)' or proname in ('loread', 'lowrite'))
    loop execute format('revoke execute on function %s from public', f); end loop;
end $$
"""


def main() -> None:
    try:
        settings = load()
        assert settings.migrate_url  # else it tells what is missing
        asyncio.run(migrate(settings.database))
    except (Faults, DatabaseAway) as fault:
        sys.exit(str(fault))


if __name__ == "__main__":
    main()
