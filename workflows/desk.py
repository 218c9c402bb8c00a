"""Where news is handed in: signal-with-start, so that a case has a clock from its first event."""

from datetime import timedelta
from typing import Final

from temporalio.client import Client
from temporalio.common import (
    Priority,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)

from workflows.complaint import ComplaintWorkflow
from workflows.messages import QUEUE, Carry, CaseRef, NoticeRef
from workflows.notice import NoticeWorkflow
from workflows.search_attributes import of_tenant

PATIENCE: Final = timedelta(seconds=5)
URGENT, ORDINARY, PATIENT = 1, 3, 5


async def poke(
    client: Client, case: CaseRef, seq: int, *, force: bool = False, priority: int = ORDINARY
) -> None:
    """Tell the case's clock that it changed up to `seq`, and start it if it has none."""
    await client.start_workflow(
        ComplaintWorkflow.run,
        Carry(case=case),
        id=case.workflow_id,
        task_queue=QUEUE,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        start_signal="changed",
        start_signal_args=[seq, force],
        static_summary=f"complaint {case.case}",
        search_attributes=TypedSearchAttributes([of_tenant(case.tenant)]),
        priority=Priority(priority_key=priority, fairness_key=str(case.tenant)),
        rpc_timeout=PATIENCE,
    )


async def dispatch(client: Client, notice: NoticeRef) -> None:
    """Start the way of one letter; if it is on its way already, it stays one letter."""
    await client.start_workflow(
        NoticeWorkflow.run,
        notice,
        id=notice.workflow_id,
        task_queue=QUEUE,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        static_summary=f"notice {notice.notice}",
        search_attributes=TypedSearchAttributes([of_tenant(notice.tenant)]),
        priority=Priority(priority_key=ORDINARY, fairness_key=str(notice.tenant)),
        rpc_timeout=PATIENCE,
    )
