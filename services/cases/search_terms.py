"""What a person types into the search box, as a question to the index."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from uuid import UUID

from services.cases.search_words import PHONE, TOKEN_CHARS_MAX, code, is_signs, runs

TYPED_CHARS_MAX: Final = 100
TERMS_MAX: Final = 8
NUMBER: Final = re.compile(r"(?<!\d)(20\d{2})-?(\d{1,7})$")
A_NUMBER: Final = re.compile(r"\D+(20\d{2})-?(\d{1,7})")
A_PHONE: Final = re.compile(r"(?:\+|00)?(?:86)?(1[3-9]\d{9}|0\d{9,11}|[48]00\d{7})")
BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[\s-]+(?=\d)")
LAST_DIGITS: Final = re.compile(r"\d{4}|\d{7,13}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Something that must be found: runs that follow each other in one text. The first begins where
    a run begins unless it is of Chinese signs, the last may go on. What looks like a phone or like
    a case number with something before it is found as that, too.
    """

    runs: tuple[str, ...]
    phone: str | None = None
    number: str | None = None

    @property
    def phrase(self) -> str:
        """As it stands in a folded text."""
        return ("" if is_signs(self.runs[0]) else " ") + " ".join(self.runs)

    @property
    def found_by_index(self) -> bool:
        """A single letter or digit begins too much: it only narrows what others find."""
        return len("".join(self.runs)) > 1 or is_signs(self.runs[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`index` is a tsquery, which may find more than was asked for: it knows the tokens of a case,
    not their order, nor which of them this reader may be told of. The rest is exact: the folded
    text of a case must be like all of `patterns`, and like each of `either` in one of the ways
    between which stands "|"; None if there are none.
    """

    index: str
    patterns: tuple[str, ...]
    either: tuple[str, ...] | None


def terms(typed: str) -> tuple[Term, ...]:
    """Nothing where so little was typed that it would find nearly everything."""
    kept = unicodedata.normalize("NFKC", typed[:TYPED_CHARS_MAX]).strip()
    found = tuple(term for word in words(kept) if (term := term_of(word)))[:TERMS_MAX]
    return found if any(term.found_by_index for term in found) else ()


def words(typed: str) -> list[str]:
    """What spaces part; those within a phone are only there for the eye."""
    joined = BETWEEN_DIGITS.sub("", typed)
    return [joined] if A_PHONE.fullmatch(joined) else typed.split()


def term_of(word: str) -> Term | None:
    found = runs(word)
    if not found:
        return None
    if number := A_NUMBER.fullmatch(word):
        return Term(runs=found, number=f"{number[1]}{int(number[2])}")
    phone = A_PHONE.fullmatch(word)
    digits = phone[1] if phone else word
    return Term(runs=found, phone=digits if LAST_DIGITS.fullmatch(digits) else None)


def number_in(typed: str) -> str:
    """青消诉2026-1147 · ２０２６-1147 · 20261147 → 2026-1147."""
    found = NUMBER.search(unicodedata.normalize("NFKC", typed[:TYPED_CHARS_MAX]).strip())
    return f"{found[1]}-{int(found[2])}" if found else ""


def question(asked: tuple[Term, ...], tenant: UUID, *, knows: bool) -> Question:
    """`knows`: whether the reader may see phones; who may not finds nothing by them."""
    own = code(tenant)
    index = " & ".join(on_index(one, own, knows=knows) for one in asked if one.found_by_index)
    ways = [in_text(one, knows=knows) for one in asked]
    return Question(
        index=index,
        patterns=tuple(only for only, *others in ways if not others),
        either=tuple("|".join(several) for several in ways if len(several) > 1) or None,
    )


def whole_tokens(term: Term, *, knows: bool) -> list[str]:
    """Other things that the term may mean; they stand in a text as one run, and do not go on."""
    phone = f"{PHONE}{term.phone}" if knows and term.phone else None
    return [token for token in (term.number, phone) if token]


def on_index(term: Term, own: str, *, knows: bool) -> str:
    atoms = " & ".join(f"'{own}{token}'{':*' * open_}" for token, open_ in sought(term.runs))
    also = [f"'{own}{token}'" for token in whole_tokens(term, knows=knows)]
    return f"({' | '.join([f'({atoms})', *also])})"


def in_text(term: Term, *, knows: bool) -> list[str]:
    also = [f"% {token} %" for token in whole_tokens(term, knows=knows)]
    return [f"%{term.phrase}%", *also]


def sought(found: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """Each token, and whether it may go on: a lone sign at the end begins a pair. A single letter
    or digit at the end begins too much.
    """
    for place, run in enumerate(found, start=1):
        last = place == len(found)
        if not is_signs(run):
            if len(run) > 1 or not last:
                yield run[:TOKEN_CHARS_MAX], last
        elif len(run) == 1:
            yield run, last
        else:
            yield from ((first + second, False) for first, second in pairwise(run))
