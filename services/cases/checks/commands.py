"""One name, one effect: every command has exactly the events that its receipt tells of."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from uuid import UUID

from services.cases.checks.dossier import Dossier
from services.cases.checks.findings import Class, Finding


def check(dossier: Dossier) -> Iterator[Finding]:
    did: defaultdict[UUID, list[int]] = defaultdict(list)
    for row in dossier.events:
        did[row["command_id"]].append(row["seq"])
    for row in dossier.commands:
        done, told = Counter(did.pop(row["id"], ())), Counter(row["receipt"]["seqs"])
        where = f"{dossier.number} command {row['id']}"
        if told - done:
            yield Finding(class_=Class.LOST, where=where, what="receipt_without_event")
        if done - told:
            yield Finding(class_=Class.DOUBLED, where=where, what="event_beyond_receipt")
        if row["receipt"]["number"] != dossier.number:
            yield Finding(class_=Class.TENANTS, where=where, what="receipt_of_another_case")
    for command_id in did:
        where = f"{dossier.number} command {command_id}"
        yield Finding(class_=Class.PHANTOM, where=where, what="event_without_command")
