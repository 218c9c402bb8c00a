"""The case before and the case after, in the very list that somebody came from."""

from datetime import timedelta
from uuid import UUID

import pytest

from services.cases import neighbours, queries
from services.cases.filters import Filters
from services.cases.neighbours import Neighbours
from services.cases.receipts import NotFound
from services.lifecycle import commands as c
from services.lifecycle.kinds import Reason
from services.tenants.seats import Seat
from tests.cases.cast import file, give, make_org, wait
from tests.database import Database

ALL_OPEN = Filters()


async def beside(seat: Seat, case_id: UUID, filters: Filters = ALL_OPEN) -> Neighbours:
    return await neighbours.beside(seat, case_id, filters=filters)


async def test_whoever_steps_on_walks_the_queue_there_and_back(database: Database) -> None:
    org = await make_org()
    for _ in range(4):
        await file(org)
        await wait(org, timedelta(hours=9))
    rows = (await queries.queue(org.ana)).items
    numbers = [row.number for row in rows]

    steps = [await beside(org.ana, row.id) for row in rows]

    assert [step.after for step in steps] == [*numbers[1:], None]
    assert [step.before for step in steps] == [None, *numbers[:-1]]
    assert [(step.place, step.of) for step in steps] == [(1, 4), (2, 4), (3, 4), (4, 4)]


async def test_only_the_list_that_was_asked_for_counts(database: Database) -> None:
    org = await make_org()
    mine, _, others = await file(org), await file(org), await file(org)
    for one in (mine, others):
        await give(org.leo, one, c.Assign(to=org.ana.person))

    step = await beside(org.leo, mine.case_id, Filters(assignee=org.ana.person))

    assert step.of == 2
    assert {step.before, step.after} == {None, others.number}


async def test_a_case_that_left_its_list_still_leads_on(database: Database) -> None:
    org = await make_org()
    first, second = await file(org), await file(org)
    await give(org.leo, first, c.Assign(to=org.ana.person))

    step = await beside(org.leo, first.case_id, Filters(unassigned=True))

    assert second.number in (step.before, step.after)


async def test_of_what_is_over_the_last_to_end_comes_first_both_ways(database: Database) -> None:
    org = await make_org()
    rows = [await file(org) for _ in range(3)]
    closed = Filters(closed=True)
    for row in rows:
        await give(org.leo, row, c.Withdraw(reason=Reason.CHANGED_MIND))
    ids = [row.case_id for row in reversed(rows)]

    steps = [await beside(org.leo, id_, closed) for id_ in ids]

    number = {row.case_id: row.number for row in rows}
    assert [step.after for step in steps] == [number[ids[1]], number[ids[2]], None]
    assert [step.before for step in steps] == [None, number[ids[0]], number[ids[1]]]


async def test_a_volunteer_is_led_to_their_own_cases_only(database: Database) -> None:
    org = await make_org()
    own, free, also = await file(org), await file(org), await file(org)
    for one in (own, also):
        await give(org.leo, one, c.Assign(to=org.vera.person))

    step = await beside(org.vera, own.case_id)

    assert {step.before, step.after} == {None, also.number}
    assert free.number not in (step.before, step.after)


async def test_nobody_counts_a_long_list(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    org = await make_org()
    rows = [await file(org) for _ in range(3)]
    monkeypatch.setattr(neighbours, "COUNTED_MAX", 1)

    step = await beside(org.ana, rows[1].case_id)

    assert (step.place, step.of) == (None, None)
    assert step.before or step.after


async def test_who_has_no_queue_has_no_neighbours(database: Database) -> None:
    org = await make_org()
    case = await file(org)

    with pytest.raises(NotFound):
        await neighbours.beside(org.dara(case), case.case_id, filters=ALL_OPEN)
