"""The start-up check: every rule finds what breaks it, and nobody starts on a broken wall."""

import pytest

from infra.database import Login, UnsafeDatabase, open_pools
from infra.walls import RULES, breaches
from tests.database import Database

BREAKING = {
    "role_can_bypass": [
        "alter role redress_worker bypassrls",
        "alter role redress_app superuser",
        "alter role redress_definer bypassrls",
        "alter role redress_public createrole",
    ],
    "login_is_member": [
        "grant redress_owner to redress_app",
        "grant pg_read_all_data to redress_worker",
        "grant redress_app to redress_public",
    ],
    "login_owns": [
        "alter table wake owner to redress_app",
        "alter function cur_tenant() owner to redress_worker",
        "create schema theirs authorization redress_app",
    ],
    "login_may_build": [
        "grant create on schema public to redress_app",
        "grant truncate on case_event to redress_worker",
        "grant trigger on case_file to redress_public",
        (
            "do $$ begin execute format('grant temp on database %I to redress_app',"
            " current_database()); end $$"
        ),
    ],
    "public_has_rights": [
        "grant select on tenant to public",
        "grant execute on function tenant_by_slug(text) to public",
        "grant usage on schema public to public",
        "create function loose() returns int language sql return 1",
        (
            "do $$ begin execute format('grant connect on database %I to public',"
            " current_database()); end $$"
        ),
    ],
    "table_unwalled": [
        "create table bare (tenant_id uuid)",
        "alter table notice no force row level security",
    ],
    "policy_missing": ["drop policy own_delete on filing"],
    "policy_open": [
        "create policy extra on person using (true)",
        "create policy extra on case_file for select using (on_platform())",
        "alter policy own_select on audit_entry using (tenant_id is not null)",
    ],
    "link_reaches_further": [
        "drop policy one_case on statement",
        "drop policy own_handler on person",
        "alter policy staff_only on session using (true)",
    ],
    "key_crosses_tenants": [
        (
            "create table note (tenant_id uuid, person uuid, id uuid unique);"
            "alter table person add unique (id);"
            "alter table note add foreign key (person) references person (id)"
        ),
    ],
    "guard_missing": [
        "drop trigger append_only on case_event",
        "alter table case_event disable trigger never_emptied",
        "drop trigger only_newborn on outbox",
        "drop trigger keep_tenant on wake",
    ],
    "function_runs_as_other": [
        "create function spy() returns int language sql security definer return 1",
        "alter function tenant_by_slug(text) reset search_path",
        "alter function tenant_list() owner to redress_owner",
    ],
    "view_sees_all": [
        "create view every_case as select * from case_file",
        "create materialized view every_case as select * from case_file",
    ],
}


def test_every_rule_is_broken_here_at_least_once() -> None:
    assert set(BREAKING) == {file.stem for file in RULES.glob("*.sql")}


@pytest.mark.parametrize(
    ("rule", "breaking"), [(rule, sql) for rule, all_sql in BREAKING.items() for sql in all_sql]
)
async def test_what_breaks_a_rule_is_found(
    fresh_database: Database, rule: str, breaking: str
) -> None:
    async with fresh_database.as_owner() as owner:
        await owner.execute("begin")
        await owner.execute(breaking)

        found = {breach.rule for breach in await breaches(owner)}

    assert rule in found


async def test_a_view_that_asks_as_its_reader_is_fine(fresh_database: Database) -> None:
    async with fresh_database.as_owner() as owner:
        await owner.execute("begin")
        await owner.execute(
            "create view my_cases with (security_invoker = true) as select * from case_file"
        )

        assert await breaches(owner) == ()


@pytest.mark.parametrize("login", Login)
async def test_no_log_in_starts_on_a_broken_wall(fresh_database: Database, login: Login) -> None:
    async with fresh_database.as_owner() as owner:
        await owner.execute("alter table case_file no force row level security")
        try:
            with pytest.raises(UnsafeDatabase, match="table_unwalled: case_file"):
                async with open_pools(fresh_database.settings, roles=(login,)):
                    pass
        finally:
            await owner.execute("alter table case_file force row level security")


async def test_nobody_works_as_the_owner_of_the_database(fresh_database: Database) -> None:
    above = fresh_database.settings.app.replace("redress_app", "postgres")
    settings = type(fresh_database.settings)(app=above, public="", worker="")
    with pytest.raises(UnsafeDatabase, match="postgres instead of redress_app"):
        async with open_pools(settings, roles=("app",)):
            pass


async def test_no_log_in_takes_the_place_of_another(fresh_database: Database) -> None:
    settings = fresh_database.settings
    swapped = type(settings)(app=settings.worker, public=settings.public, worker=settings.app)
    with pytest.raises(UnsafeDatabase, match="redress_worker instead of redress_app"):
        async with open_pools(swapped, roles=("app",)):
            pass
