"""Order and chain: no gap, no change, no stranger's hand."""

from collections.abc import Iterator

from services.cases.chain import genesis, link
from services.cases.checks.dossier import Dossier, World
from services.cases.checks.findings import Class, Finding


def check(dossier: Dossier, world: World) -> Iterator[Finding]:
    yield from in_order(dossier)
    yield from chained(dossier, world)
    for row in dossier.events:
        if row["actor"].startswith("person:") and row["actor"] not in world.people:
            yield found(Class.TENANTS, dossier, row["seq"], "actor_of_another_tenant")


def in_order(dossier: Dossier) -> Iterator[Finding]:
    seqs = [row["seq"] for row in dossier.events]
    if seqs != list(range(1, dossier.file["version"] + 1)):
        yield Finding(class_=Class.BROKEN_ORDER, where=dossier.number, what="gap")
    times = [row["at"] for row in dossier.events]
    if times != sorted(times):
        yield Finding(class_=Class.BROKEN_ORDER, where=dossier.number, what="time_runs_back")


def chained(dossier: Dossier, world: World) -> Iterator[Finding]:
    prev = genesis(world.tenant, dossier.id)
    for row in dossier.events:
        if row["prev_hash"] != prev:
            first = row["seq"] == 1
            what = "chain_of_another_case" if first else "chain_broken"
            yield found(Class.TENANTS if first else Class.AUDIT, dossier, row["seq"], what)
        here = link(
            row["prev_hash"],
            seq=row["seq"],
            kind=row["kind"],
            at=row["at"],
            actor=row["actor"],
            role=row["role"],
            command_id=row["command_id"],
            body=row["body"],
        )
        if row["hash"] != here:
            yield found(Class.AUDIT, dossier, row["seq"], "changed")
        prev = row["hash"]
    if dossier.file["head_hash"] != prev:
        yield Finding(class_=Class.AUDIT, where=dossier.number, what="head")


def found(class_: Class, dossier: Dossier, seq: int, what: str) -> Finding:
    return Finding(class_=class_, where=f"{dossier.number} event {seq}", what=what)
