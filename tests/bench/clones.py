"""Thousands of cases from some dozens that came through the door: cloned by the owner's hand, each
with ids, numbers, words, chain, links and search row of its own, so that `verify` finds nothing.
"""

import asyncio
import random
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import asyncpg

from infra.database import tenant_tx
from services.cases import verify as proof
from services.cases.checks import dossier
from services.tenants import seats
from services.tenants.organisations import Organisation
from tests.bench.clone_rows import TABLES, Template, clone, template
from tests.bench.place import Place, house

BATCH = 250
SAMPLES = 20
DICE = random.Random(20261125)
RELAYED = "update outbox set sent_at = clock_timestamp()"
PLANNED = "update wake set plan_seq = seq"
COUNTED = "update case_counter set last = $2 where tenant_id = $1"
CASES = "select id, number from case_file where tenant_id = $1 order by id"
INSERT = "insert into {0} ({1}) select {1} from jsonb_populate_recordset(null::{0}, $1)"
COLUMNS = """
select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
where attrelid = $1::text::regclass and attnum > 0 and not attisdropped
"""


class NotProven(AssertionError):
    """A clone is not what its events tell: no figure of it would mean anything."""


async def grow(place: Place, name: str, *, cases: int) -> str:
    """That database, with so many cases of the association in it."""
    async with place.inside(name):
        organisation = (await house()).organisation
        async with place.database(name).as_owner() as owner:
            await fill(owner, organisation, cases)
        await prove(organisation)
    async with place.database(name).as_owner() as owner:
        await owner.execute("vacuum analyze")
    return name


async def fill(owner: asyncpg.Connection, organisation: Organisation, cases: int) -> None:
    tenant = organisation.tenant
    await owner.execute(RELAYED)
    await owner.execute(PLANNED)
    found = await owner.fetch(CASES, tenant)
    templates = [await template(owner, tenant, row["id"], row["number"]) for row in found]
    last = max(int(row["number"].split("-")[1]) for row in found)
    columns = {table: await owner.fetchval(COLUMNS, table) for table in TABLES}
    end = last + 1 + cases - len(found)
    batches = [range(at, min(at + BATCH, end)) for at in range(last + 1, end, BATCH)]
    with ProcessPoolExecutor(mp_context=get_context("fork")) as hands:
        for made in hands.map(partial(batch, templates), batches):
            async with owner.transaction():
                for table, rows in made:
                    await owner.execute(INSERT.format(table, columns[table]), f"[{rows}]")
    await owner.execute(COUNTED, tenant, end - 1)


def batch(templates: Sequence[Template], numbers: range) -> list[tuple[str, str]]:
    """For each table the rows of all these cases, in the order in which they need each other."""
    dice = random.Random(numbers.start)
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for number in numbers:
        for table, text in clone(templates[number % len(templates)], number, dice):
            rows[table].append(text)
    return [(table, ",".join(rows[table])) for table in TABLES if rows[table]]


async def prove(organisation: Organisation) -> None:
    """The numbers of all, and a thousand cases from all over, looked at as `redress verify` does.

    Raises `NotProven`."""
    seat = seats.clock(tenant=organisation.tenant)
    async with tenant_tx(seat) as tx:
        ids = [row["id"] for row in await tx.fetch(CASES, organisation.tenant)]
        found = list(proof.numbers(await tx.fetch(proof.NUMBERS, organisation.tenant)))
    starts = ids[:: max(len(ids) // SAMPLES, dossier.BATCH)]
    for after in starts:
        async with tenant_tx(seat) as tx:
            some = await dossier.batch(tx, organisation.tenant, after=after)
            around = await dossier.world(tx, organisation.tenant)
        found += [finding for each in some for finding in proof.check(each, around)]
        await asyncio.sleep(0)
    if found:
        raise NotProven(found[:5])
