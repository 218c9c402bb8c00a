"""People who press buttons as fast as they are answered, and rounds of ours and bare in turn."""

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable, Sequence

import psutil

from tests.bench.figures import Run, middle, run_of

Once = Callable[[], Awaitable[object]]
Round = Callable[[], Awaitable[Run]]
ROUNDS = 5


async def load(users: Sequence[Once], *, count: int, pid: int | None = None) -> Run:
    """So many presses in all, the same number by each user, as fast as they are answered."""
    process = psutil.Process(pid) if pid else None
    took: list[float] = []

    async def one(press: Once) -> None:
        for _ in range(count // len(users)):
            began = time.perf_counter()
            await press()
            took.append((time.perf_counter() - began) * 1000)

    used, began = cpu_of(process), time.perf_counter()
    await asyncio.gather(*map(one, users))
    wall = time.perf_counter() - began
    return run_of(took, wall_seconds=wall, cpu_seconds=cpu_of(process) - used)


def cpu_of(process: psutil.Process | None) -> float:
    if process is None:
        return 0.0
    times = process.cpu_times()
    return float(times.user + times.system)


async def in_turn(ours: Round, bare: Round, *, rounds: int = ROUNDS) -> tuple[Run, Run]:
    """Ours, bare, ours, bare …: what else the machine does meets both alike."""
    found: tuple[list[Run], list[Run]] = ([], [])
    for number, measure in itertools.islice(enumerate(itertools.cycle((ours, bare))), 2 * rounds):
        found[number % 2].append(await measure())
    return middle(found[0]), middle(found[1])
