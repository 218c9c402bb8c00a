"""Single values as they come in plain JSON: each is read strictly, or refused with its reason."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.lifecycle.facts import Words
from services.lifecycle.reading import Fault

Plain = Any
TEXT_MAX = 5000


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
