"""How text is folded for the search, and what of it the index holds.

Chinese has no spaces: a run of its signs is kept as its pairs of neighbours (and its last sign, so
that every sign begins some token). Letters and digits are kept as the runs they are.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final
from uuid import UUID

SIGNS: Final = "\u2e80-\U0003ffff"
RUNS: Final = re.compile(rf"[0-9]+|(?:(?=[{SIGNS}])[^\W_])+|(?:(?![{SIGNS}0-9])[^\W_])+")
TOKEN_CHARS_MAX: Final = 40
PHONE: Final = "☎"
"""Before a number that is found whole or by its end, and never guessed digit by digit."""


def runs(text: str) -> tuple[str, ...]:
    """Full width and case are folded, whatever is no letter, sign or digit falls away."""
    return tuple(RUNS.findall(unicodedata.normalize("NFKC", text).casefold()))


def is_signs(run: str) -> bool:
    return run[0] >= SIGNS[0]


def kind_of(sign: str) -> str:
    """What runs are made of; nothing for what parts them."""
    if not sign.isalnum():
        return ""
    return "sign" if is_signs(sign) else "digit" if sign in "0123456789" else "letter"


def line(text: str) -> str:
    """One text, its runs apart from each other and from their neighbours."""
    found = runs(text)
    return f" {' '.join(found)} \n" if found else ""


def phone_line(text: str) -> str:
    digits = "".join(sign for sign in text if sign.isdigit())
    return f" {PHONE}{digits} {PHONE}{digits[-4:]} \n" if digits else ""


def tokens(lines: str) -> Iterator[str]:
    for run in lines.split():
        if is_signs(run):
            yield from map("".join, pairwise(run))
            yield run[-1]
        else:
            yield run[:TOKEN_CHARS_MAX]


def code(tenant: UUID) -> str:
    """Begins every token of a house, so that its searches do not wade through its neighbours'."""
    return tenant.hex[-4:]


def vector(tenant: UUID, lines: str) -> str:
    """As PostgreSQL reads a tsvector; signs, letters and digits need no escape."""
    return vector_of(f"{code(tenant)}{token}" for token in tokens(lines))


def vector_of(lexemes: Iterable[str]) -> str:
    return " ".join(f"'{lexeme}'" for lexeme in sorted(set(lexemes)))
