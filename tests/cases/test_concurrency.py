"""Many hands at once: each command is decided on what the one before it left."""

import asyncio
from collections import Counter

from infra.database import DatabaseAway, tenant_tx
from services.cases import queries
from services.cases.receipts import Receipt
from services.cases.verify import verify
from services.lifecycle import commands as c
from services.lifecycle.commands import Command
from services.lifecycle.refusals import Refused, Why
from services.tenants.seats import Seat
from tests.cases.cast import Org, file, give, make_org
from tests.database import Database
from tests.lifecycle.cast import words

WAITERS = """
select count(*) from pg_stat_activity
where datname = current_database() and wait_event_type = 'Lock'
"""


async def at_once(seat: Seat, case: Receipt, command: Command, people: int) -> Counter[str]:
    async def one() -> str:
        try:
            await give(seat, case, command)
        except Refused as no:
            return no.why
        return "done"

    return Counter(await asyncio.gather(*(one() for _ in range(people))))


async def test_of_fifty_people_one_takes_the_case_on(database: Database) -> None:
    org = await make_org()
    case = await file(org)

    came_of_it = await at_once(org.ana, case, c.TakeOn(), 50)

    assert came_of_it == {"done": 1, Why.NOT_IN_THIS_STAGE: 49}
    assert await verify(org.tenant) == ()


async def test_fifty_notes_at_once_all_stand_in_one_order(database: Database) -> None:
    org = await make_org()
    case = await file(org)

    came_of_it = await at_once(org.ana, case, c.Note(text=words()), 50)

    assert came_of_it == {"done": 50}
    view = await queries.case(org.ana, case.number)
    assert [each.seq for each in view.events] == list(range(1, 52))
    assert await verify(org.tenant) == ()


async def test_who_waited_for_a_case_is_dated_when_it_was_free(database: Database) -> None:
    org = await make_org()
    case = await file(org)

    async with database.as_owner() as owner:
        async with owner.transaction():
            await owner.execute("select from case_file where id = $1 for update", case.case_id)
            waiting = asyncio.create_task(give(org.ana, case, c.TakeOn()))
            for _ in range(500):
                if await owner.fetchval(WAITERS):
                    break
                await asyncio.sleep(0.01)
            free = await owner.fetchval("select clock_timestamp()")
        await waiting

    view = await queries.case(org.ana, case.number)
    assert view.events[-1].at > free


async def test_numbers_of_cases_filed_at_once_have_no_gap(database: Database) -> None:
    org = await make_org()

    await asyncio.gather(*(patiently(org) for _ in range(40)))

    async with tenant_tx(org.leo) as tx:
        numbers = await tx.fetch("select number from case_file")
    given = sorted(int(row["number"].partition("-")[2]) for row in numbers)
    assert given == list(range(1, 41))


async def patiently(org: Org) -> Receipt:
    try:
        return await file(org)
    except DatabaseAway:
        return await patiently(org)
