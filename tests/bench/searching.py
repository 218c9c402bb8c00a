"""Chinese words looked for in the ledger, beside one case read by its key in the same kind of
transaction: of one seat, put on record.
"""

import itertools
from functools import partial
from uuid import UUID

from infra.database import tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.cases.search import search
from tests.bench.clones import CASES, DICE, grow
from tests.bench.figures import Figure, Run, figures
from tests.bench.load import in_turn, load
from tests.bench.place import House, Place, house
from tests.bench.sizes import Sizes
from tests.bench.vocabulary import ANSWERS, FAULTS, GOODS, TRADES

WORDS = [*GOODS, *FAULTS, *TRADES, *ANSWERS, *map(" ".join, zip(GOODS, FAULTS, strict=False))]
BY_KEY = "select * from case_file where tenant_id = $1 and id = $2"


async def measure(place: Place, sizes: Sizes) -> list[Figure]:
    found: list[Figure] = []
    for cases in (sizes.few, sizes.many):
        async with place.inside(await place.grown(cases, grow)):
            home = await house()
            async with tenant_tx(home.manager) as tx:
                ids = [row["id"] for row in await tx.fetch(CASES, home.organisation.tenant)]
            runs = await in_turn(
                partial(look_for, home, sizes),
                partial(read_by_key, home, ids, sizes),
                rounds=sizes.rounds,
            )
        found += figures(f"search, {cases:,} cases", *runs)
    return found


async def look_for(home: House, sizes: Sizes) -> Run:
    words = itertools.cycle(DICE.sample(WORDS, len(WORDS)))

    async def once() -> None:
        await search(home.manager, next(words))

    return await load([once], count=sizes.reads)


async def read_by_key(home: House, ids: list[UUID], sizes: Sizes) -> Run:
    chosen = itertools.cycle(DICE.choices(ids, k=sizes.reads))

    async def once() -> None:
        async with tenant_tx(home.manager) as tx:
            row = await tx.fetchrow(BY_KEY, home.organisation.tenant, next(chosen))
            assert row is not None
            await chain.record(tx, Kind.CASE_READ, {"case": row["id"]})

    return await load([once], count=sizes.reads)
