"""What the clock does with news: lost, doubled, late and disordered ones are harmless.

The ledger is played here by a row that the test sets, so that moments can be chosen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from temporalio import activity
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.worker import Worker

from infra.temporal_server import Server
from tests.workflows.clockwork import SECONDS_MAX, keep, until
from tests.workflows.reading import activities
from workflows.complaint import ComplaintWorkflow
from workflows.connection import IDENTITY
from workflows.messages import Carry, CaseRef, Plan

FAR = 3600.0


@dataclass(kw_only=True)
class Row:
    """How the case stands, what was struck, and a door that can be held."""

    seq: int = 1
    finished: bool = False
    wait: float = FAR
    bell: str | None = "merchant/wait/1"
    rings: bool = False
    read: int = 0
    struck: list[str] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)

    @activity.defn(name="attend")
    async def attend(self, case: CaseRef, bell: str | None) -> Plan:
        if bell:
            self.struck.append(bell)
            self.wait, self.seq = FAR, self.seq + 1
        plan = Plan(
            seq=self.seq,
            finished=self.finished,
            wait_seconds=self.wait,
            bell=self.bell,
            stage="submitted",
            ball="association",
        )
        self.read += 1
        await self.open.wait()
        return plan


@dataclass(frozen=True, kw_only=True)
class Desk:
    client: Client
    row: Row
    handle: WorkflowHandle[ComplaintWorkflow, int]

    async def changed(self, seq: int, *, force: bool = False) -> None:
        await self.handle.signal("changed", args=[seq, force])

    async def sync(self, seq: int) -> int:
        async with asyncio.timeout(SECONDS_MAX):
            seen: int = await self.handle.execute_update("sync", seq, result_type=int)
        return seen

    async def reads(self, count: int) -> None:
        async def read() -> bool:
            return self.row.read >= count

        await until(read)


@pytest.fixture
async def client(temporal_server: Server) -> Client:
    return await Client.connect(temporal_server.address, identity=IDENTITY)


@asynccontextmanager
async def clock(
    client: Client, row: Row, *, can_after: int = 200, cached: int = 100
) -> AsyncIterator[Desk]:
    row.open.set()
    case = CaseRef(tenant=uuid4(), case=uuid4())
    queue = case.workflow_id
    async with Worker(
        client,
        task_queue=queue,
        workflows=[ComplaintWorkflow],
        activities=[row.attend],
        max_cached_workflows=cached,
    ):
        handle = await client.start_workflow(
            ComplaintWorkflow.run,
            Carry(case=case, can_after=can_after),
            id=case.workflow_id,
            task_queue=queue,
        )
        yield Desk(client=client, row=row, handle=handle)
        row.finished, row.open = True, set_event()
        await handle.signal("changed", args=[row.seq + 1000, False])
        async with asyncio.timeout(SECONDS_MAX):
            await handle.result()


def set_event() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    return event


async def test_news_that_was_seen_already_is_not_read_again(client: Client) -> None:
    async with clock(client, Row()) as desk:
        desk.row.seq = 7
        assert await desk.sync(7) == 7
        reads = desk.row.read

        for late in (3, 7, 6, 7):
            await desk.changed(late)

        assert await desk.sync(7) == 7
        assert desk.row.read == reads


async def test_the_highest_number_wins_in_whatever_order_they_come(client: Client) -> None:
    async with clock(client, Row()) as desk:
        desk.row.seq = 9
        await desk.changed(9)
        await desk.changed(8)

        assert await desk.sync(9) == 9
        assert desk.row.read <= 3


async def test_a_row_older_than_its_poke_is_not_read_for_ever(client: Client) -> None:
    async with clock(client, Row(seq=4)) as desk:
        await desk.reads(1)
        await desk.changed(50)
        await desk.reads(2)

        assert await desk.sync(50) == 4
        assert desk.row.read == 2


async def test_news_that_comes_while_the_last_plan_is_read_keeps_the_clock_alive(
    client: Client,
) -> None:
    async with clock(client, Row()) as desk:
        await desk.reads(1)
        desk.row.open.clear()
        desk.row.seq, desk.row.finished = 5, True
        await desk.changed(5)
        await desk.reads(2)
        desk.row.seq, desk.row.finished = 6, False  # reopened before the reading has returned
        await desk.changed(6)
        desk.row.open.set()

        assert await desk.sync(6) == 6
        assert (await desk.handle.describe()).status is WorkflowExecutionStatus.RUNNING
    await keep(desk.handle, "reopened-while-read")


async def test_after_a_restore_force_lets_the_rows_be_right_again(client: Client) -> None:
    async with clock(client, Row(seq=50)) as desk:
        assert await desk.sync(50) == 50
        desk.row.seq = 30

        await desk.changed(31)
        assert await desk.sync(50) == 50
        await desk.changed(30, force=True)
        await desk.reads(2)
        desk.row.seq = 31
        await desk.changed(31)
        await desk.reads(3)

        assert await desk.sync(31) == 31
    await keep(desk.handle, "forced")


async def test_a_bell_is_struck_once_when_its_wait_is_over(client: Client) -> None:
    async with clock(client, Row(wait=0.3)) as desk:
        await desk.reads(2)

        assert desk.row.struck == ["merchant/wait/1"]
        assert await desk.sync(2) == 2
    await keep(desk.handle, "struck")


async def test_news_before_the_bell_strikes_nothing(client: Client) -> None:
    async with clock(client, Row(wait=1.0)) as desk:
        await desk.reads(1)
        desk.row.seq, desk.row.wait = 2, FAR
        await desk.changed(2)
        await desk.reads(2)
        await asyncio.sleep(1.2)

        assert desk.row.struck == []


async def test_a_case_with_no_bell_looks_again_and_strikes_nothing(client: Client) -> None:
    async with clock(client, Row(wait=0.2, bell=None)) as desk:
        await desk.reads(3)

        assert desk.row.struck == []
    await keep(desk.handle, "nothing-to-strike")


@pytest.mark.parametrize("cached", [100, 0])
async def test_long_lives_go_on_as_new_and_lose_nothing(client: Client, cached: int) -> None:
    async with clock(client, Row(), can_after=3, cached=cached) as desk:
        for seq in range(2, 12):
            desk.row.seq = seq
            await desk.changed(seq)
            assert await desk.sync(seq) == seq

        first = await desk.client.get_workflow_handle(
            desk.handle.id, run_id=desk.handle.first_execution_run_id
        ).describe()
        assert first.status is WorkflowExecutionStatus.CONTINUED_AS_NEW
        assert desk.row.read <= 17

    last = desk.client.get_workflow_handle(desk.handle.id)
    assert activities(await last.fetch_history()) <= 4
    if cached:
        await keep(desk.client.get_workflow_handle(desk.handle.id, run_id=first.run_id), "went-on")
        await keep(last, "went-on-and-ended")
