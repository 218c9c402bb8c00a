"""Starts parts in order and stops them in reverse; knows nothing of what they are."""

import asyncio
import contextlib
import signal
import time
from asyncio import Future
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from infra.keeper import Keeper
from infra.logs import appending, writing
from infra.parts import Job, Part, PartFailed, Stage, Tell, line
from infra.processes import kill_group

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


async def supervise(stages: Sequence[Stage], *, tell: Tell, when_ready: Callable[[], None]) -> int:
    """Runs until a stop signal (0) or until a part cannot be started (1)."""
    async with stopping() as stopped:
        up: list[list[Keeper]] = []
        try:
            for stage in stages:
                await unless(stopped, start(stage, up, tell))
                if stopped.is_set():
                    return 0
            when_ready()
            await stopped.wait()
        except PartFailed as failed:
            tell(str(failed))
            return 1
        finally:
            await stop_in_reverse(up, tell)
    return 0


@contextlib.asynccontextmanager
async def stopping() -> AsyncIterator[asyncio.Event]:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, stopped.set)
    try:
        yield stopped
    finally:
        for number in STOP_SIGNALS:
            loop.remove_signal_handler(number)


async def unless(stopped: asyncio.Event, work: Future[Any]) -> None:
    """Waits for the work, and lets go of it when somebody asks us to stop."""
    asked = asyncio.ensure_future(stopped.wait())
    try:
        await asyncio.wait({work, asked}, return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            work.result()
    finally:
        asked.cancel()
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError, PartFailed):
            await work


def start(stage: Stage, up: list[list[Keeper]], tell: Tell) -> Future[Any]:
    keepers = [Keeper(part, tell) for part in stage if isinstance(part, Part)]
    up.append(keepers)
    jobs = [run_once(job, tell) for job in stage if isinstance(job, Job)]
    return asyncio.gather(*(keeper.start() for keeper in keepers), *jobs)


async def stop_in_reverse(up: list[list[Keeper]], tell: Tell) -> None:
    """What needs another part goes before it; what started together stops together."""
    for keepers in reversed(up):
        await asyncio.gather(*(tell_stop(keeper, tell) for keeper in keepers))


async def tell_stop(keeper: Keeper, tell: Tell) -> None:
    began = time.monotonic()
    if await keeper.stop():
        tell(line(keeper.part.name, "stopped", time.monotonic() - began))


async def run_once(job: Job, tell: Tell) -> None:
    began = time.monotonic()
    with appending(job.log) as log, writing(job.output) as output:
        options = job.command.options(log, output)
        process = await asyncio.create_subprocess_exec(*job.command.argv, **options)
        try:
            code = await asyncio.wait_for(process.wait(), job.seconds_max)
        except TimeoutError:
            raise PartFailed(job.name, job.log, f"took over {job.seconds_max:.0f} s") from None
        finally:
            kill_group(process.pid)
        if code:
            raise PartFailed(job.name, job.log, f"ended with {code}")
    tell(line(job.name, "done", time.monotonic() - began))
