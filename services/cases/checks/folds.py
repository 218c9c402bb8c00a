"""What is stored of a case equals what its events add up to."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from infra.database import Record
from services.cases import rows
from services.cases.checks.dossier import Dossier, World
from services.cases.checks.findings import Class, Finding
from services.cases.checks.story import Turn, rules_of
from services.cases.rows import Row, Standing
from services.cases.sealing import filled
from services.lifecycle.agenda import agenda


def check(dossier: Dossier, world: World, turns: tuple[Turn, ...]) -> Iterator[Finding]:
    yield from file_row(dossier, world, turns)
    case = turns[-1].after
    for name, wanted, stored in (
        ("filing", map(rows.filing_row, case.filings), dossier.filings),
        ("offer", map(rows.offer_row, case.offers), dossier.offers),
        ("promise", map(rows.promise_row, case.promises), dossier.promises),
    ):
        yield from same(dossier, name, wanted, stored)


def file_row(dossier: Dossier, world: World, turns: tuple[Turn, ...]) -> Iterator[Finding]:
    last = dossier.events[-1]
    at = Standing(
        tenant=world.tenant,
        id=dossier.id,
        number=dossier.number,
        head=last["hash"],
        overdue_since=None,
        updated_at=last["at"],
    )
    for turn in turns:
        at = replace(at, overdue_since=rows.overdue_after(turn.event, at.overdue_since))
    texts = {row["id"]: row["text"] for row in dossier.statements}
    case = turns[-1].after
    told = filled(case, texts)
    wanted = rows.file_row(case, at, agenda(case, rules_of(case, world)))
    wanted |= {"title": rows.title(told)}
    stored = rows.plain_row(dossier.file)
    for column in wanted:
        if wanted[column] != stored.get(column):
            where = f"{dossier.number} {column}"
            yield Finding(class_=Class.BROKEN_ORDER, where=where, what="not_the_fold")


def same(
    dossier: Dossier, name: str, wanted: Iterable[Row], stored: Iterable[Record]
) -> Iterator[Finding]:
    derived = rows.by_id(wanted)
    kept = rows.by_id(rows.plain_row(row, "tenant_id", "case_id") for row in stored)
    for key in sorted(derived.keys() | kept.keys()):
        if derived.get(key) != kept.get(key):
            where = f"{dossier.number} {name} {key}"
            yield Finding(class_=Class.BROKEN_ORDER, where=where, what="not_the_fold")
