from datetime import timedelta

import pytest

from services.cases import bells, queries
from services.cases.receipts import NotFound
from services.lifecycle import commands as c
from services.lifecycle.kinds import Stage
from tests.cases.cast import file, give, make_org, wait
from tests.database import Database


async def test_what_was_said_is_read_back(database: Database) -> None:
    org = await make_org()
    receipt = await file(org)

    view = await queries.case(org.ana, receipt.number)

    assert view.case.complaint.facts.text == "桌板开裂"
    assert view.case.complaint.consumer.name.text == "李"
    assert [each.kind for each in view.events] == ["filed"]
    assert {each.letter for each in view.notices} == {"received", "new_case"}
    assert view.agenda


async def test_the_clock_is_told_how_long_to_wait_and_strikes_the_bell(database: Database) -> None:
    org = await make_org()
    receipt = await file(org)
    await give(org.ana, receipt, c.TakeOn())
    before = await queries.plan(org.tenant, receipt.case_id)
    assert before.wait
    assert before.bell

    early = await bells.apply_bell(org.tenant, receipt.case_id, before.bell)
    await wait(org, before.wait)
    rung = await bells.apply_bell(org.tenant, receipt.case_id, before.bell)
    again = await bells.apply_bell(org.tenant, receipt.case_id, before.bell)

    assert early.events == ()
    assert rung.events == ("chased",)
    assert (again.replayed, again.version) == (True, rung.version)


async def test_silence_climbs_the_whole_ladder(database: Database) -> None:
    org = await make_org()
    receipt = await file(org)
    stages = []

    for _ in range(80):
        plan = await queries.plan(org.tenant, receipt.case_id)
        if plan.finished:
            break
        assert plan.bell
        await wait(org, plan.wait or timedelta())
        await bells.apply_bell(org.tenant, receipt.case_id, plan.bell)
        if plan.stage not in stages:
            stages.append(plan.stage)
    assert stages[0] is Stage.SUBMITTED


async def test_a_stranger_finds_nothing(database: Database) -> None:
    org, other = await make_org(), await make_org()
    receipt = await file(org)

    for seat in (other.leo, org.vera, org.public):
        with pytest.raises(NotFound):
            await queries.case(seat, receipt.number)
