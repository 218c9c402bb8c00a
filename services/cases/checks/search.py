"""What can be found of a case is what was said in it and is not erased."""

import re
from collections.abc import Iterator
from typing import Final

from services.cases import search_row
from services.cases.checks.dossier import Dossier, World
from services.cases.checks.findings import Class, Finding
from services.cases.checks.story import Turn
from services.cases.sealing import filled

LEXEME: Final = re.compile(r"'([^']*)'")


def check(dossier: Dossier, world: World, turns: tuple[Turn, ...]) -> Iterator[Finding]:
    if not dossier.searches:
        yield Finding(class_=Class.LOST, where=dossier.number, what="not_searchable")
    texts = {row["id"]: row["text"] for row in dossier.statements}
    wanted = search_row.row(
        (filled(turn.event, texts) for turn in turns),
        number=dossier.number,
        tenant=world.tenant,
        closed=turns[-1].after.closed_at is not None,
    )
    for row in dossier.searches:
        stored = {**row, "tsv": lexemes(row["tsv"])}
        for column in wanted:
            told = wanted[column] if column != "tsv" else lexemes(wanted[column])
            if stored[column] != told:
                where = f"{dossier.number} search {column}"
                yield Finding(class_=Class.BROKEN_ORDER, where=where, what="not_the_fold")


def lexemes(vector: str) -> frozenset[str]:
    return frozenset(LEXEME.findall(vector))
