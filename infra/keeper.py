"""One server, kept alive from its start to our stop."""

import asyncio
import contextlib
import time
from asyncio.subprocess import Process
from subprocess import SubprocessError

from infra.logs import appending
from infra.parts import Part, PartFailed, Tell, line
from infra.processes import StartFailed, kill_group

POLL_SECONDS = 0.05
TRIES_BEFORE_READY = 3
BACKOFF_SECONDS = (0.2, 0.4, 0.8, 1.6, 3.2, 5.0)
STEADY_SECONDS = 10.0


class Keeper:
    def __init__(self, part: Part, tell: Tell) -> None:
        self.part = part
        self.tell = tell
        self.process: Process | None = None
        self.was_ready = asyncio.Event()
        self.failures = 0
        self.task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Returns once the part is ready; a part that fails before that fails us."""
        self.task = asyncio.create_task(self.keep())
        ready = asyncio.create_task(self.was_ready.wait())
        try:
            await asyncio.wait({self.task, ready}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ready.cancel()
        if self.task.done():
            self.task.result()

    async def keep(self) -> None:
        while True:
            began = time.monotonic()
            try:
                why = await self.live_once(began)
            except (OSError, StartFailed, SubprocessError) as error:
                why = f"could not be started ({error})"
            if not self.was_ready.is_set() and self.failures + 1 >= TRIES_BEFORE_READY:
                raise PartFailed(self.part.name, self.part.log, why)
            if time.monotonic() - began > STEADY_SECONDS:
                self.failures = 0
            pause = BACKOFF_SECONDS[min(self.failures, len(BACKOFF_SECONDS) - 1)]
            self.failures += 1
            self.tell(f"  {self.part.name} {why}; again in {pause} s. Its log: {self.part.log}")
            await asyncio.sleep(pause)

    async def live_once(self, began: float) -> str:
        """One life, told as the end of a sentence about how it ended."""
        await asyncio.to_thread(self.part.prepare)
        with appending(self.part.log) as log:
            command = self.part.command
            process = await asyncio.create_subprocess_exec(*command.argv, **command.options(log))
        self.process = process
        in_time = await self.until_ready(process, began)
        if not in_time:
            kill_group(process.pid)
        code = await process.wait()
        kill_group(process.pid)
        return f"ended with {code}" if in_time else "was not ready in time"

    async def until_ready(self, process: Process, began: float) -> bool:
        """True as soon as it is ready, and also when it has ended, which its code tells."""
        while process.returncode is None:
            if await asyncio.to_thread(self.part.ready, process.pid):
                self.tell(line(self.part.name, "ready", time.monotonic() - began))
                self.was_ready.set()
                return True
            if time.monotonic() - began > self.part.ready_seconds_max:
                return False
            await asyncio.sleep(POLL_SECONDS)
        return True

    async def stop(self) -> bool:
        """Asks, waits, and then insists; True if there was something to stop."""
        if self.task:
            self.task.cancel()
            with contextlib.suppress(asyncio.CancelledError, PartFailed):
                await self.task
        process = self.process
        if process is None or process.returncode is not None:
            return False
        process.send_signal(self.part.command.stop_with)
        try:
            await asyncio.wait_for(process.wait(), self.part.command.grace_seconds)
        except TimeoutError:
            self.tell(f"{self.part.name} did not stop when asked, and is killed")
        kill_group(process.pid)
        await process.wait()
        return True
