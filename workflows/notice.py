"""The way of one letter. A mail server that is away for a week delays it, and nothing else."""

from datetime import timedelta
from typing import Final

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from workflows.messages import MAIL_QUEUE, NoticeRef

PATIENCE: Final = timedelta(seconds=60)
PULSE: Final = timedelta(seconds=6)
PERSISTENCE: Final = RetryPolicy(
    initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5)
)


@workflow.defn(name="notice")
class NoticeWorkflow:
    @workflow.run
    async def run(self, notice: NoticeRef) -> str:
        """In the end it was sent, it failed for good, or it was not to be sent any more."""
        state: str = await workflow.execute_activity(
            "deliver",
            notice,
            result_type=str,
            task_queue=MAIL_QUEUE,
            start_to_close_timeout=PATIENCE,
            heartbeat_timeout=PULSE,
            retry_policy=PERSISTENCE,
        )
        workflow.set_current_details(state)
        return state
