"""The worker's own tasks on real servers, inside this process, so that they can be watched."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import uuid4

from temporalio.client import Client, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode

from infra import settings as settings_of
from infra.database import tenant_tx
from infra.settings import Settings
from infra.temporal_server import Server
from services.cases import ledger, queries
from services.cases.receipts import Receipt
from services.lifecycle.commands import Command
from services.lifecycle.kinds import Stage
from services.tenants.seats import Seat
from tests.cases.cast import Org
from tests.database import Database
from tests.infra.mail_server import MailServer
from workflows import worker
from workflows.complaint import ComplaintWorkflow
from workflows.connection import IDENTITY
from workflows.messages import CaseRef

SECONDS_MAX = 20.0
RECORD = "RECORD_HISTORIES"
HISTORIES = Path(__file__).with_name("histories") / version("redress")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The servers of one test, and how our programs are told of them."""

    database: Database
    temporal: Server
    mail: MailServer
    home: Path

    def environment(self) -> dict[str, str]:
        urls = self.database.settings
        return {
            "REDRESS_HOME": str(self.home),
            "REDRESS_DATABASE_URL": urls.app,
            "REDRESS_DATABASE_PUBLIC_URL": urls.public,
            "REDRESS_DATABASE_WORKER_URL": urls.worker,
            "REDRESS_TEMPORAL_ADDRESS": self.temporal.address,
            "REDRESS_SMTP_URL": self.mail.url,
        }

    def settings(self) -> Settings:
        return settings_of.load(self.environment())

    async def client(self) -> Client:
        return await Client.connect(self.temporal.address, identity=IDENTITY)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """A worker is at work; it need not be ready, and neither must its servers be."""
        task = asyncio.create_task(worker.work(self.settings()))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def clock_of(self, case: Receipt, org: Org) -> WorkflowHandle[ComplaintWorkflow, int]:
        client = await self.client()
        ref = CaseRef(tenant=org.tenant, case=case.case_id)
        return client.get_workflow_handle(ref.workflow_id, result_type=int)


async def until(holds: Callable[[], Awaitable[object]], *, seconds: float = SECONDS_MAX) -> None:
    end = time.monotonic() + seconds
    while not await holds():
        assert time.monotonic() < end, f"not within {seconds} s"
        await asyncio.sleep(0.05)


async def until_at(org: Org, case: Receipt, stage: Stage, *, filing: str | None = None) -> None:
    async def there() -> bool:
        plan = await queries.plan(org.tenant, case.case_id)
        return plan.stage is stage and filing in (None, plan.filing)

    await until(there)


async def caught_up(world: World, org: Org, case: Receipt) -> int:
    """Once the case's clock has seen how the case stands, and shows it."""
    clock = await world.clock_of(case, org)
    seen = 0

    async def seen_all() -> bool:
        nonlocal seen
        plan = await queries.plan(org.tenant, case.case_id)
        try:
            seen = await clock.execute_update("sync", plan.seq, result_type=int)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
        return seen >= plan.seq

    await until(seen_all)
    return seen


async def give(seat: Seat, case: Receipt, command: Command) -> Receipt:
    return await ledger.apply(seat, case.number, command, command_id=uuid4())


async def kinds(org: Org, case: Receipt) -> list[str]:
    view = await queries.case(org.clock, case.case_id)
    return [event.kind for event in view.events]


async def advance(org: Org, by: timedelta) -> None:
    async with tenant_tx(org.leo) as tx:
        await tx.execute("update tenant set clock_offset = clock_offset + $1", by)


async def keep(clock: WorkflowHandle[Any, Any], name: str) -> None:
    """Under `make histories`, a completed run joins those that every later version must replay."""
    file = HISTORIES / f"{name}.json"
    if os.environ.get(RECORD) and not file.exists():
        history = await clock.fetch_history()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(history.to_json(), encoding="utf-8")
