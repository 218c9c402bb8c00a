"""The letters posted are those that the events owe, and what was sent was proven."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from services.cases.checks.dossier import Dossier, World
from services.cases.checks.findings import Class, Finding
from services.cases.checks.story import Turn, rules_of
from services.notices.owed import owed

RELAYED_WITHIN: Final = timedelta(minutes=5)


def check(dossier: Dossier, world: World, turns: tuple[Turn, ...]) -> Iterator[Finding]:
    wanted = {
        notice.id: notice
        for turn in turns
        for notice in owed(
            turn.after,
            turn.event,
            tenant=world.tenant,
            case_id=dossier.id,
            rules=rules_of(turn.after, world),
            by=turn.role,
        )
    }
    for row in dossier.notices:
        where = f"{dossier.number} notice {row['id']}"
        if wanted.pop(row["id"], None) is None:
            yield Finding(class_=Class.MESSAGES, where=where, what="owed_by_no_event")
        if row["state"] == "sent" and not (row["message_id"] and row["proof"] and row["sent_at"]):
            yield Finding(class_=Class.MESSAGES, where=where, what="sent_without_proof")
    for notice in wanted.values():
        where = f"{dossier.number} event {notice.seq} {notice.letter.name}"
        yield Finding(class_=Class.MESSAGES, where=where, what="not_posted")


def relayed(dossier: Dossier, world: World) -> Iterator[Finding]:
    for row in dossier.outbox:
        if row["sent_at"] is None and row["created_at"] < world.real_now - RELAYED_WITHIN:
            where = f"{dossier.number} outbox {row['id']}"
            yield Finding(class_=Class.STRANDED, where=where, what="not_relayed")
    for row in dossier.wakes:
        if row["parked_at"] is not None:
            yield Finding(class_=Class.STRANDED, where=dossier.number, what="parked")
