"""A complaint climbs on real servers with no hand on it, and all who watch see the same."""

from collections.abc import AsyncIterator
from datetime import timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest
from temporalio.client import WorkflowExecutionStatus

from infra.database import tenant_tx
from infra.temporal_server import Server
from services.cases import queries
from services.cases.receipts import Receipt
from services.cases.verify import verify
from services.lifecycle import commands as c
from services.lifecycle.events import Filed
from services.lifecycle.evolve import born
from services.lifecycle.kinds import Outcome, Stage
from services.lifecycle.rehearse import rehearse
from services.lifecycle.wire import kind_of
from tests.cases.cast import Org, file, make_org
from tests.database import Database
from tests.infra.mail_server import mail_server, text_of
from tests.lifecycle.cast import words
from tests.workflows.clockwork import World, caught_up, give, keep, until, until_at
from tests.workflows.ladders import CLIMBING
from tests.workflows.reading import spoken, timers
from workflows import desk, wakes
from workflows import search_attributes as seen
from workflows.messages import CaseRef, NoticeRef


@pytest.fixture(scope="module")
async def world(
    database: Database, temporal_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[World]:
    async with mail_server() as mail:
        home = tmp_path_factory.mktemp("home")
        world = World(database=database, temporal=temporal_server, mail=mail, home=home)
        async with world.working():
            yield world


@pytest.fixture(scope="module")
async def org(database: Database) -> Org:
    return await make_org(CLIMBING)


@pytest.fixture(scope="module")
async def climbed(world: World, org: Org) -> Receipt:
    """Filed, and then nobody does anything."""
    case = await file(org)
    await until_at(org, case, Stage.ESCALATED_TO_REGULATOR, filing="sent")
    await caught_up(world, org, case)
    return case


async def test_it_really_happens_as_it_was_rehearsed(org: Org, climbed: Receipt) -> None:
    view = await queries.case(org.clock, climbed.case_id)
    filed = view.events[0].event
    assert isinstance(filed, Filed)

    steps = rehearse(born(filed), view.rules, now=filed.at, until=filed.at + timedelta(seconds=30))

    assert [event.kind for event in view.events[1:]] == [
        kind_of(type(step.event)) for step in steps
    ]
    assert (view.case.stage, view.case.filing and view.case.filing.state, view.case.ball) == (
        steps[-1].stage,
        steps[-1].filing,
        steps[-1].ball,
    )


def is_demand(mail: EmailMessage) -> bool:
    return any(title in str(mail["Subject"]) for title in ("消费者诉求书", "消费者投诉材料"))


async def test_every_door_gets_its_demand_once_with_the_server_s_word_as_proof(
    world: World, org: Org, climbed: Receipt
) -> None:
    view = await queries.case(org.clock, climbed.case_id)

    demands = [mail for mail in world.mail.mails if is_demand(mail)]
    assert [mail["To"] for mail in demands] == [
        "merchant@door.example",
        "platform@door.example",
        "regulator@door.example",
    ]
    assert all("桌板开裂" in text_of(mail) for mail in demands)
    for filing, mail in zip(view.case.filings, demands, strict=True):
        assert filing.proof
        assert filing.proof.reference.text == f"{mail['Message-ID']} 2.0.0 kept as 1"


async def test_every_letter_goes_once_and_no_other_than_a_demand_repeats_what_was_told(
    world: World, org: Org, climbed: Receipt
) -> None:
    async def all_sent() -> bool:
        view = await queries.case(org.clock, climbed.case_id)
        return all(notice.state == "sent" for notice in view.notices)

    await until(all_sent)
    view = await queries.case(org.clock, climbed.case_id)
    mails = world.mail.mails

    assert len(mails) == len(view.notices)
    assert len({mail["Message-ID"] for mail in mails}) == len(mails)
    others = [mail for mail in mails if not is_demand(mail)]
    assert not any("桌板开裂" in text_of(mail) for mail in others)
    assert not any("已受理" in text_of(mail).replace("不等于对方已受理", "") for mail in others)


async def test_temporal_shows_where_it_stands_and_finds_it(
    world: World, org: Org, climbed: Receipt
) -> None:
    clock = await world.clock_of(climbed, org)
    shown = (await clock.describe()).typed_search_attributes

    assert shown.get(seen.TENANT) == str(org.tenant)
    assert shown.get(seen.STAGE) == "escalated_to_regulator"
    assert (shown.get(seen.FILING), shown.get(seen.BALL)) == ("sent", "regulator")
    assert shown.get(seen.NUMBER) == climbed.number
    assert shown.get(seen.DUE) == (await queries.plan(org.tenant, climbed.case_id)).due

    async def found() -> bool:
        query = f"Tenant = '{org.tenant}' and Stage = 'escalated_to_regulator'"
        client = await world.client()
        return [each.id async for each in client.list_workflows(query)] == [clock.id]

    await until(found)


async def test_the_ledger_knows_what_its_clock_has_seen(org: Org, climbed: Receipt) -> None:
    async with tenant_tx(org.clock) as tx:
        row = await tx.fetchrow("select * from wake where case_id = $1", climbed.case_id)

    assert row
    assert row["plan_seq"] == row["seq"] > 1
    assert climbed.case_id not in {wake.case.case for wake in await wakes.behind()}


async def test_each_timer_tells_what_it_waits_for_and_one_runs_at_a_time(
    world: World, org: Org, climbed: Receipt
) -> None:
    history = await (await world.clock_of(climbed, org)).fetch_history()

    summaries = [summary for summary, _ in timers(history)]

    assert {"merchant/wait", "platform/wait"} <= {key.rpartition("/")[0] for key in summaries}
    assert max(open_ones for _, open_ones in timers(history)) == 1


async def test_no_word_of_anybody_is_in_the_history(
    world: World, org: Org, climbed: Receipt
) -> None:
    said = spoken(await (await world.clock_of(climbed, org)).fetch_history())

    assert str(climbed.case_id) in said
    assert not [
        word for word in ("桌板", "李", "13800000000", "dara@", "door.example") if word in said
    ]


async def test_the_ledger_proves_itself_afterwards(org: Org, climbed: Receipt) -> None:
    assert await verify(org.tenant) == ()


async def test_each_letter_s_way_ends_with_what_became_of_it(
    world: World, org: Org, climbed: Receipt
) -> None:
    client = await world.client()
    for notice in (await queries.case(org.clock, climbed.case_id)).notices:
        ref = NoticeRef(tenant=org.tenant, notice=notice.id)
        way = client.get_workflow_handle(ref.workflow_id, result_type=str)
        assert await way.result() == "sent"
        await keep(way, "letter-sent")


async def test_news_of_a_case_that_does_not_exist_ends_at_once(world: World, org: Org) -> None:
    lost = CaseRef(tenant=org.tenant, case=uuid4())
    client = await world.client()

    await desk.poke(client, lost, 3)

    clock = client.get_workflow_handle(lost.workflow_id, result_type=int)
    assert await clock.result() == 0
    await keep(clock, "no-such-case")


async def test_closing_ends_the_clock_and_reopening_gives_it_back(
    world: World, org: Org, climbed: Receipt
) -> None:
    clock = await world.clock_of(climbed, org)
    last = await give(org.leo, climbed, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))
    assert await clock.result() == last.version
    await keep(clock, "climbed-and-closed")

    await give(org.leo, climbed, c.Reopen(text=words()))
    await caught_up(world, org, climbed)
    again = await clock.describe()
    assert again.status is WorkflowExecutionStatus.RUNNING
    assert again.typed_search_attributes.get(seen.STAGE) == "escalated_to_regulator"

    last = await give(org.leo, climbed, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))
    assert await clock.result() == last.version
    await keep(clock, "reopened-and-closed")
