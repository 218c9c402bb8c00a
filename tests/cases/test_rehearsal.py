"""What would happen to many cases, found out before anything does: and it is what then happens."""

from datetime import timedelta

import pytest

from services.cases import queries
from services.cases.load import loads
from services.cases.receipts import NotFound
from services.cases.rehearsal import rehearse
from services.lifecycle import commands as c
from services.lifecycle.bells import BellKind
from services.lifecycle.kinds import Audience, Outcome
from services.lifecycle.refusals import Why
from tests.cases.cast import file, give, make_org, wait
from tests.database import Database
from tests.lifecycle.cast import words


async def test_a_rehearsal_tells_what_then_happens_and_changes_nothing(database: Database) -> None:
    org = await make_org()
    late, fresh = await file(org), await file(org)
    await wait(org, timedelta(days=30))
    assign = c.Assign(to=org.ana.person)

    told = {one.number: one for one in await rehearse(org.leo, [late.number, fresh.number], assign)}
    before = (await queries.case(org.leo, late.number)).case

    assert before.version == told[late.number].version
    assert before.assignee is None
    assert all(one.why is None and one.letters == () for one in told.values())
    for one in (late, fresh):
        await give(org.leo, one, assign)
        after = await queries.case(org.leo, one.number)
        assert told[one.number].due_then == after.next_due


async def test_a_late_case_stays_late_in_other_hands_until_somebody_acts(
    database: Database,
) -> None:
    org = await make_org()
    late = await file(org)
    await wait(org, timedelta(days=30))
    chaser = next(
        bell
        for bell in (await queries.case(org.leo, late.number)).agenda
        if bell.kind is BellKind.CHASER
    )
    await give(org.clock, late, c.StrikeBell(bell=chaser.key))
    since = (await queries.case(org.leo, late.number)).overdue_since
    assert since

    [told] = await rehearse(org.leo, [late.number], c.Assign(to=org.ana.person))
    await give(org.leo, late, c.Assign(to=org.ana.person))
    handed = await queries.case(org.ana, late.number)
    await give(org.ana, late, c.Note(text=words()))
    noted = await queries.case(org.ana, late.number)

    assert (told.due, told.due_then, told.redated) == (since, since, False)
    assert (handed.next_due, handed.overdue_since) == (since, since)
    assert noted.overdue_since is None


async def test_letters_that_would_leave_are_told(database: Database) -> None:
    org = await make_org()
    case = await file(org)
    close = c.Close(outcome=Outcome.NOT_SOLVED, text=words())

    [told] = await rehearse(org.leo, [case.number], close)

    assert [(letter.to, letter.name) for letter in told.letters] == [(Audience.CONSUMER, "closed")]


async def test_a_refusal_is_told_before_it_comes(database: Database) -> None:
    org = await make_org()
    over, hers = await file(org), await file(org)
    await give(org.ana, over, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))
    await give(org.ana, hers, c.Take())

    told = await rehearse(org.leo, [over.number, hers.number], c.Assign(to=org.ana.person))

    assert {one.number: one.why for one in told} == {
        over.number: Why.NOT_IN_THIS_STAGE,
        hers.number: Why.ALREADY_YOURS,
    }
    assert not any(one.redated for one in told)


async def test_nothing_is_told_of_what_a_seat_may_not_see(database: Database) -> None:
    org, other = await make_org(), await make_org()
    free, mine, foreign = await file(org), await file(org), await file(other)
    await give(org.vera, mine, c.Take())
    numbers = [free.number, mine.number, foreign.number, "2026-99999", "'"]

    seen = await rehearse(org.vera, numbers, c.Ask(text=words(), blocking=True))

    assert [one.number for one in seen] == [mine.number]


async def test_loads_tell_what_rests_on_whom_with_the_least_first(database: Database) -> None:
    org = await make_org()
    late, later, over = await file(org), await file(org), await file(org)
    for one in (late, over):
        await give(org.leo, one, c.Assign(to=org.ana.person))
    await give(org.vera, later, c.Take())
    await give(org.ana, over, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))

    found = {one.name: (one.open, one.soon) for one in await loads(org.leo)}

    assert found.keys() == {"Leo", "Ana", "Vera"}
    assert next(iter(found)) == "Leo"
    assert (found["Ana"][0], found["Vera"][0], found["Leo"]) == (1, 1, (0, 0))


async def test_loads_are_not_told_to_volunteers(database: Database) -> None:
    org = await make_org()

    with pytest.raises(NotFound):
        await loads(org.vera)
