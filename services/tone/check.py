"""Tone help: which words get in a complaint's way, why, and what says the same calmly.

It finds and suggests; what is done about it is the writer's (ux.md 3.1, domain.md 9)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from services.tone import law
from services.tone.exempt import is_careful, is_fact, is_given, quotes
from services.tone.folded import Folded, fold
from services.tone.measures import MEASURES, has_birth_date
from services.tone.rules import Advice, Ground, Kind, Rule, Severity, rules

WORST: Final = (Severity.BLOCK, Severity.WARN, Severity.NUDGE)
COST: Final = {Severity.BLOCK: 20, Severity.WARN: 8, Severity.NUDGE: 3}
PATTERN_COST: Final = 5
SHOWN_MAX: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`start` in code points of the text as it was written; `suggest`: wordings to take, the empty
    one for leaving the words out, none where only the writer knows better.
    """

    text: str
    start: int
    rule: str
    kind: Kind
    severity: Severity
    ground: Ground
    suggest: tuple[str, ...]
    advice: Advice | None
    cost: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """Everything that was found, in the order of the text, and a score of 0 to 100."""

    findings: tuple[Finding, ...]
    score: int

    @property
    def blocks(self) -> bool:
        """Such a text does not leave unattended (design.md 4)."""
        return any(found.severity is Severity.BLOCK for found in self.findings)


@dataclass(frozen=True, slots=True)
class Hit:
    rule: Rule
    start: int
    end: int

    @property
    def weight(self) -> tuple[int, int, bool, int]:
        """Of two that share a sign, the graver stands, then the longer, then the word."""
        return (
            WORST.index(self.rule.severity),
            self.start - self.end,
            self.rule.pattern,
            self.start,
        )


@dataclass(frozen=True, slots=True)
class Book:
    """The rules by how they look: words by their first sign, and the rest."""

    words: dict[str, tuple[tuple[str, Rule], ...]]
    patterns: tuple[Rule, ...]
    measures: tuple[Rule, ...]


def check(text: str, *, extra: tuple[Rule, ...] = (), laws: frozenset[str] | None = None) -> Tone:
    """`extra`: the association's own words (`rules.word`). `laws`: the articles that its playbook
    knows, "民法典 582"; without them only what is repealed is told.
    """
    folded = fold(text)
    theirs = quotes(folded.text)
    standing = [
        hit for hit in hits(folded.text, book(extra)) if stands(hit, folded.text, theirs, laws)
    ]
    found = [finding(hit, text, folded) for hit in apart(standing, len(folded.text))]
    return Tone(
        findings=tuple(sorted(found, key=lambda f: (f.start, -f.end))),
        score=max(0, 100 - sum(f.cost for f in found)),
    )


@lru_cache(maxsize=64)
def book(extra: tuple[Rule, ...]) -> Book:
    words: dict[str, tuple[tuple[str, Rule], ...]] = {}
    everything = (*extra, *rules())
    for rule in everything:
        for form in rule.forms:
            words[form[0]] = (*words.get(form[0], ()), (form, rule))
    return Book(
        words,
        patterns=tuple(rule for rule in everything if rule.like),
        measures=tuple(rule for rule in everything if rule.measure),
    )


def hits(text: str, book: Book) -> Iterator[Hit]:
    for start, sign in enumerate(text):
        for form, rule in book.words.get(sign, ()):
            if text.startswith(form, start):
                yield Hit(rule, start, start + len(form))
    for rule in book.patterns:
        if rule.like:
            yield from (Hit(rule, *found.span()) for found in rule.like.finditer(text))
    for rule in book.measures:
        if rule.measure:
            yield from (Hit(rule, *span) for span in MEASURES[rule.measure](text))


def stands(hit: Hit, text: str, theirs: bytearray, laws: frozenset[str] | None) -> bool:
    rule, start, end = hit.rule, hit.start, hit.end
    if rule.kind is not Kind.PRIVACY and all(theirs[start:end]):
        return False
    return (
        is_verified(rule, text[start:end], laws)
        and not is_given(rule, text, start, end)
        and not is_fact(rule, text, start, end)
        and not is_careful(rule, text, start)
    )


def is_verified(rule: Rule, words: str, laws: frozenset[str] | None) -> bool:
    match rule.verify:
        case "unlisted_law":
            return law.is_unlisted(words, laws)
        case "repealed_law":
            return law.is_repealed(words)
        case "birth_date":
            return has_birth_date(words)
        case _:
            return True


def apart(standing: list[Hit], length: int) -> Iterator[Hit]:
    """No sign is told of twice, save that a whole sentence or paragraph may be, besides."""
    taken = bytearray(length)
    for hit in sorted(standing, key=lambda hit: hit.weight):
        if hit.rule.measure:
            yield hit
        elif not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
            yield hit


def gravest(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """At most three, in the order of the text: more at once helps nobody."""
    worst = sorted(findings, key=lambda each: (WORST.index(each.severity), each.start))
    return tuple(sorted(worst[:SHOWN_MAX], key=lambda each: each.start))


def finding(hit: Hit, text: str, folded: Folded) -> Finding:
    rule = hit.rule
    start, end = folded.span(hit.start, hit.end)
    blocks = rule.severity is Severity.BLOCK
    return Finding(
        text=text[start:end],
        start=start,
        rule=rule.name,
        kind=rule.kind,
        severity=rule.severity,
        ground=rule.ground,
        suggest=suggested(rule, text[start:end]),
        advice=rule.advice,
        cost=PATTERN_COST if rule.pattern and not blocks else COST[rule.severity],
    )


def suggested(rule: Rule, words: str) -> tuple[str, ...]:
    match rule.makes:
        case "one_sign":
            return (words[0],)
        case "one_stop":
            return ("。",)
        case "masked":
            return (f"{words[:3]}{'*' * (len(words) - 7)}{words[-4:]}",)
        case _:
            return rule.instead
