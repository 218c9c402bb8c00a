"""The least that a bell can cost: a workflow that waits and runs one activity that does nothing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from temporalio import activity, workflow

QUEUE: Final = "bench-bare"
PATIENCE: Final = timedelta(seconds=6)
SHORTEST: Final = timedelta(milliseconds=1)


@workflow.defn(name="bare")
class BareWorkflow:
    @workflow.run
    async def run(self, dues: list[float]) -> None:
        """`dues`: seconds of the epoch, one after another."""
        for due in dues:
            wait = timedelta(seconds=due) - timedelta(seconds=workflow.now().timestamp())
            await workflow.sleep(max(wait, SHORTEST))
            await workflow.execute_activity("nothing", due, start_to_close_timeout=PATIENCE)


class Book:
    """Writes down when it was asked for, and does nothing else."""

    def __init__(self, file: Path) -> None:
        self.file = file.open("a", buffering=1)

    @activity.defn(name="nothing")
    async def nothing(self, due: float) -> None:
        self.file.write(f"{due} {datetime.now(UTC).timestamp()}\n")
