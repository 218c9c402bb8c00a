"""Is this the Temporal that we told of our cases? A marker in it and a row of ours must agree; a
wiped Temporal has no marker, and a restored database or another cluster has another one.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

import structlog
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError, RPCStatusCode

from infra.database import Login, platform_tx
from workflows import rebuild
from workflows.connection import Dial
from workflows.marker import EpochWorkflow
from workflows.messages import QUEUE
from workflows.registration import register

log = structlog.get_logger()
EVERY: Final = timedelta(seconds=2)
PATIENCE: Final = timedelta(seconds=5)
MARKER: Final = "redress/epoch"
OURS = "select id from epoch order by made_at desc limit 1"


async def keep(dial: Dial) -> None:
    """A Temporal that does not know us is told everything; the marker comes last, so that what was
    interrupted is done again.
    """
    client = await dial()
    epoch = await ours()
    if await theirs(client) == epoch:
        return
    log.warning("temporal_is_new", epoch=str(epoch))
    await register(client)
    told = await rebuild.tell_all(client)
    await mark(client, epoch)
    log.info("rebuilt", cases=told.cases, notices=told.notices)


async def ours() -> UUID:
    async with platform_tx(Login.WORKER) as tx:
        found: UUID | None = await tx.fetchval(OURS)
    return found or await rebuild.begin_epoch()


async def theirs(client: Client) -> UUID | None:
    try:
        marker = await client.get_workflow_handle(MARKER).describe(rpc_timeout=PATIENCE)
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise
    if marker.status is not WorkflowExecutionStatus.RUNNING:
        return None
    return UUID(await marker.memo_value("epoch", type_hint=str))


async def mark(client: Client, epoch: UUID) -> None:
    await client.start_workflow(
        EpochWorkflow.run,
        id=MARKER,
        task_queue=QUEUE,
        memo={"epoch": str(epoch)},
        id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING,
        static_summary="which epoch of the ledger this Temporal was told of",
        rpc_timeout=PATIENCE,
    )
