"""What the lexicon says: each row of the data files as a rule, and the codes that people read."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from services.tone.folded import WIDE, fold


class Kind(StrEnum):
    """What is the matter with some words; the JSON of `redress tone` calls it their class."""

    INSULT = "insult"
    CONCLUSION = "conclusion"
    EXAGGERATION = "exaggeration"
    EMOTION = "emotion"
    THREAT = "threat"
    ATTITUDE = "attitude"
    SLANG = "slang"
    RHETORIC = "rhetoric"
    ADDRESS = "address"
    VAGUE = "vague"
    FORM = "form"
    LAW = "law"
    PRIVACY = "privacy"


class Severity(StrEnum):
    """`BLOCK` keeps a letter from leaving unattended; the others only advise."""

    BLOCK = "block"
    WARN = "warn"
    NUDGE = "nudge"


class Ground(StrEnum):
    """Why some words do harm, one sentence each in the catalogues."""

    INSULT = "insult"
    CONCLUSION = "conclusion"
    EXAGGERATION = "exaggeration"
    EMOTION = "emotion"
    THREAT = "threat"
    ATTITUDE = "attitude"
    SLANG = "slang"
    EXTORTION = "extortion"
    HARM = "harm"
    DESPAIR = "despair"
    EXPOSING_PEOPLE = "exposing_people"
    SIGNS = "signs"
    RHETORIC = "rhetoric"
    SECOND_PERSON = "second_person"
    VAGUE_TIME = "vague_time"
    VAGUE_AMOUNT = "vague_amount"
    LONG_SENTENCE = "long_sentence"
    DEGREE_ADVERBS = "degree_adverbs"
    UNLISTED_LAW = "unlisted_law"
    REPEALED_LAW = "repealed_law"
    PRIVATE_NUMBER = "private_number"
    HOUSE_WORD = "house_word"


class Advice(StrEnum):
    """What to do where another wording alone does not do."""

    NAME_THE_ACT = "name_the_act"
    UNLESS_PROVEN = "unless_proven"
    WITHOUT_LEGAL_BASIS = "without_legal_basis"
    MAY_TOUCH_CONSUMER_STATUS = "may_touch_consumer_status"
    CALL_FOR_SAFETY = "call_for_safety"
    SOMEBODY_LISTENS = "somebody_listens"
    BELONGS_TO_REPORT = "belongs_to_report"
    FINES_ARE_THEIRS = "fines_are_theirs"
    SAY_THE_PROBLEM = "say_the_problem"
    MAKE_IT_A_STATEMENT = "make_it_a_statement"
    KEEP_REPORT_APART = "keep_report_apart"
    GIVE_THE_DAY = "give_the_day"
    GIVE_THE_NUMBER = "give_the_number"
    GIVE_THE_PROOF = "give_the_proof"
    ONE_FACT_A_SENTENCE = "one_fact_a_sentence"
    SAY_HOW_MUCH = "say_how_much"
    CHECK_THE_ARTICLE = "check_the_article"
    CITE_WHAT_HOLDS = "cite_what_holds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`instead`: wordings that say it calmly, the empty one for leaving it out; none where only
    the writer can know. `pattern`: how it is said, not which words (domain.md 9.4).
    """

    name: str
    kind: Kind
    severity: Severity
    ground: Ground
    pattern: bool = False
    forms: tuple[str, ...] = ()
    like: re.Pattern[str] | None = None
    facts: tuple[re.Pattern[str], ...] = ()
    instead: tuple[str, ...] = ()
    advice: Advice | None = None
    makes: str | None = None
    verify: str | None = None
    measure: str | None = None
    undated: bool = False
    unproven: bool = False


def word(
    *forms: str, kind: Kind, severity: Severity = Severity.NUDGE, instead: tuple[str, ...] = ()
) -> Rule:
    """A word that an association adds to ours."""
    folded = tuple(fold(form).text for form in forms)
    return Rule(
        name=forms[0],
        kind=kind,
        severity=severity,
        ground=Ground.HOUSE_WORD,
        forms=folded,
        instead=instead,
    )


@cache
def rules() -> tuple[Rule, ...]:
    """Words before patterns: of two that fit the same text, the word says more."""
    words, patterns = loaded("words.toml"), loaded("patterns.toml")
    return (
        *(rule(row, pattern=False) for row in words["word"]),
        *(rule(row, pattern=True) for row in patterns["pattern"]),
    )


def rule(row: Mapping[str, Any], *, pattern: bool) -> Rule:
    forms = row.get("forms", ())
    return Rule(
        name=row.get("name") or forms[0],
        kind=Kind(row["class"]),
        severity=Severity(row["severity"]),
        ground=Ground(row.get("ground", row["class"])),
        pattern=pattern,
        forms=tuple(fold(form).text for form in forms),
        like=compiled(row["like"]) if "like" in row else None,
        facts=tuple(map(compiled, row.get("facts", ()))),
        instead=tuple(row.get("instead", ())),
        advice=Advice(row["advice"]) if "advice" in row else None,
        makes=row.get("makes"),
        verify=row.get("verify"),
        measure=row.get("measure"),
        undated=row.get("undated", False),
        unproven=row.get("unproven", False),
    )


def compiled(pattern: str) -> re.Pattern[str]:
    """Patterns meet folded text: what is wide in them is made narrow, too."""
    return re.compile(pattern.translate(WIDE))


@cache
def loaded(name: str) -> Mapping[str, Any]:
    file = files("services.tone") / name
    return tomllib.loads(file.read_text(encoding="utf-8"))
