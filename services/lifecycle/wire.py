"""To and from plain JSON: one reading of the types for events, cases, commands and playbook facts.

`Words` are written as `{"id", "digest"}` and read from that or from a plain string: text that a
person typed never enters the plain form of an event.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from services.lifecycle.case import Case
from services.lifecycle.commands import Command
from services.lifecycle.events import Event
from services.lifecycle.facts import Words
from services.lifecycle.reading import Fault

Plain = Any
TEXT_MAX = 5000
TUPLE_MAX = 50


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
    match value:
        case Words():
            return {"id": str(value.id), "digest": value.digest} if value.id else value.text
        case StrEnum() | str() | bool() | int() | None:
            return value.value if isinstance(value, StrEnum) else value
        case datetime() | date():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Decimal() | UUID():
            return str(value)
        case tuple():
            return [plain(v) for v in value]
        case frozenset():
            return sorted(plain(v) for v in value)
        case _ if is_dataclass(value):
            return {
                f.name: plain(v)
                for f in fields(value)
                if (v := getattr(value, f.name)) is not None and v not in ((), frozenset())
            }
    raise TypeError(type(value).__name__)


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
    found = taken(kind, body, "", faults)
    if faults:
        raise WireFaults(faults)
    return found


@cache
def shape(fact: type) -> Mapping[str, tuple[Any, bool]]:
    """Field name → its type and whether it must be there."""
    hints = get_type_hints(fact)
    return {f.name: (hints[f.name], required(f)) for f in fields(fact)}


def required(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def taken(kind: Any, value: Plain, path: str, faults: list[Fault]) -> Any:
    """`value` as a `kind`; what does not fit is noted with its path and read as None."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        inner = [k for k in get_args(kind) if k is not NoneType]
        return None if value is None else taken(inner[0], value, path, faults)
    if origin in (tuple, frozenset):
        return taken_all(kind, value, path, faults)
    if kind is Words:
        return words(value, path, faults)
    if is_dataclass(kind):
        return taken_fact(kind, value, path, faults)
    try:
        return SCALARS.get(kind, kind)(value)
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
        taken(k, v, f"{path}[{n}]", faults)
        for n, (k, v) in enumerate(zip(kinds, value, strict=False))
    )


def taken_fact(kind: Any, value: Plain, path: str, faults: list[Fault]) -> Any:
    if not isinstance(value, Mapping):
        faults.append(Fault(path=path, code="not_an_object"))
        return None
    before, found = len(faults), {}
    at = f"{path}." if path else ""
    for name, (inner, needed) in shape(kind).items():
        if value.get(name) is not None:
            found[name] = taken(inner, value[name], at + name, faults)
        elif needed and NoneType in get_args(inner):
            found[name] = None
        elif needed and get_origin(inner) in (tuple, frozenset):
            found[name] = get_origin(inner)()
        elif needed:
            faults.append(Fault(path=at + name, code="missing"))
    faults += [
        Fault(path=at + name, code="unknown_key") for name in value if name not in shape(kind)
    ]
    return kind(**found) if len(faults) == before else None


def words(value: Plain, path: str, faults: list[Fault]) -> Words | None:
    match value:
        case str() if not value.strip():
            faults.append(Fault(path=path, code="missing"))
        case str() if len(value) > TEXT_MAX:
            faults.append(Fault(path=path, code="too_long", expected=str(TEXT_MAX)))
        case str() if unfit(value):
            faults.append(Fault(path=path, code="control_characters"))
        case str():
            return Words(text=value)
        case {"id": str(id), "digest": str(digest)}:
            return Words(id=UUID(id), digest=digest)
        case _:
            faults.append(Fault(path=path, code="not_a_text"))
    return None


def unfit(text: str) -> bool:
    """NUL, other controls and lone surrogates: no database keeps them and no page shows them."""
    return any(
        (ord(c) < 32 and c not in "\t\n\r") or c == "\x7f" or 0xD800 <= ord(c) <= 0xDFFF
        for c in text
    )


def whole(value: Plain) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(value)
    number = int(value)
    if abs(number) > 2**31:
        raise ValueError(value)
    return number


def money(value: Plain) -> Decimal:
    """Yuan, as a decimal string of at most two places, not negative, below ten billion."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,10}(\.[0-9]{1,2})?", value):
        raise ValueError(value)
    return Decimal(value)


def instant(value: Plain) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment


def day(value: Plain) -> date:
    found = date.fromisoformat(value)
    if not 1990 <= found.year <= 2100:
        raise ValueError(value)
    return found


def line(value: Plain) -> str:
    if not isinstance(value, str) or len(value) > 500 or unfit(value):
        raise ValueError(value)
    return value


def yes_or_no(value: Plain) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


SCALARS: dict[Any, Callable[[Plain], Any]] = {
    int: whole,
    Decimal: money,
    datetime: instant,
    date: day,
    str: line,
    bool: yes_or_no,
    timedelta: lambda seconds: timedelta(seconds=seconds),
}
