"""ISO-01: the catalogue holds what was reviewed, and nothing else. `allowed.toml` is the review."""

import tomllib
from pathlib import Path
from typing import Any

from infra.logins import DEFINER, OWNER, SEARCHER, Login
from infra.walls import breaches
from tests.database import Database

ALLOWED: dict[str, Any] = tomllib.loads((Path(__file__).parent / "allowed.toml").read_text("utf-8"))

SEARCH = "search_cases(tsquery,text[],text[],boolean,integer)"

TABLES = """
select c.relname, exists (
    select from pg_attribute a
    where a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnotnull) as bound
from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
"""

KEYS_WITHOUT_TENANT = """
select i.indexrelid::regclass::text
from pg_index i
join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
where i.indkey[0] <> a.attnum
"""

GRANTS = """
select c.relname as name, r.rolname as role, a.privilege_type as privilege, null as columns
from pg_class c, aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'S', 'v', 'm')
    and a.grantee <> c.relowner
union all
select c.relname, r.rolname, x.privilege_type, string_agg(a.attname, ' ' order by a.attnum)
from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) x
    join pg_roles r on r.oid = x.grantee
where c.relnamespace = 'public'::regnamespace
group by 1, 2, 3
"""

FUNCTIONS = """
select p.oid::regprocedure::text as signature, r.rolname as owner,
    (select coalesce(array_agg(g.rolname order by g.rolname), '{}')
     from aclexplode(p.proacl) a join pg_roles g on g.oid = a.grantee
     where a.grantee <> p.proowner) as callers
from pg_proc p join pg_roles r on r.oid = p.proowner where p.prosecdef
"""


async def test_no_rule_is_broken(fresh_database: Database) -> None:
    async with fresh_database.as_owner() as owner:
        assert await breaches(owner) == ()


async def test_every_table_without_a_tenant_was_reviewed(fresh_database: Database) -> None:
    async with fresh_database.as_owner() as owner:
        tables = {row["relname"]: row["bound"] for row in await owner.fetch(TABLES)}

    assert {name for name, bound in tables.items() if not bound} == set(ALLOWED["without_tenant"])
    assert len(ALLOWED["without_tenant"]) + len(ALLOWED["shared"]) <= 10


async def test_the_tenant_leads_every_key_that_was_not_reviewed(fresh_database: Database) -> None:
    async with fresh_database.as_owner() as owner:
        keys = {row[0] for row in await owner.fetch(KEYS_WITHOUT_TENANT)}

    assert keys == set(ALLOWED["keys_without_tenant"])


async def test_policies_bind_the_owner_of_every_table_that_was_not_reviewed(
    fresh_database: Database,
) -> None:
    async with fresh_database.as_owner() as owner:
        rows = await owner.fetch(
            "select relname, relowner::regrole::text as owner from pg_class"
            " where relnamespace = 'public'::regnamespace and relkind = 'r'"
            " and not relforcerowsecurity and relname <> 'migration'"
        )

    assert [row["relname"] for row in rows] == ALLOWED["not_forced"]
    assert {row["owner"] for row in rows} == {SEARCHER}


async def test_each_role_has_the_rights_that_were_reviewed(fresh_database: Database) -> None:
    granted: dict[str, dict[str, list[str]]] = {}
    async with fresh_database.as_owner() as owner:
        for name, role, privilege, columns in await owner.fetch(GRANTS):
            said = f"{privilege} ({columns})" if columns else privilege
            granted.setdefault(name, {}).setdefault(role.removeprefix("redress_"), []).append(said)

    assert sorted_deep(granted) == sorted_deep(ALLOWED["grants"])


async def test_functions_with_rights_of_their_own_were_reviewed(fresh_database: Database) -> None:
    async with fresh_database.as_owner() as owner:
        rows = await owner.fetch(FUNCTIONS)

    owners = {row["signature"]: row["owner"] for row in rows}
    assert {name for name, owner in owners.items() if owner != DEFINER} == {SEARCH}
    assert owners[SEARCH] == SEARCHER
    callers = {row["signature"]: row["callers"] for row in rows}
    assert callers == ALLOWED["definer_functions"]


async def test_policies_beyond_the_four_of_a_table_were_reviewed(fresh_database: Database) -> None:
    async with fresh_database.as_owner() as owner:
        rows = await owner.fetch(
            "select tablename || '.' || policyname from pg_policies where permissive = 'PERMISSIVE'"
            " and policyname not in ('own_select', 'own_insert', 'own_update', 'own_delete')"
        )

    assert {row[0] for row in rows} == set(ALLOWED["further_policies"])


async def test_only_the_log_ins_can_log_in(fresh_database: Database) -> None:
    async with fresh_database.as_owner() as owner:
        rows = await owner.fetch("select * from pg_roles where rolname ~ '^redress_'")

    assert {row["rolname"] for row in rows if row["rolcanlogin"]} == {n.role for n in Login}
    assert {row["rolname"] for row in rows if not row["rolcanlogin"]} == {OWNER, DEFINER, SEARCHER}


async def test_there_is_no_view(fresh_database: Database) -> None:
    async with fresh_database.as_owner() as owner:
        views = await owner.fetch(
            "select relname from pg_class where relnamespace = 'public'::regnamespace"
            " and relkind in ('v', 'm', 'f')"
        )

    assert views == []


def sorted_deep(rights: dict[str, dict[str, list[str]]]) -> dict[str, dict[str, list[str]]]:
    return {
        name: {role: sorted(said) for role, said in sorted(roles.items())}
        for name, roles in sorted(rights.items())
    }
