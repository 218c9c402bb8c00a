"""Reading, changing, deleting and adding, tried on a table; and how many rows it got hold of."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg

VERBS = ("SELECT", "UPDATE", "DELETE", "INSERT")

# What must differ in a second row of the same tenant and case.
RENEWED = {
    "api_token": {"hash": "'\\xff'::bytea"},
    "audit_entry": {"seq": "99"},
    "calendar_year": {"version": "99"},
    "case_counter": {"year": "2031"},
    "case_event": {"seq": "99"},
    "case_file": {"id": "gen_random_uuid()", "number": "'2026-99'"},
    "case_search": {
        "case_id": "(select f.id from case_file f"
        " where f.tenant_id = case_search.tenant_id and f.number = '2026-3')"
    },
    "chain_root": {"hour": "timestamptz '2031-01-01'"},
    "command": {"id": "gen_random_uuid()"},
    "deadline": {"key": "'new'"},
    "draft": {"hash": "sha256(hash)"},
    "epoch": {"id": "gen_random_uuid()"},
    "evidence": {"id": "gen_random_uuid()", "place": "gen_random_uuid()"},
    "evidence_copy": {
        "evidence_id": "(select e.id from evidence e"
        " where e.tenant_id = evidence_copy.tenant_id and e.case_id = evidence_copy.case_id"
        " and e.id <> evidence_copy.evidence_id)",
        "place": "gen_random_uuid()",
    },
    "evidence_key": {
        "case_id": "(select f.id from case_file f"
        " where f.tenant_id = evidence_key.tenant_id and f.number = '2026-3')"
    },
    "evidence_upload": {"id": "gen_random_uuid()"},
    "filing": {"id": "'new'"},
    "invitation": {"id": "gen_random_uuid()", "token_hash": "'\\xff'::bytea"},
    "link": {"hash": "'\\xff'::bytea"},
    "notice": {"id": "gen_random_uuid()", "seq": "99"},
    "offer": {"id": "'new'"},
    "outbox": {},
    "person": {"id": "gen_random_uuid()", "email": "'new@example.org'"},
    "playbook_version": {"version": "99"},
    "presence": {
        "case_id": "(select f.id from case_file f"
        " where f.tenant_id = presence.tenant_id and f.number = '2026-3')"
    },
    "promise": {"id": "'new'"},
    "recovery_code": {"id": "gen_random_uuid()", "code_hash": "'\\xff'::bytea"},
    "session": {"hash": "'\\xff'::bytea"},
    "statement": {"id": "gen_random_uuid()"},
    "tenant": {"tenant_id": "gen_random_uuid()", "slug": "slug || '-new'"},
    "throttle": {"bucket": "'new'"},
    "wake": {
        "case_id": "(select f.id from case_file f"
        " where f.tenant_id = wake.tenant_id and f.number = '2026-3')"
    },
}


async def attempts_on(owner: asyncpg.Connection, table: str, tenant: UUID) -> dict[str, str]:
    """One statement for each verb, none of which says whose rows it means."""
    updatable = await owner.fetchval(
        "select attname from pg_attribute where attrelid = $1::text::regclass and attnum > 0"
        " and not attisdropped and attidentity = '' order by greatest("
        "  has_column_privilege('redress_app', attrelid, attnum, 'update'),"
        "  has_column_privilege('redress_worker', attrelid, attnum, 'update')) desc, attnum desc"
        " limit 1",
        table,
    )
    return {
        "SELECT": f"select 1 from {table}",
        "UPDATE": f"update {table} set {updatable} = {updatable}",
        "DELETE": f"delete from {table}",
        "INSERT": await insert_into(owner, table, tenant),
    }


async def insert_into(owner: asyncpg.Connection, table: str, tenant: UUID) -> str:
    """A row that the table would take, were it not for its walls: a copy under new keys."""
    columns = await owner.fetch(
        "select attname from pg_attribute where attrelid = $1::text::regclass and attnum > 0"
        " and not attisdropped and attidentity = ''",
        table,
    )
    names = [row["attname"] for row in columns]
    values = ", ".join(f"({RENEWED[table].get(name, name)})::text" for name in names)
    whose = f"where tenant_id = '{tenant}'" if "tenant_id" in names else ""
    row = await owner.fetchrow(f"select {values} from {table} {whose} limit 1")
    assert row is not None, f"{table} has no row in the world"
    written = [await owner.fetchval("select quote_nullable($1::text)", value) for value in row]
    return f"insert into {table} ({', '.join(names)}) values ({', '.join(written)})"


async def rows_reached(connection: asyncpg.Connection, sql: str) -> int:
    """How many rows the statement read, changed or added; none if the database refused it."""
    try:
        async with undone(connection):
            status: str = await connection.execute(sql)
    except asyncpg.PostgresError:
        return 0
    return int(status.rsplit(maxsplit=1)[-1])


@asynccontextmanager
async def undone(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """What happens in this block is taken back."""
    await connection.execute("savepoint attempt")
    try:
        yield
    finally:
        await connection.execute("rollback to savepoint attempt; release savepoint attempt")
