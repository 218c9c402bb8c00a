import asyncio
from datetime import date

import pytest

from infra.database import platform_tx, tenant_tx
from services.calendars.library import in_force, shipped
from services.calendars.loading import load
from services.calendars.year_file import YearFaults
from services.lifecycle.calendars import Calendar
from services.lifecycle.deadlines import deadline
from services.lifecycle.spans import Span
from tests.database import Database, Sitting, make_tenant

YEAR_2027 = """
year = 2027
version = 1
published_on = 2026-11-25
source = "an announcement"

[[off]]
code = "new_year"
name = "元旦"
from = 2027-01-01
to = 2027-01-03
makeup = [2027-01-09]
"""


@pytest.fixture(autouse=True)
async def _empty(database: Database) -> None:
    async with database.as_owner() as owner:
        await owner.execute("set session_replication_role = replica; delete from calendar_year")


async def now_in_force() -> Calendar:
    async with platform_tx() as tx:
        return await in_force(tx)


async def test_nothing_loaded_leaves_what_we_ship() -> None:
    assert await now_in_force() == shipped()


async def test_a_loaded_year_is_in_force_for_every_tenant() -> None:
    loaded = await load(YEAR_2027.encode())

    assert loaded.is_new
    async with tenant_tx(Sitting(tenant=await make_tenant())) as tx:
        calendar = await in_force(tx)
    assert calendar == loaded.after == await now_in_force()
    assert calendar.version == "2024.1 2025.1 2026.1 2027.1"
    assert calendar.years[2027] == loaded.year
    assert calendar.name_of(date(2027, 1, 1)) == "new_year"
    assert calendar.is_working(date(2027, 1, 9))


async def test_a_loaded_year_makes_a_provisional_date_sure() -> None:
    loaded = await load(YEAR_2027.encode())

    before, after = (
        deadline(date(2026, 12, 30), Span.parse("7 working days"), calendar=calendar)
        for calendar in (loaded.before, loaded.after)
    )

    assert before is not None
    assert after is not None
    assert (before.last_day, before.provisional) == (date(2027, 1, 8), True)
    assert (after.last_day, after.provisional) == (date(2027, 1, 9), False)


async def test_the_same_file_again_changes_nothing() -> None:
    first = await load(YEAR_2027.encode())

    second = await load(YEAR_2027.encode())

    assert not second.is_new
    assert second.after == second.before == first.after


async def test_other_days_under_a_version_already_given_are_refused() -> None:
    await load(YEAR_2027.encode())

    with pytest.raises(YearFaults) as raised:
        await load(YEAR_2027.replace("01-09", "01-10").encode())

    (fault,) = raised.value.faults
    assert (fault.path, fault.code, fault.expected) == ("version", "version_taken", "2")
    assert (await now_in_force()).is_working(date(2027, 1, 9))


async def test_a_correction_under_a_new_version_takes_its_place() -> None:
    await load(YEAR_2027.encode())

    corrected = YEAR_2027.replace("01-09", "01-10").replace("version = 1", "version = 2")
    loaded = await load(corrected.encode())

    assert loaded.after.version == "2024.1 2025.1 2026.1 2027.2"
    assert loaded.after.is_working(date(2027, 1, 10))
    assert not loaded.after.is_working(date(2027, 1, 9))


async def test_a_year_we_ship_can_be_corrected_but_not_under_its_own_version() -> None:
    other_2026 = YEAR_2027.replace("2027-", "2026-").replace("year = 2027", "year = 2026")
    other_2026 = other_2026.replace("2026-01-09", "2026-01-10")

    with pytest.raises(YearFaults):
        await load(other_2026.encode())
    loaded = await load(other_2026.replace("version = 1", "version = 2").encode())

    assert loaded.after.version == "2024.1 2025.1 2026.2"


async def test_an_unreadable_file_changes_nothing() -> None:
    with pytest.raises(YearFaults):
        await load(b"year = 2027")

    assert await now_in_force() == shipped()


async def test_two_who_load_at_once_agree() -> None:
    one, other = await asyncio.gather(load(YEAR_2027.encode()), load(YEAR_2027.encode()))

    assert sorted([one.is_new, other.is_new]) == [False, True]
    assert one.after == other.after
