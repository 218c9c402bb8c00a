"""Sections of a list: each row under its heading, and the headings counted over the whole list."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from infra.database import tenant_tx
from services.calendars import library as calendars
from services.calendars.library import shipped
from services.cases import queries
from services.cases.filters import Filters, end_of_soon
from services.cases.sections import Borders, Section, sizes
from services.lifecycle.bells import local_day
from services.lifecycle.kinds import Ball, Stage
from services.tenants.seats import Seat
from tests.cases.cast import Org
from tests.cases.test_counts import busy
from tests.database import Database

A_SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module")
async def org(database: Database) -> Org:
    return await busy()


async def listed(seat: Seat, filters: Filters) -> Counter[Section]:
    """Row by row, as the page puts them."""
    async with tenant_tx(seat) as tx:
        borders = Borders.at(tx.now, await calendars.in_force(tx))
    rows = (await queries.queue(seat, limit=100, filters=filters)).items
    return Counter(borders.section_of(row) for row in rows)


async def soon(seat: Seat) -> Filters:
    async with tenant_tx(seat) as tx:
        return Filters(due_before=end_of_soon(local_day(tx.now), await calendars.in_force(tx)))


@pytest.mark.parametrize("who", ["leo", "ana", "vera", "otto"])
async def test_the_headings_count_what_the_list_holds(org: Org, who: str) -> None:
    seat: Seat = getattr(org, who)
    asked = [
        Filters(),
        Filters(unassigned=True),
        Filters(assignee=seat.person),
        Filters(ball=Ball.CONSUMER),
        Filters(paused=True),
        await soon(seat),
    ]

    for filters in asked:
        assert await sizes(seat, filters) == await listed(seat, filters), filters
    assert len(await listed(org.leo, Filters())) > 2


async def test_where_the_sums_do_not_tell_enough_nobody_guesses(org: Org) -> None:
    for filters in (Filters(stage=Stage.SUBMITTED), Filters(closed=True)):
        assert await sizes(org.leo, filters) is None


async def test_what_is_over_stands_under_its_own_heading(org: Org) -> None:
    assert set(await listed(org.leo, Filters(closed=True))) == {Section.CLOSED}


NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 24, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "section"),
    [
        (NOON, Section.OVER),
        (NOON + A_SECOND, Section.TODAY),
        (MIDNIGHT, Section.TODAY),
        (MIDNIGHT + A_SECOND, Section.SOON),
        (MIDNIGHT + timedelta(days=3), Section.SOON),
        (MIDNIGHT + timedelta(days=3) + A_SECOND, Section.LATER),
        (None, Section.LATER),
    ],
)
async def test_each_border_belongs_to_one_side(
    org: Org, due: datetime | None, section: Section
) -> None:
    """Tuesday noon in Shanghai: a day ends at midnight, the third working day is Friday."""
    borders = Borders.at(NOON, shipped())
    rows = (await queries.queue(org.leo)).items
    row = next(row for row in rows if row.whole and not row.whole.paused)

    assert borders.section_of(replace(row, next_due=due)) is section
