"""The queue: due soonest first, page by page, and only what the reader may see."""

from datetime import timedelta
from decimal import Decimal
from itertools import chain

import pytest

from services.cases import queries
from services.cases.cursors import BadCursor
from services.cases.queries import Filters
from services.lifecycle import commands as c
from services.lifecycle.kinds import Door, Outcome, Problem, Stage
from tests.cases.cast import file, give, make_org, wait
from tests.database import Database
from tests.lifecycle.cast import words


async def test_what_is_due_soonest_comes_first_and_pages_join_without_gap(
    database: Database,
) -> None:
    org = await make_org()
    filed = []
    for _ in range(7):
        filed.append(await file(org))
        await wait(org, timedelta(hours=9))

    pages, after = [], None
    while True:
        page = await queries.queue(org.ana, after=after, limit=3)
        pages.append([row.number for row in page.items])
        after = page.next
        if after is None:
            break

    assert [len(page) for page in pages] == [3, 3, 1]
    assert sorted(chain(*pages)) == sorted(each.number for each in filed)
    whole = (await queries.queue(org.ana)).items
    assert [row.next_due for row in whole] == sorted(row.next_due for row in whole if row.next_due)


async def test_a_row_names_the_parties_the_sum_and_the_handler(database: Database) -> None:
    org = await make_org()
    case = await file(org)
    await give(org.leo, case, c.Assign(to=org.ana.person))

    (row,) = (await queries.queue(org.leo)).items

    assert row.whole
    assert (row.whole.consumer, row.whole.merchant) == ("李", "木禾家居")
    assert (row.whole.amount, row.whole.assignee_name) == (Decimal(1286), "Ana")
    assert (row.whole.title, row.problem) == ("桌板开裂", Problem.QUALITY)


async def test_a_volunteer_sees_of_a_free_case_only_date_problem_and_door(
    database: Database,
) -> None:
    org = await make_org()
    free, taken, others = await file(org), await file(org), await file(org)
    await give(org.vera, taken, c.Take())
    await give(org.leo, others, c.Assign(to=org.ana.person))

    rows = {row.number: row for row in (await queries.queue(org.vera)).items}

    assert set(rows) == {free.number, taken.number}
    assert rows[free.number].whole is None
    assert rows[taken.number].whole is not None


async def test_a_volunteer_cannot_ask_for_what_is_hidden(database: Database) -> None:
    org = await make_org()
    await file(org)

    asked = await queries.queue(org.vera, filters=Filters(stage=Stage.SUBMITTED))

    assert asked.items == ()


async def test_filters_narrow_the_queue(database: Database) -> None:
    org = await make_org()
    first, second, over = await file(org), await file(org), await file(org)
    await give(org.ana, first, c.TakeOn())
    await give(org.ana, second, c.Take())
    await give(org.ana, over, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))

    async def found(filters: Filters) -> set[str]:
        return {row.number for row in (await queries.queue(org.ana, filters=filters)).items}

    assert await found(Filters()) == {first.number, second.number}
    assert await found(Filters(door=Door.MERCHANT)) == {first.number}
    assert await found(Filters(assignee=org.ana.person)) == {second.number}
    assert await found(Filters(unassigned=True)) == {first.number}
    assert await found(Filters(closed=True)) == {over.number}
    assert await found(Filters(closed=True, stage=Stage.CLOSED)) == {over.number}
    assert await found(Filters(problem=Problem.SAFETY)) == set()


async def test_a_cursor_that_we_did_not_give_is_refused(database: Database) -> None:
    org = await make_org()

    for text in ("x", "~", "2026~zz", "20260101T000000~" + "0" * 32):
        with pytest.raises(BadCursor):
            await queries.queue(org.ana, after=text)
