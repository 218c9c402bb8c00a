"""How late bells ring: all at once, at rising rates, and a thousand at one midnight."""

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median
from uuid import uuid4

from infra.database import tenant_tx
from services.cases import rebuild
from services.lifecycle.deadlines import ASIA_SHANGHAI
from tests.bench.bare_clock import QUEUE, BareWorkflow
from tests.bench.clocks import (
    Clocks,
    Rang,
    clocks,
    few_at_once,
    org_of,
    rang_of,
    rate,
    sent,
    taken_on,
    until_rung,
)
from tests.bench.figures import Figure, percentile
from tests.bench.place import PATIENCE_SECONDS, Place
from tests.bench.sizes import Sizes
from tests.cases.cast import Org
from tests.workflows.clockwork import until

EACH, APART = 4, 0.06
"""So often each clock rings in a burst, so many seconds apart: more comes than can be done."""
FACTOR = 5
"""A burst may take that much longer than its gap before the bench gives up."""


async def measure(place: Place, sizes: Sizes) -> list[Figure]:
    async with clocks(place) as with_clocks:
        ours, bare = await bursts(with_clocks, sizes)
        found = [Figure(name="bells at saturation", ours=ours, unit="/s", bare=bare)]
        for share in sizes.rates:
            found += await paced(sizes, share, ours)
        found += await midnight(sizes)
        return found


async def bursts(clocks: Clocks, sizes: Sizes) -> tuple[float, float]:
    """All of them at once, ours and bare in turn: the median rate of each."""
    first, gap = sizes.settling, sizes.gap
    rings = [gap * place + APART * ring for place in range(sizes.rounds) for ring in range(EACH)]
    org = await org_of(*(minutes(first + after) for after in rings))
    cases = await taken_on(org, sizes.bells)
    began = time.time()
    await few_at_once([partial(sent, org, case) for case in cases])
    dues = [began + first + gap / 2 + after for after in rings]
    await few_at_once([partial(start_bare, clocks, dues)] * len(cases))
    count = sizes.bells * sizes.rounds * EACH
    await until_rung(org, cases, count, seconds=FACTOR * (first + gap * sizes.rounds))
    await until(partial(written, clocks, count), seconds=max(FACTOR * gap, PATIENCE_SECONDS))
    ours = by_burst(await rang_of(org, cases), sizes, began)
    return median(map(rate, ours)), median(
        map(rate, by_burst(bare_rang(clocks), sizes, began + gap / 2))
    )


async def written(clocks: Clocks, count: int) -> bool:
    return len(clocks.book.read_text().splitlines()) >= count


def minutes(seconds: float) -> str:
    return f"{seconds / 60:.4f} minutes"


async def start_bare(clocks: Clocks, dues: list[float]) -> None:
    name = f"bare/{uuid4()}"
    await clocks.client.start_workflow(BareWorkflow.run, dues, id=name, task_queue=QUEUE)


def bare_rang(clocks: Clocks) -> list[Rang]:
    lines = (line.split() for line in clocks.book.read_text().splitlines())
    return [
        Rang(due=datetime.fromtimestamp(float(due), UTC), at=datetime.fromtimestamp(float(at), UTC))
        for due, at in lines
    ]


def by_burst(rang: Sequence[Rang], sizes: Sizes, began: float) -> list[list[Rang]]:
    """Each belongs to the burst that begins last before it is due."""
    bursts: list[list[Rang]] = [[] for _ in range(sizes.rounds)]
    for one in rang:
        since = one.due.timestamp() - began - sizes.settling
        bursts[min(int(since // sizes.gap), sizes.rounds - 1)].append(one)
    return [burst for burst in bursts if burst]


async def paced(sizes: Sizes, share: float, saturation: float) -> list[Figure]:
    """So many a second, evenly: how late the middle one and the hundredth are."""
    pace = share * saturation
    count = max(int(pace * sizes.seconds), 2)
    org = await org_of(minutes(sizes.settling))
    cases = await taken_on(org, count)
    began = time.monotonic()
    for place, case in enumerate(cases):
        await asyncio.sleep(max(began + place / pace - time.monotonic(), 0))
        await sent(org, case)
    await until_rung(org, cases, count, seconds=FACTOR * (sizes.settling + sizes.seconds))
    half = "half" if share == 0.5 else f"{share:.0%}"
    return late(f"bells, {half} of saturation", await rang_of(org, cases))


async def midnight(sizes: Sizes) -> list[Figure]:
    """Every one due as the day ends, and asked for within its first minute."""
    org = await org_of("1 days")
    cases = await taken_on(org, sizes.midnight)
    await few_at_once([partial(sent, org, case) for case in cases])
    await move_to_midnight(org, before=sizes.settling * 2)
    await rebuild.poke_all(org.tenant)
    await until_rung(org, cases, len(cases), seconds=FACTOR * (60 + 2 * sizes.settling))
    return late("bells, a busy midnight", await rang_of(org, cases, spread=True))


async def move_to_midnight(org: Org, *, before: float) -> None:
    """The clock of the house is put on to shortly before the end of tomorrow."""
    async with tenant_tx(org.clock) as tx:
        local = tx.now.astimezone(ASIA_SHANGHAI)
        end = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=2)
        by = end - timedelta(seconds=before) - local
        await tx.execute("update tenant set clock_offset = clock_offset + $1", by)


def late(name: str, rang: Sequence[Rang]) -> list[Figure]:
    found = [one.late for one in rang]
    return [
        Figure(name=f"{name}: p50 late", ours=percentile(found, 50), unit="s"),
        Figure(name=f"{name}: p99 late", ours=percentile(found, 99), unit="s"),
    ]
