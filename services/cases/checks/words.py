"""What people said: every reference leads to its words, unchanged or erased, and none to others."""

from collections.abc import Iterator

from services.cases.checks.dossier import Dossier
from services.cases.checks.findings import Class, Finding
from services.cases.checks.story import Turn
from services.cases.sealing import digest, words_in


def check(dossier: Dossier, turns: tuple[Turn, ...]) -> Iterator[Finding]:
    said = {row["id"]: row for row in dossier.statements}
    for words in (words for turn in turns for words in words_in(turn.event)):
        if words.id is None:
            yield Finding(class_=Class.AUDIT, where=dossier.number, what="words_unsealed")
            continue
        where, row = f"{dossier.number} statement {words.id}", said.pop(words.id, None)
        if row is None:
            yield Finding(class_=Class.LOST, where=where, what="statement_missing")
        elif row["text"] is not None and digest(row["salt"], row["text"]) != words.digest:
            yield Finding(class_=Class.AUDIT, where=where, what="statement_changed")
    for statement_id in said:
        where = f"{dossier.number} statement {statement_id}"
        yield Finding(class_=Class.PHANTOM, where=where, what="statement_of_no_event")
