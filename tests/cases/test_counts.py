"""Counts: what each view lists, summed up once for a house and kept for half a minute."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from infra.database import tenant_tx
from services.calendars import library as calendars
from services.cases import counts as summing
from services.cases import queries
from services.cases.counts import counts
from services.cases.filters import Filters, end_of_soon
from services.cases.receipts import NotFound, Receipt
from services.lifecycle import commands as c
from services.lifecycle.bells import local_day
from services.lifecycle.kinds import Ball, Door, Outcome, Reason
from services.tenants.seats import Seat
from tests.cases.cast import Org, file, give, make_org, wait
from tests.database import Database
from tests.lifecycle.cast import words

LONG = 1_000


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, a new sum is waited for, unless a test is about just that."""
    monkeypatch.setattr(summing, "PATIENCE_SECONDS", 10.0)
    monkeypatch.setattr(summing, "QUICK_SECONDS", 10.0)


async def busy() -> Org:
    """Cases in every view: free, taken, paused, late, at the merchant, with the consumer, over."""
    org = await make_org()
    late, vera_late = await file(org), await file(org)
    await give(org.ana, late, c.Take())
    await give(org.vera, vera_late, c.Take())
    await wait(org, timedelta(days=30))
    await pause(org, await file(org))
    for seat in (org.vera, org.ana):
        paused = await file(org)
        await give(seat, paused, c.Take())
        await pause(org, paused)
    sent, asked, over = await file(org), await file(org), await file(org)
    await give(org.vera, sent, c.Take())
    await give(org.ana, sent, c.TakeOn())
    await give(org.ana, asked, c.TakeOn())
    await give(org.ana, asked, c.OpenDoor(door=Door.PLATFORM))
    await give(org.ana, over, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))
    await file(org)
    return org


async def pause(org: Org, case: Receipt) -> None:
    async with tenant_tx(org.leo) as tx:
        until = local_day(tx.now) + timedelta(days=40)
    await give(org.leo, case, c.Pause(holder=Ball.CONSUMER, reason=Reason.APPRAISAL, until=until))


async def listed(seat: Seat, **asked: Any) -> int:
    return len((await queries.queue(seat, limit=100, filters=Filters(**asked))).items)


async def views_of(seat: Seat, soon: datetime) -> Mapping[str, int]:
    return {
        "open": await listed(seat),
        "mine": await listed(seat, assignee=seat.person),
        "unassigned": await listed(seat, unassigned=True),
        "soon": await listed(seat, due_before=soon),
        "merchant": await listed(seat, ball=Ball.MERCHANT),
        "consumer": await listed(seat, ball=Ball.CONSUMER),
        "paused": await listed(seat, paused=True),
    }


@pytest.mark.parametrize("name", ["leo", "ana", "vera", "otto"])
async def test_a_view_counts_what_it_lists(database: Database, name: str) -> None:
    org = await busy()
    seat: Seat = getattr(org, name)
    async with tenant_tx(seat) as tx:
        soon = end_of_soon(local_day(tx.now), await calendars.in_force(tx))

    told = await counts(seat)

    wanted = await views_of(seat, soon)
    assert {view: getattr(told, view) for view in wanted} == wanted
    assert sum(count > 0 for count in wanted.values()) >= 5, wanted


async def test_groups_leave_out_what_is_paused(database: Database) -> None:
    org = await busy()

    told = await counts(org.leo)

    assert (told.open, told.paused, told.overdue) == (8, 3, 2)
    assert told.overdue + told.today + told.later <= told.open - told.paused


async def test_a_day_ends_at_its_midnight(database: Database) -> None:
    org = await make_org()
    await file(org)
    (row,) = (await queries.queue(org.ana)).items
    assert row.next_due
    async with tenant_tx(org.ana) as tx:
        before = row.next_due - tx.now
    await wait(org, before - timedelta(hours=1))
    eve = await counts(org.ana)
    summing.changed(org.tenant)
    await wait(org, timedelta(hours=2))

    after = await counts(org.ana)

    assert (eve.overdue, eve.today) == (0, 1)
    assert (after.overdue, after.today) == (1, 0)


async def test_nobody_without_a_queue_is_told_anything(database: Database) -> None:
    org = await make_org()
    case = await file(org)

    for seat in (org.dara(case), org.shop(case), org.public):
        with pytest.raises(NotFound):
            await counts(seat)


async def test_one_house_is_not_told_of_another(database: Database) -> None:
    acme, borealis = await make_org(), await make_org()
    await file(acme)

    assert (await counts(acme.leo)).open == 1
    assert (await counts(borealis.leo)).open == 0


async def test_what_was_recorded_here_is_counted_at_once(database: Database) -> None:
    org = await make_org()
    assert (await counts(org.ana)).open == 0

    await file(org)

    assert (await counts(org.ana)).open == 1


async def test_a_sum_that_takes_its_time_is_not_worked_out_for_every_command(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    org = await make_org()
    monkeypatch.setattr(summing, "QUICK_SECONDS", 0.0)
    monkeypatch.setattr(summing, "RESTS", LONG * LONG)
    assert (await counts(org.ana)).open == 0

    await file(org)

    assert (await counts(org.ana)).open == 0


async def test_many_readers_share_one_sum(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    org = await make_org()
    await file(org)
    sums = watched(monkeypatch)

    found = await asyncio.gather(*(counts(seat) for seat in (org.leo, org.ana, org.vera) * 5))
    await counts(org.leo)

    assert {each.open for each in found} == {1}
    assert len(sums) == 1


async def test_the_old_sum_is_told_while_the_new_one_takes_its_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    org = await make_org()
    assert (await counts(org.ana)).open == 0
    monkeypatch.setattr(summing, "PATIENCE_SECONDS", 0.0)
    gate = asyncio.Event()
    sums = watched(monkeypatch, gate)
    await file(org)

    old = [(await counts(org.ana)).open for _ in range(2)]
    gate.set()
    summing_now = summing._HOUSES[org.tenant].summing
    assert summing_now
    await summing_now

    assert old == [0, 0]
    assert len(sums) == 1
    assert (await counts(org.ana)).open == 1


async def test_a_sum_that_fails_is_told_only_where_there_is_no_old_one(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    org = await make_org()

    async def fail(seat: Seat) -> tuple[summing.Heap, ...]:
        raise RuntimeError("away")

    with monkeypatch.context() as broken:
        broken.setattr(summing, "summed", fail)
        with pytest.raises(RuntimeError, match="away"):
            await counts(org.ana)
    await counts(org.ana)
    await file(org)
    with monkeypatch.context() as broken:
        broken.setattr(summing, "summed", fail)
        assert (await counts(org.ana)).open == 0

    assert (await counts(org.ana)).open == 1


async def test_a_sum_grows_old(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    org = await make_org()
    sums = watched(monkeypatch)
    await counts(org.ana)
    await counts(org.ana)
    assert len(sums) == 1

    monkeypatch.setattr(summing, "KEPT_SECONDS", -LONG)
    summing.changed(org.tenant)
    await counts(org.ana)
    await counts(org.ana)

    assert len(sums) == 3


async def test_only_so_many_houses_are_remembered(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await make_org(), await make_org()
    monkeypatch.setattr(summing, "HOUSES_MAX", 1)
    monkeypatch.setattr(summing, "_HOUSES", {})
    await counts(first.ana)

    await counts(second.ana)

    assert list(summing._HOUSES) == [second.tenant]


def watched(patch: pytest.MonkeyPatch, gate: asyncio.Event | None = None) -> list[Seat]:
    """Every sum that is worked out from here on; where there is a gate, not before it opens."""
    sums: list[Seat] = []
    real = summing.summed

    async def noted(seat: Seat) -> tuple[summing.Heap, ...]:
        sums.append(seat)
        if gate:
            await gate.wait()
        return await real(seat)

    patch.setattr(summing, "summed", noted)
    return sums
