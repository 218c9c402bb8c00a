"""Bells: never early, never twice, always under their own name, and none forgotten."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from services.cases import rows
from services.cases.checks.dossier import Dossier, World
from services.cases.checks.findings import Class, Finding
from services.cases.checks.story import Turn, rules_of
from services.cases.rows import bell_id, deadline_rows, wake_row
from services.lifecycle.agenda import agenda
from services.lifecycle.bells import Bell
from services.lifecycle.strike import strike

LATE: Final = timedelta(minutes=3)


def check(dossier: Dossier, world: World, turns: tuple[Turn, ...]) -> Iterator[Finding]:
    yield from rung(dossier, world, turns)
    case = turns[-1].after
    yield from owed(dossier, world, agenda(case, rules_of(case, world)))
    yield from woken(dossier, turns[-1], agenda(case, rules_of(case, world)))


def rung(dossier: Dossier, world: World, turns: tuple[Turn, ...]) -> Iterator[Finding]:
    seen: set[str] = set()
    for turn, row in zip(turns, dossier.events, strict=True):
        bell, due, where = turn.event.bell, turn.event.due, f"{dossier.number} {turn.event.bell}"
        if bell is None or turn.before is None:
            continue
        if bell in seen:
            yield Finding(class_=Class.DEADLINES, where=where, what="rang_twice")
        seen.add(bell)
        if due is None or turn.event.at < due:
            yield Finding(class_=Class.DEADLINES, where=where, what="rang_early")
        elif not strike(turn.before, bell, now=row["at"], rules=rules_of(turn.before, world)):
            yield Finding(class_=Class.DEADLINES, where=where, what="rang_unowed")
        if row["command_id"] != bell_id(world.tenant, dossier.id, bell):
            yield Finding(class_=Class.DOUBLED, where=where, what="bell_under_another_name")


def owed(dossier: Dossier, world: World, bells: tuple[Bell, ...]) -> Iterator[Finding]:
    derived = deadline_rows(bells, tenant=world.tenant, case_id=dossier.id)
    wanted = {row["key"]: row for row in derived}
    stored = {row["key"]: rows.plain_row(row, "tenant_id", "case_id") for row in dossier.deadlines}
    for key in sorted(wanted.keys() | stored.keys()):
        if wanted.get(key) != stored.get(key):
            where = f"{dossier.number} {key}"
            yield Finding(class_=Class.DEADLINES, where=where, what="not_as_derived")
    for row in dossier.deadlines:
        if max(row["wake_at"], dossier.file["updated_at"]) < world.now - LATE:
            where = f"{dossier.number} {row['key']}"
            yield Finding(class_=Class.DEADLINES, where=where, what="did_not_ring")


def woken(dossier: Dossier, last: Turn, bells: tuple[Bell, ...]) -> Iterator[Finding]:
    wanted = wake_row(last.after, bells, dossier.id)
    stored = [
        {name: cell for name, cell in rows.plain_row(row).items() if name in wanted}
        for row in dossier.wakes
    ]
    if stored != [wanted]:
        yield Finding(class_=Class.STRANDED, where=dossier.number, what="wake")
