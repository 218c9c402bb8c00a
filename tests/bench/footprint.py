"""What the whole product takes: memory of each of its processes, and the seconds of `make up`."""

import asyncio
import json
import tempfile
import time
from asyncio.subprocess import Process
from pathlib import Path

import psutil

from tests.bench.figures import Figure
from tests.bench.place import Place
from tests.bench.sizes import Sizes
from tests.journeys.product import DOWN_SECONDS, UP_SECONDS, started

PARTS = {
    "web": "web.serve",
    "worker": "workflows.worker",
    "PostgreSQL": "postgres",
    "Temporal": "temporal",
    "mail sink": "infra.mail_sink",
}
REST_SECONDS = 3.0
MIB = 1 << 20


async def measure(_: Place, sizes: Sizes) -> list[Figure]:
    """The first start makes the demo association; those after it find everything there."""
    with tempfile.TemporaryDirectory(prefix="redress-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o711)
        first, process = await up(home)
        await down(process)
        warm, process = await up(home)
        await asyncio.sleep(min(REST_SECONDS, sizes.seconds))
        memory = memory_of(process.pid)
        await down(process)
    return [
        Figure(name="make up, first start", ours=first, unit="s"),
        Figure(name="make up, warm", ours=warm, unit="s"),
        *(Figure(name=f"memory of {part}", ours=mib, unit="MiB") for part, mib in memory.items()),
    ]


async def up(home: Path) -> tuple[float, Process]:
    began = time.monotonic()
    process = await started(home)
    assert process.stdout
    line = await asyncio.wait_for(process.stdout.readline(), UP_SECONDS)
    assert json.loads(line)["pages"]
    return time.monotonic() - began, process


async def down(process: Process) -> None:
    process.terminate()
    await asyncio.wait_for(process.wait(), DOWN_SECONDS)


def memory_of(stack: int) -> dict[str, float]:
    """In MiB; what processes share is counted once, in shares."""
    found = dict.fromkeys(PARTS, 0.0)
    for child in psutil.Process(stack).children(recursive=True):
        told = " ".join(child.cmdline())
        part = next((part for part, sign in PARTS.items() if sign in told), None)
        if part:
            found[part] += child.memory_full_info().pss / MIB
    return found
