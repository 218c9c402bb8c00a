"""The fields of a command, read from its own types: a form for every act without one by hand."""

import re
from dataclasses import dataclass, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, assert_never, cast, get_args

from services.lifecycle.commands import Command
from services.lifecycle.facts import PlaybookRef, Words
from services.lifecycle.scalars import Plain
from services.lifecycle.wire import plain, shape
from services.wording.language import Language, speaking
from services.wording.say import phrase, vocabulary
from web.forms import Flaw, FormReader

LINES = frozenset({"their_number", "proof.reference"})
CHOSEN = frozenset({"bell"})
SPANS = frozenset({"span"})
BETWEEN = re.compile("[,、] *")
AHEAD = frozenset({"due_on", "fulfil_by", "until"})
"""Days that lie before us; all others tell of the past."""


class Input(StrEnum):
    """What is typed into a field."""

    TEXT = "text"
    LINE = "line"
    DAY = "day"
    MONEY = "money"
    CHOICE = "choice"
    YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """`path` names it in the form, in faults and in the catalogue of words."""

    path: str
    input: Input
    needed: bool
    codes: tuple[StrEnum, ...] = ()


def fields_of(command: type[Command]) -> tuple[Field, ...]:
    return inside(cast("type", command), "")


@cache
def inside(fact: type, at: str, *, needed: bool = True) -> tuple[Field, ...]:
    found: list[Field] = []
    for name, (kind, must) in shape(fact).items():
        fact_type, path = bare(kind), f"{at}{name}"
        must_here = needed and must and NoneType not in get_args(kind)
        if is_dataclass(fact_type) and fact_type not in (Words, PlaybookRef):
            found += inside(bare(kind), f"{path}.", needed=must_here)
        else:
            found.append(field(path, fact_type, needed=must_here))
    return tuple(found)


def bare(kind: Any) -> Any:
    """The type itself where None is allowed too."""
    return next((k for k in get_args(kind) if k is not NoneType), kind)


def field(path: str, kind: Any, *, needed: bool) -> Field:
    codes = tuple(kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else ()
    return Field(path=path, input=input_of(path, kind), needed=needed, codes=codes)


def input_of(path: str, kind: Any) -> Input:
    if kind is Words:
        return Input.LINE if path in LINES else Input.TEXT
    if path in CHOSEN:
        return Input.CHOICE
    typed = {date: Input.DAY, Decimal: Input.MONEY, bool: Input.YES, str: Input.LINE}
    return typed.get(kind, Input.CHOICE)


def read(form: FormReader, fields: tuple[Field, ...], *, today: date) -> dict[str, Plain]:
    """The body of a command; what was left empty is left out, what is wrong is told by the form."""
    body: dict[str, Plain] = {}
    for each in fields:
        value = typed(form, each, today=today)
        if value in (None, ""):
            continue
        *way, last = each.path.split(".")
        inner = body
        for name in way:
            inner = inner.setdefault(name, {})
        inner[last] = value
    return body


def typed(form: FormReader, field: Field, *, today: date) -> Plain:
    name, needed = field.path, field.needed
    match field.input:
        case Input.TEXT:
            return form.text(name, needed=needed)
        case Input.LINE if name in SPANS:
            return as_span(form.line(name, needed=needed))
        case Input.LINE:
            return form.line(name, needed=needed)
        case Input.DAY:
            return plain(form.day(name, today=today, ahead=name in AHEAD, needed=needed))
        case Input.MONEY:
            return plain(form.money(name, needed=needed))
        case Input.YES:
            return form.flag(name)
        case Input.CHOICE:
            return chosen(form, field)
        case _:
            assert_never(field.input)


def chosen(form: FormReader, field: Field) -> str:
    """Closed sets are asked here; what names a person, an offer or a bell, where it is known."""
    value = form.line(field.path)
    if value and field.codes and value not in field.codes:
        form.fault(field.path, Flaw.NOT_A_CHOICE)
    elif field.needed and not value and not form.faults_of(field.path):
        form.fault(field.path, Flaw.CHOICE_MISSING)
    return value


def as_span(text: str) -> str:
    """5个工作日 as the rules write it; what is no such thing is left for the law to refuse."""
    found = next(((word, unit) for word, unit in units() if text.endswith(word)), None)
    return f"{text.removesuffix(found[0]).strip()} {found[1]}" if found else text


@cache
def units() -> tuple[tuple[str, str], ...]:
    """As they are written in any of our languages: the longest first, for some end like others."""
    found: list[tuple[str, str]] = []
    for language in Language:
        with speaking(language):
            for unit in vocabulary()["SpanUnit"]:
                words = BETWEEN.split(phrase("SpanUnit", unit))
                found += [(word, unit.replace("_", " ")) for word in words]
    return tuple(sorted(found, key=lambda each: -len(each[0])))
