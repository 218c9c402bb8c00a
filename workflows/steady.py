"""Work that is done again and again for as long as the worker lives, whatever goes wrong."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final, Never

from workflows.telling import tell

BACKOFF_SECONDS: Final = (0.2, 0.5, 1.0, 2.0, 4.0)
Work = Callable[[], Awaitable[object]]


async def steadily(
    name: str, work: Work, *, every: timedelta, woken: asyncio.Event | None = None
) -> Never:
    """A fault is told and the work tried again, sooner than its turn would be. Work that answers
    True has more to do at once; `woken` calls it before its time.
    """
    failures = 0
    while True:
        if woken:
            woken.clear()
        try:
            more = await work()
            failures = 0
            pause = 0.0 if more is True else every.total_seconds()
        except Exception as error:  # noqa: BLE001 - no fault of one task ends the worker
            tell(name, error, failures=failures)
            pause = min(BACKOFF_SECONDS[min(failures, 4)], every.total_seconds())
            failures += 1
        await rest(pause, None if failures else woken)


async def rest(seconds: float, woken: asyncio.Event | None) -> None:
    if woken is None:
        await asyncio.sleep(seconds)
        return
    try:
        async with asyncio.timeout(seconds):
            await woken.wait()
    except TimeoutError:
        return
