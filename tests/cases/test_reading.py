"""Reading: whole for who handles a case, less for everybody else, and nothing for strangers."""

import pytest

from infra.database import tenant_tx
from services.cases import bells, queries
from services.cases.receipts import NotFound
from services.lifecycle import commands as c
from services.lifecycle.kinds import Consent, FilingState, Outcome, Stage
from tests.cases.cast import file, give, make_org, wait
from tests.cases.stories import strike_next
from tests.database import Database
from tests.lifecycle.cast import words


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


async def test_silence_climbs_the_whole_ladder_and_comes_to_rest(database: Database) -> None:
    org = await make_org()
    case = await file(org)
    await give(org.ana, case, c.TakeOn())
    stages = [Stage.AWAITING_MERCHANT]

    for _ in range(60):
        plan = await queries.plan(org.tenant, case.case_id)
        if plan.finished:
            break
        stages.append(plan.stage)
        await strike_next(org, case)

    assert list(dict.fromkeys(stages)) == [
        Stage.AWAITING_MERCHANT,
        Stage.ESCALATED_TO_PLATFORM,
        Stage.ESCALATED_TO_REGULATOR,
        Stage.LEGAL_ACTION,
    ]
    view = await queries.case(org.leo, case.number)
    assert view.case.outcome is Outcome.NOT_PURSUED
    assert {filing.state for filing in view.case.filings} <= {
        FilingState.OWED,
        FilingState.PASSED,
    }


async def test_a_stranger_finds_nothing(database: Database) -> None:
    org, other = await make_org(), await make_org()
    receipt = await file(org)

    for seat in (other.leo, org.vera, org.public):
        with pytest.raises(NotFound):
            await queries.case(seat, receipt.number)


async def test_the_consumer_sees_the_case_without_what_is_ours(database: Database) -> None:
    org = await make_org()
    case = await file(org)
    await give(org.leo, case, c.Assign(to=org.ana.person))
    await give(org.ana, case, c.Note(text=words("between us")))
    await give(org.ana, case, c.TakeOn())
    await give(org.ana, case, c.Ask(text=words("when?")))

    view = await queries.case(org.dara(case), case.case_id)

    assert [each.kind for each in view.events] == ["filed", "taken_on", "door_opened", "asked"]
    assert {each.actor_name for each in view.events} == {None}
    assert view.assignee_name is None
    assert {each.recipient for each in view.notices} == {"consumer"}
    assert "between us" not in repr(view)
    assert "Ana" not in repr(view)


@pytest.mark.parametrize("shares", [True, False])
async def test_the_merchant_sees_order_and_demand_and_the_story_only_with_consent(
    database: Database, shares: bool
) -> None:
    org = await make_org()
    consents = {Consent.PRIVACY} | ({Consent.SHARE_WITH_MERCHANT} if shares else set())
    case = await file(org, consents=frozenset(consents))
    await give(org.ana, case, c.TakeOn())
    await give(org.ana, case, c.Note(text=words("between us")))

    view = await queries.case(org.shop(case), case.number)

    assert view.case.complaint.order.amount
    assert view.case.complaint.demands
    assert (view.case.complaint.facts.text == "桌板开裂") is shares
    assert ("李" in repr(view)) is shares
    assert {bell.rule for bell in view.agenda} <= {"wait", "chase-1"}
    for secret in ("13800000000", "dara@example.org", "between us"):
        assert secret not in repr(view)


async def test_reading_a_case_is_put_on_record(database: Database) -> None:
    org = await make_org()
    case = await file(org)

    await queries.case(org.otto, case.number)

    async with tenant_tx(org.leo) as tx:
        entry = await tx.fetchrow("select actor, body from audit_entry where kind = 'case_read'")
    assert entry
    assert (entry["actor"], entry["body"]) == (org.otto.actor, {"case": str(case.case_id)})


async def test_later_events_are_read_a_few_at_a_time(database: Database) -> None:
    org = await make_org()
    case = await file(org)
    for n in range(4):
        await give(org.ana, case, c.Note(text=words(str(n))))

    page = await queries.events(org.ana, case.number, after=2, limit=2)

    assert [each.seq for each in page] == [3, 4]


async def test_a_case_that_is_over_needs_no_clock(database: Database) -> None:
    org = await make_org()
    case = await file(org)
    await give(org.ana, case, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))

    plan = await queries.plan(org.tenant, case.case_id)

    assert (plan.finished, plan.bell, plan.wait) == (True, None, None)
    with pytest.raises(NotFound):
        await queries.plan(org.tenant, org.tenant)
