"""From the outbox to Temporal: grouped, shared, leased, and told again when in doubt."""

import asyncio
from uuid import UUID

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client

from infra.database import Login, Record, platform_tx, tenant_tx
from infra.temporal_server import Server
from services.cases.receipts import Receipt
from services.lifecycle import commands as c
from tests.cases.cast import Org, file, make_org
from tests.database import Database
from tests.lifecycle.cast import words
from tests.workflows.clockwork import give
from tests.workflows.ladders import STANDING
from workflows import relay
from workflows.connection import Dial
from workflows.messages import CaseRef

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def dial(temporal_server: Server) -> Dial:
    client = await Client.connect(temporal_server.address)

    async def connected() -> Client:
        return client

    return connected


@pytest.fixture(autouse=True)
async def empty_outbox(database: Database) -> None:
    async with database.as_owner() as owner:
        await owner.execute("delete from outbox")


async def standing() -> Org:
    return await make_org(STANDING)


async def rows(org: Org) -> list[Record]:
    async with tenant_tx(org.clock) as tx:
        return await tx.fetch("select * from outbox order by id")


async def all_sent(dial: Dial) -> None:
    async with asyncio.timeout(20):
        while await relay.relay(dial):
            pass


async def signals(dial: Dial, org: Org, case: Receipt) -> list[list[bytes]]:
    ref = CaseRef(tenant=org.tenant, case=case.case_id)
    history = await (await dial()).get_workflow_handle(ref.workflow_id).fetch_history()
    return [
        [
            payload.data
            for payload in event.workflow_execution_signaled_event_attributes.input.payloads
        ]
        for event in history.events
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED
    ]


async def test_a_case_is_told_once_with_its_highest_number(dial: Dial) -> None:
    org = await standing()
    case = await file(org)
    await give(org.ana, case, c.Note(text=words()))
    await give(org.ana, case, c.TakeOn())

    await all_sent(dial)

    last = max(row["seq"] for row in await rows(org))
    assert await signals(dial, org, case) == [[str(last).encode(), b"false"]]
    assert all(row["sent_at"] and row["attempts"] == 1 for row in await rows(org))


async def test_letters_go_their_own_way_and_stay_one(dial: Dial) -> None:
    org = await standing()
    await file(org)
    await all_sent(dial)
    async with platform_tx(Login.WORKER) as tx:
        await tx.execute("update outbox set sent_at = null, leased_until = null")

    await all_sent(dial)

    letters = [row for row in await rows(org) if row["kind"] == "notice"]
    client = await dial()
    for row in letters:
        handle = client.get_workflow_handle(f"notice/{org.tenant}/{row['ref']}")
        described = await handle.describe()
        assert described.run_id == (await handle.fetch_history()).run_id
    assert len(letters) == 2


async def test_several_relays_take_each_row_once(dial: Dial) -> None:
    org = await standing()
    cases = [await file(org) for _ in range(6)]

    await asyncio.gather(*(all_sent(dial) for _ in range(4)))

    assert all(row["sent_at"] and row["attempts"] == 1 for row in await rows(org))
    for case in cases:
        assert len(await signals(dial, org, case)) == 1


async def test_a_relay_that_died_after_telling_is_followed_by_another_and_does_no_harm(
    dial: Dial,
) -> None:
    org = await standing()
    case = await file(org)
    leased = await relay.lease()
    await relay.tell(await dial(), leased)  # and here it dies, before it could mark anything

    assert await relay.lease() == []
    async with platform_tx(Login.WORKER) as tx:
        await tx.execute("update outbox set leased_until = clock_timestamp()")
    await all_sent(dial)

    assert len(await signals(dial, org, case)) == 2
    assert all(row["sent_at"] and row["attempts"] == 2 for row in await rows(org))


async def test_a_tenant_with_a_thousand_changes_holds_up_nobody(dial: Dial) -> None:
    loud, quiet = await standing(), await standing()
    storm, one = await file(loud), await file(quiet)
    await all_sent(dial)
    await add(loud, storm.case_id, count=1000)
    await add(quiet, one.case_id, count=1)

    batch = await relay.lease()

    assert len(batch) == relay.BATCH
    assert [row["case_id"] for row in batch].count(one.case_id) == 1


async def test_what_temporal_does_not_take_stays_and_is_tried_again(dial: Dial) -> None:
    org = await standing()
    case = await file(org)
    client = await dial()
    deaf = await Client.connect(
        client.service_client.config.target_host, namespace="no-such-namespace", lazy=True
    )

    async def to_nobody() -> Client:
        return deaf

    with pytest.raises(relay.NotAllTold):
        await relay.relay(to_nobody)
    assert all(row["sent_at"] is None and row["leased_until"] is None for row in await rows(org))

    await all_sent(dial)
    assert len(await signals(dial, org, case)) == 1


async def add(org: Org, case: UUID, *, count: int) -> None:
    async with tenant_tx(org.clock) as tx:
        await tx.execute(
            "insert into outbox (tenant_id, case_id, kind, seq) "
            "select $1, $2, 'case', n from generate_series(1, $3::integer) n",
            *(org.tenant, case, count),
        )
