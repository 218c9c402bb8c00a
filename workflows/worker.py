"""`python -m workflows.worker`: keeps the clocks, and tells Temporal what the ledger recorded.

Its tasks need neither Temporal nor PostgreSQL to begin: each waits for what it needs."""

import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import AsyncIterator, Coroutine
from datetime import timedelta
from typing import Any, Final, Never

from temporalio.client import Client
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig
from temporalio.worker import Worker

from infra import storage
from infra.database import Login, open_pools
from infra.listening import listen
from infra.readiness import announce_ready
from infra.settings import Settings, load
from infra.settings_reading import Faults
from services.drafts import keeping
from services.tenants import keys
from workflows import epoch, leftovers, reconciler, relay, seals, searchable, sweeper, viewing
from workflows.activities import attend
from workflows.complaint import ComplaintWorkflow
from workflows.connection import Dial, connect
from workflows.mailroom import Mailroom
from workflows.marker import EpochWorkflow
from workflows.messages import MAIL_QUEUE, QUEUE
from workflows.notice import NoticeWorkflow
from workflows.registration import register
from workflows.steady import rest, steadily
from workflows.telling import AWAY, set_up, tell

STOP: Final = (signal.SIGTERM, signal.SIGINT)
GRACE: Final = timedelta(seconds=3)
STICKY: Final = timedelta(seconds=2)
CACHED_MAX: Final = 2000
ATTEND_AT_ONCE: Final = 5  # fewer than the connections of one pool
LETTERS_AT_ONCE: Final = 10
SHORTLY: Final = timedelta(milliseconds=500)
HOURLY: Final = timedelta(hours=1)


def main() -> int:
    set_up()
    try:
        return asyncio.run(run(load()))
    except Faults as faults:
        sys.stderr.write(f"{faults}\n")
        return 2


async def run(settings: Settings) -> int:
    """0 after SIGTERM; 1 when the work itself has ended, which it never should."""
    _ = settings.temporal, settings.database  # whose faults are told before anything begins
    keys.use(settings)
    storage.use(settings)
    stopped = asyncio.Event()
    for number in STOP:
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with pools(settings, stopped):
        working = asyncio.create_task(work(settings))
        asked = asyncio.create_task(stopped.wait())
        announce()
        await asyncio.wait({working, asked}, return_when=asyncio.FIRST_COMPLETED)
        working.cancel()
        (ended,) = await asyncio.gather(working, return_exceptions=True)
    if stopped.is_set():
        return 0
    assert isinstance(ended, BaseException)
    tell("worker", ended)
    return 1


def announce() -> None:
    """To the supervisor, and to whoever reads our output."""
    announce_ready()
    sys.stdout.write(json.dumps({"ready": True}) + "\n")
    sys.stdout.flush()


async def work(settings: Settings) -> None:
    """For ever: a task that fails begins again, and whatever is away is waited for."""
    async with asyncio.TaskGroup() as group:
        connecting = group.create_task(connect(settings.temporal, runtime=metrics(settings)))

        async def dial() -> Client:
            return await asyncio.shield(connecting)

        for each in tasks(settings, dial):
            group.create_task(each)


def tasks(settings: Settings, dial: Dial) -> tuple[Coroutine[Any, Any, Never], ...]:
    news, pieces = asyncio.Event(), asyncio.Event()
    url = settings.database.url(Login.WORKER)
    return (
        steadily("listen", lambda: listen(url, relay.CHANNEL, lambda _: news.set()), every=SHORTLY),
        steadily(
            "hear", lambda: listen(url, viewing.CHANNEL, lambda _: pieces.set()), every=SHORTLY
        ),
        steadily("viewing", viewing.draw_owed, every=viewing.EVERY, woken=pieces),
        steadily("undrawn", viewing.catch_up, every=HOURLY),
        steadily("relay", lambda: relay.relay(dial), every=relay.EVERY, woken=news),
        steadily("sweeper", sweeper.sweep, every=sweeper.EVERY),
        steadily("reconciler", lambda: reconciler.reconcile(dial), every=reconciler.EVERY),
        steadily("seals", lambda: seals.seal(settings), every=seals.EVERY),
        steadily("leftovers", leftovers.clear, every=leftovers.EVERY),
        steadily("searchable", searchable.catch_up, every=searchable.EVERY),
        steadily("drafts", keeping.erase_old, every=HOURLY),
        steadily("epoch", lambda: epoch.keep(dial), every=epoch.EVERY),
        steadily("workflows", lambda: serve(settings, dial), every=SHORTLY),
    )


async def serve(settings: Settings, dial: Dial) -> None:
    """Workflows and activities, until one of them fails for good or we are asked to stop."""
    client = await dial()
    await register(client)
    async with asyncio.TaskGroup() as group:
        for worker in workers(client, Mailroom(settings)):
            group.create_task(worker.run())


def workers(client: Client, mailroom: Mailroom) -> tuple[Worker, Worker]:
    clock = Worker(
        client,
        task_queue=QUEUE,
        workflows=[ComplaintWorkflow, NoticeWorkflow, EpochWorkflow],
        activities=[attend],
        max_concurrent_activities=ATTEND_AT_ONCE,
        max_cached_workflows=CACHED_MAX,
        sticky_queue_schedule_to_start_timeout=STICKY,
        graceful_shutdown_timeout=GRACE,
    )
    post = Worker(
        client,
        task_queue=MAIL_QUEUE,
        activities=[mailroom.deliver],
        max_concurrent_activities=LETTERS_AT_ONCE,
        graceful_shutdown_timeout=GRACE,
    )
    return clock, post


@contextlib.asynccontextmanager
async def pools(settings: Settings, stopped: asyncio.Event) -> AsyncIterator[None]:
    """Waits for as long as PostgreSQL is away, or until we are asked to stop."""
    async with contextlib.AsyncExitStack() as stack:
        while not stopped.is_set():
            try:
                await stack.enter_async_context(open_pools(settings.database, (Login.WORKER,)))
                break
            except AWAY as error:
                tell("pools", error)
                await rest(1.0, stopped)
        yield


def metrics(settings: Settings) -> Runtime | None:
    """Temporal's own, for Prometheus; the product's are told by the pages."""
    if settings.worker_metrics is None:
        return None
    exposed = PrometheusConfig(
        bind_address=settings.worker_metrics,
        counters_total_suffix=True,
        unit_suffix=True,
        durations_as_seconds=True,
    )
    return Runtime(telemetry=TelemetryConfig(metrics=exposed))


if __name__ == "__main__":
    sys.exit(main())
