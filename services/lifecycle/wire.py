"""To and from plain JSON: one reading of the types for events, cases, commands and playbook facts.

`Words` are written as `{"id", "digest"}` and read from that or from a plain string: text that a
person typed never enters the plain form of an event.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from services.lifecycle.case import Case
from services.lifecycle.commands import Command
from services.lifecycle.events import Event
from services.lifecycle.facts import Words
from services.lifecycle.reading import Fault
from services.lifecycle.scalars import SCALARS, Plain, words

Take = Callable[[Plain, str, list[Fault]], Any]
KEEP = object()


class WireFaults(Exception):
    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{f.path}: {f.code}" for f in faults))
        self.faults = tuple(faults)


def kind_of(fact: type) -> str:
    """`RecordFiling` → `record_filing`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", fact.__name__).lower()


EVENTS: dict[str, type[Event]] = {kind_of(t): t for t in get_args(Event)}
COMMANDS: dict[str, type[Command]] = {kind_of(t): t for t in get_args(Command)}


def plain(value: Any) -> Plain:
    """What JSON can hold; fields that are None or at their default empty tuple are left out."""
    return writer(value.__class__)(value)


@cache
def writer(kind: Any) -> Callable[[Any], Plain]:
    """How values of this type are written: found out once."""
    if is_dataclass(kind) and kind is not Words:
        return partial(plain_fact, tuple(f.name for f in fields(kind)))
    for known, write in WRITERS.items():
        if issubclass(kind, known):
            return write
    raise TypeError(kind.__name__)


def plain_fact(names: Sequence[str], fact: Any) -> Plain:
    held = ((name, getattr(fact, name)) for name in names)
    return {
        name: writer(value.__class__)(value)
        for name, value in held
        if value is not None and value not in ((), frozenset())
    }


def as_it_is(value: Any) -> Plain:
    return value


WRITERS: dict[type, Callable[[Any], Plain]] = {
    Words: lambda text: {"id": str(text.id), "digest": text.digest} if text.id else text.text,
    StrEnum: lambda kind: kind.value,
    str: as_it_is,
    int: as_it_is,
    NoneType: as_it_is,
    date: lambda moment: moment.isoformat(),
    timedelta: timedelta.total_seconds,
    Decimal: str,
    UUID: str,
    tuple: lambda values: [plain(each) for each in values],
    frozenset: lambda values: sorted(map(plain, values)),
}
"""The first that fits: a kind is a text, and a truth value a number."""


def event_from(kind: str, body: Mapping[str, Plain]) -> Event:
    event: Event = read(EVENTS[kind], body)
    return event


def case_from(body: Mapping[str, Plain]) -> Case:
    case: Case = read(Case, body)
    return case


def command_from(kind: str, body: Mapping[str, Plain]) -> Command:
    """A command as typed by somebody; raises `WireFaults` with every fault of the body at once."""
    if kind not in COMMANDS:
        raise WireFaults([Fault(path="kind", code="not_one_of", expected=" | ".join(COMMANDS))])
    command: Command = read(COMMANDS[kind], body)
    return command


def read(kind: Any, body: Plain) -> Any:
    faults: list[Fault] = []
    found = reader(kind)(body, "", faults)
    if faults:
        raise WireFaults(faults)
    return found


@cache
def reader(kind: Any) -> Take:
    """How a `kind` is read, found out once. What does not fit is noted with its path, as None."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        [inner, *_] = (k for k in get_args(kind) if k is not NoneType)
        return partial(taken_or_none, reader(inner))
    if origin in (tuple, frozenset):
        return partial(taken_all, kind)
    if kind is Words:
        return words
    if is_dataclass(kind):
        return partial(taken_fact, kind)
    return partial(taken_scalar, kind, SCALARS.get(kind, kind))


def taken_or_none(take: Take, value: Plain, path: str, faults: list[Fault]) -> Any:
    return None if value is None else take(value, path, faults)


def taken_scalar(
    kind: Any, make: Callable[[Plain], Any], value: Plain, path: str, faults: list[Fault]
) -> Any:
    try:
        return make(value)
    except (ValueError, TypeError, InvalidOperation):
        expected = " | ".join(kind) if issubclass(kind, StrEnum) else kind.__name__
        code = "not_one_of" if issubclass(kind, StrEnum) else f"not_a_{kind.__name__.lower()}"
        faults.append(Fault(path=path, code=code, expected=expected))
        return None


def taken_all(kind: Any, value: Plain, path: str, faults: list[Fault]) -> Any:
    make, (item, *more) = get_origin(kind), get_args(kind)
    if not isinstance(value, list | tuple) or len(value) > 100_000:
        faults.append(Fault(path=path, code="not_a_list"))
        return make()
    pair = bool(more) and more[0] is not Ellipsis
    kinds = get_args(kind) if pair else [item] * len(value)
    return make(
        reader(k)(v, f"{path}[{n}]", faults)
        for n, (k, v) in enumerate(zip(kinds, value, strict=False))
    )


@cache
def shape(fact: type) -> Mapping[str, tuple[Any, bool]]:
    """Field name → its type and whether it must be there."""
    hints = get_type_hints(fact)
    return {f.name: (hints[f.name], required(f)) for f in fields(fact)}


def required(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


@cache
def parts(fact: type) -> Mapping[str, tuple[Take, Any]]:
    """Field name → how it is read, and what it is where nothing is said: `MISSING` where something
    must be, `KEEP` where the field has a default.
    """
    return {
        name: (reader(kind), unsaid(kind) if needed else KEEP)
        for name, (kind, needed) in shape(fact).items()
    }


def unsaid(kind: Any) -> Any:
    if NoneType in get_args(kind):
        return None
    origin = get_origin(kind)
    return origin() if origin in (tuple, frozenset) else MISSING


def taken_fact(kind: Any, value: Plain, path: str, faults: list[Fault]) -> Any:
    if not isinstance(value, Mapping):
        faults.append(Fault(path=path, code="not_an_object"))
        return None
    known, before, found = parts(kind), len(faults), {}
    at = f"{path}." if path else ""
    for name, (take, blank) in known.items():
        if (given := value.get(name)) is not None:
            found[name] = take(given, at + name, faults)
        elif blank is MISSING:
            faults.append(Fault(path=at + name, code="missing"))
        elif blank is not KEEP:
            found[name] = blank
    faults += [Fault(path=at + name, code="unknown_key") for name in value if name not in known]
    return kind(**found) if len(faults) == before else None
