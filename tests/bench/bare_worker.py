"""`python -m tests.bench.bare_worker ADDRESS FILE`: bare clocks, with our worker's options."""

import asyncio
import sys
from pathlib import Path

from temporalio.client import Client
from temporalio.worker import Worker

from tests.bench.bare_clock import QUEUE, BareWorkflow, Book
from workflows.worker import ATTEND_AT_ONCE, CACHED_MAX, GRACE, STICKY


async def main() -> None:
    worker = Worker(
        await Client.connect(sys.argv[1]),
        task_queue=QUEUE,
        workflows=[BareWorkflow],
        activities=[Book(Path(sys.argv[2])).nothing],
        max_concurrent_activities=ATTEND_AT_ONCE,
        max_cached_workflows=CACHED_MAX,
        sticky_queue_schedule_to_start_timeout=STICKY,
        graceful_shutdown_timeout=GRACE,
    )
    await worker.run()


if __name__ == "__main__":
    asyncio.run(main())
