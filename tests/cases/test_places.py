"""The places of a list: one order over all its pages, read from an index wherever a page begins."""

from datetime import timedelta
from typing import Any

import pytest

from infra import database as plumbing
from infra.database import Tx, tenant_tx
from services.cases import queries
from services.cases.cursors import Cursor
from services.cases.filters import Filters
from services.cases.places import places
from services.cases.receipts import Receipt
from services.lifecycle import commands as c
from services.lifecycle.bells import local_day
from services.lifecycle.kinds import Ball, Outcome, Problem, Reason, Stage
from services.tenants.seats import Seat
from tests.cases.cast import Org, file, give, make_org, wait
from tests.database import Database
from tests.lifecycle.cast import words

OPEN, CLOSED = Filters(), Filters(closed=True)


async def paused(org: Org, case: Receipt) -> Receipt:
    async with tenant_tx(org.leo) as tx:
        until = local_day(tx.now) + timedelta(days=40)
    pause = c.Pause(holder=Ball.CONSUMER, reason=Reason.APPRAISAL, until=until)
    return await give(org.leo, case, pause)


async def page_by_page(seat: Seat, filters: Filters, *, limit: int) -> list[str]:
    found: list[str] = []
    after = None
    while True:
        page = await queries.queue(seat, after=after, limit=limit, filters=filters)
        found += [row.number for row in page.items]
        after = page.next
        if after is None:
            return found


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
async def test_what_stands_still_comes_last_over_all_pages(database: Database, limit: int) -> None:
    org = await make_org()
    still = await paused(org, await file(org))
    also = await paused(org, await file(org))
    await wait(org, timedelta(days=2))
    late = [await file(org) for _ in range(3)]

    numbers = await page_by_page(org.ana, OPEN, limit=limit)

    assert numbers[:3] == [case.number for case in late]
    assert sorted(numbers[3:]) == sorted([still.number, also.number])


@pytest.mark.parametrize("limit", [1, 2, 100])
async def test_what_is_over_begins_with_the_last_to_end(database: Database, limit: int) -> None:
    org = await make_org()
    cases = [await file(org) for _ in range(4)]
    ended = [cases[at] for at in (2, 0, 3, 1)]
    for case in ended:
        await give(org.ana, case, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))

    numbers = await page_by_page(org.ana, CLOSED, limit=limit)

    assert numbers == [case.number for case in reversed(ended)]


@pytest.mark.parametrize("limit", [1, 2, 100])
async def test_a_volunteer_reads_own_and_free_cases_as_one_list(
    database: Database, limit: int
) -> None:
    org = await make_org()
    cases = []
    for _ in range(6):
        cases.append(await file(org))
        await wait(org, timedelta(hours=30))
    for case in cases[::2]:
        await give(org.vera, case, c.Take())
    await give(org.leo, cases[1], c.Assign(to=org.ana.person))
    await paused(org, cases[0])
    await paused(org, cases[5])

    numbers = await page_by_page(org.vera, OPEN, limit=limit)

    rows = {row.number: row for row in (await queries.queue(org.vera, limit=100)).items}
    assert set(numbers) == {cases[at].number for at in (0, 2, 3, 4)}
    assert numbers[-1] == cases[0].number
    dated = [rows[number].next_due for number in numbers[:-1]]
    assert dated == sorted(due for due in dated if due)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(stage=Stage.CLOSED),
        Filters(ball=Ball.NOBODY),
        Filters(closed=True, stage=Stage.SUBMITTED),
        Filters(closed=True, ball=Ball.MERCHANT),
    ],
)
async def test_what_contradicts_itself_is_not_looked_for(
    database: Database, filters: Filters
) -> None:
    org = await make_org()
    await file(org)
    over = await file(org)
    await give(org.ana, over, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))

    assert filters.fits_nothing
    assert (await queries.queue(org.ana, filters=filters)).items == ()
    same = Filters(closed=True, stage=Stage.CLOSED, ball=Ball.NOBODY)
    assert not same.fits_nothing
    assert [r.number for r in (await queries.queue(org.ana, filters=same)).items] == [over.number]


async def asked(seat: Seat, filters: Filters, patch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """The statements by which a page in the middle of a list is looked for."""
    sent: list[tuple[str, Any]] = []

    def listening(connection: Any) -> Tx:
        connection.add_query_logger(lambda record: sent.append((record.query, record.args)))
        return Tx(connection)

    with patch.context() as within:
        within.setattr(plumbing, "Tx", listening)
        async with tenant_tx(seat) as tx:
            start = Cursor(paused=False, due=tx.now, id=seat.tenant)
            await places(seat, filters, limit=51, start=start)
    return [(sql, args) for sql, args in sent if "case_file" in sql]


@pytest.mark.parametrize(
    ("name", "filters", "index"),
    [
        ("ana", OPEN, {"case_file_open"}),
        ("ana", Filters(paused=True), {"case_file_open"}),
        ("ana", Filters(problem=Problem.SAFETY), {"case_file_open", "case_file_standing"}),
        ("ana", Filters(unassigned=True), {"case_file_open", "case_file_handler"}),
        ("ana", CLOSED, {"case_file_closed"}),
        ("vera", OPEN, {"case_file_open", "case_file_handler"}),
    ],
)
async def test_a_page_begins_at_a_bound_of_its_index(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    filters: Filters,
    index: set[str],
) -> None:
    org = await make_org()
    seat: Seat = getattr(org, name)
    statements = await asked(seat, filters, monkeypatch)

    async with tenant_tx(seat) as tx:
        await tx.execute("set local enable_seqscan = off")
        await tx.execute("set local enable_bitmapscan = off")
        plans = [
            "\n".join(row[0] for row in await tx.fetch(f"explain {sql}", *args))
            for sql, args in statements
        ]

    assert plans
    for plan in plans:
        assert "Index Only Scan" in plan, plan
        assert any(f"using {one} on" in plan for one in index), plan
        bounds = next(line for line in plan.splitlines() if "Index Cond" in line)
        assert "ROW(" in bounds, plan
