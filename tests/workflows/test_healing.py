"""Sweeper, reconciler and epoch: what heals a clock that was lost, late or lied to."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from temporalio.client import Client
from temporalio.service import RPCError

from infra import temporal_server
from infra.database import Login, platform_tx, tenant_tx
from infra.temporal_server import Server
from services.cases import plans, queries
from services.cases.receipts import Receipt
from services.cases.verify import verify
from services.lifecycle import commands as c
from services.lifecycle.kinds import Outcome, Stage
from tests.cases.cast import Org, file, make_org
from tests.database import Database
from tests.lifecycle.cast import words
from tests.workflows.clockwork import advance, give
from tests.workflows.ladders import CLIMBING, STANDING
from workflows import epoch, rebuild, reconciler, sweeper, wakes
from workflows.connection import IDENTITY, Dial
from workflows.messages import CaseRef, NoticeRef

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def temporal() -> Iterator[Server]:
    """Of our own: nobody works here, so that what is told can be counted."""
    with temporal_server.running() as server:
        yield server


@pytest.fixture
async def dial(temporal: Server) -> Dial:
    client = await Client.connect(temporal.address, identity=IDENTITY)

    async def connected() -> Client:
        return client

    return connected


@pytest.fixture(autouse=True)
async def nothing_else(database: Database) -> None:
    """What other tests left open is no business of this one."""
    async with database.as_owner() as owner:
        await owner.execute("update wake set closed = true")


def ref(org: Org, case: Receipt) -> CaseRef:
    return CaseRef(tenant=org.tenant, case=case.case_id)


async def stage(org: Org, case: Receipt) -> Stage:
    return (await queries.plan(org.tenant, case.case_id)).stage


async def told(dial: Dial, case: CaseRef) -> int:
    """How many signals its workflow has got; none where there is no workflow."""
    client = await dial()
    try:
        history = await client.get_workflow_handle(case.workflow_id).fetch_history()
    except RPCError:
        return 0
    return sum(
        event.HasField("workflow_execution_signaled_event_attributes") for event in history.events
    )


async def planned(org: Org, case: Receipt) -> None:
    await plans.attend(org.tenant, case.case_id, None)


async def test_late_bells_are_struck_by_the_same_law_with_temporal_away(database: Database) -> None:
    org = await make_org(CLIMBING)
    case = await file(org)
    await advance(org, HOUR)

    await sweeper.sweep()

    assert await stage(org, case) is Stage.AWAITING_MERCHANT
    assert await verify(org.tenant) == ()


async def test_a_bell_is_left_to_its_workflow_until_it_is_really_late(database: Database) -> None:
    org = await make_org(CLIMBING)
    case = await file(org)
    await advance(org, timedelta(seconds=60))

    await sweeper.sweep()

    assert await stage(org, case) is Stage.SUBMITTED


async def test_a_case_that_cannot_be_struck_is_parked_and_holds_up_no_other(
    database: Database,
) -> None:
    sick, well = await make_org(CLIMBING), await make_org(CLIMBING)
    case, other = await file(sick), await file(well)
    async with database.as_owner() as owner:
        await owner.execute("update case_file set state = '{}' where id = $1", case.case_id)
    for org in (sick, well):
        await advance(org, HOUR)

    await sweeper.sweep()

    assert await stage(well, other) is Stage.AWAITING_MERCHANT
    assert ref(sick, case) not in {wake.case for wake in await wakes.overdue(wakes.LATE)}
    async with tenant_tx(sick.clock) as tx:
        assert await tx.fetchval("select parked_at from wake where case_id = $1", case.case_id)


async def test_a_clock_behind_its_case_and_a_late_bell_are_told_again(
    database: Database, dial: Dial
) -> None:
    org = await make_org(STANDING, CLIMBING)
    behind, level, late = [await file(org) for _ in range(3)]
    for case in (level, late):
        await planned(org, case)
    async with tenant_tx(org.clock) as tx:
        await tx.execute(
            "update wake set wake_at = $2 where case_id = $1", late.case_id, tx.now - HOUR
        )

    await reconciler.reconcile(dial)

    assert [await told(dial, ref(org, case)) for case in (behind, level, late)] == [1, 0, 1]


async def test_a_letter_that_lies_about_is_sent_on_its_way(database: Database, dial: Dial) -> None:
    org = await make_org(STANDING)
    case = await file(org)
    view = await queries.case(org.clock, case.case_id)
    refs = [NoticeRef(tenant=org.tenant, notice=notice.id) for notice in view.notices]
    client = await dial()

    await reconciler.reconcile(dial)
    with pytest.raises(RPCError):
        await client.get_workflow_handle(refs[0].workflow_id).describe()
    await advance(org, HOUR)
    await reconciler.reconcile(dial)
    await reconciler.reconcile(dial)

    for each in refs:
        assert (await client.get_workflow_handle(each.workflow_id).describe()).history_length == 2


async def test_what_was_told_long_ago_is_swept_out_of_the_outbox(
    database: Database, dial: Dial
) -> None:
    org = await make_org(STANDING)
    await file(org)
    async with platform_tx(Login.WORKER) as tx:
        await tx.execute("update outbox set sent_at = clock_timestamp() - interval '8 days'")
    await file(org)

    await reconciler.reconcile(dial)

    async with tenant_tx(org.clock) as tx:
        assert await tx.fetchval("select count(*) from outbox where sent_at is not null") == 0
        assert await tx.fetchval("select count(*) from outbox") == 3


async def test_a_temporal_that_does_not_know_us_is_told_of_every_open_case_once(
    database: Database, temporal: Server, dial: Dial
) -> None:
    org = await make_org(STANDING)
    open_case, closed = await file(org), await file(org)
    await give(org.leo, closed, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))

    await epoch.keep(dial)
    await epoch.keep(dial)

    assert await told(dial, ref(org, open_case)) == 1
    assert await told(dial, ref(org, closed)) == 0
    assert await epoch.theirs(await dial()) == await epoch.ours()


async def test_a_new_epoch_has_everything_told_again(database: Database, dial: Dial) -> None:
    org = await make_org(STANDING)
    case = await file(org)
    await epoch.keep(dial)
    before = await told(dial, ref(org, case))

    assert await rebuild.rebuild(dry_run=True) >= 1
    await epoch.keep(dial)
    assert await told(dial, ref(org, case)) == before

    await rebuild.rebuild(dry_run=False)
    await epoch.keep(dial)
    assert await told(dial, ref(org, case)) == before + 1


async def test_an_interrupted_rebuild_is_done_again(
    database: Database, dial: Dial, monkeypatch: pytest.MonkeyPatch
) -> None:
    await rebuild.begin_epoch()

    async def breaks(_client: Client) -> None:
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(rebuild, "tell_all", breaks)
        with pytest.raises(ConnectionError):
            await epoch.keep(dial)
    assert await epoch.theirs(await dial()) != await epoch.ours()

    await epoch.keep(dial)
    assert await epoch.theirs(await dial()) == await epoch.ours()
