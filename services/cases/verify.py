"""The look at the ledger that proves it: every case of a tenant told again and compared."""

from collections.abc import Iterator
from uuid import UUID

from infra.database import Record, tenant_tx
from services.cases.checks import (
    bells,
    chain,
    commands,
    evidence,
    folds,
    letters,
    search,
    words,
)
from services.cases.checks.dossier import Dossier, World, batch, world
from services.cases.checks.findings import Class, Finding
from services.cases.checks.story import story
from services.tenants import seats

__all__ = ["Class", "Finding", "verify"]

NUMBERS = """
select year, coalesce(c.last, 0) as last, coalesce(f.given, '{}') as given
from (select year, last from case_counter where tenant_id = $1) c full join (
    select split_part(number, '-', 1)::integer as year,
        array_agg(split_part(number, '-', 2)::integer) as given
    from case_file where tenant_id = $1 group by 1
) f using (year)
"""


async def verify(tenant: UUID) -> tuple[Finding, ...]:
    """Nothing means that everything is as its events tell."""
    seat = seats.clock(tenant=tenant)
    async with tenant_tx(seat) as tx:
        findings = list(numbers(await tx.fetch(NUMBERS, tenant)))
    after: UUID | None = None
    while True:
        async with tenant_tx(seat) as tx:
            dossiers = await batch(tx, tenant, after=after)
            around = await world(tx, tenant)
        if not dossiers:
            return tuple(findings)
        findings += [found for each in dossiers for found in check(each, around)]
        findings += await evidence.files(seat, dossiers)
        after = dossiers[-1].id


def check(dossier: Dossier, around: World) -> Iterator[Finding]:
    yield from chain.check(dossier, around)
    yield from commands.check(dossier)
    yield from letters.relayed(dossier, around)
    turns = story(dossier)
    if not turns:
        yield Finding(class_=Class.BROKEN_ORDER, where=dossier.number, what="makes_no_sense")
        return
    yield from folds.check(dossier, around, turns)
    yield from bells.check(dossier, around, turns)
    yield from words.check(dossier, turns)
    yield from search.check(dossier, around, turns)
    yield from letters.check(dossier, around, turns)
    yield from evidence.check(dossier, turns)


def numbers(years: list[Record]) -> Iterator[Finding]:
    """Those of a year run from one to the counter without a gap."""
    for row in years:
        year, last, given = row["year"], row["last"], row["given"]
        for number in sorted(set(range(1, last + 1)).difference(given)):
            yield Finding(class_=Class.LOST, where=f"{year}-{number}", what="number_missing")
        for number in sorted(number for number in given if number > last):
            yield Finding(class_=Class.PHANTOM, where=f"{year}-{number}", what="number_not_given")
