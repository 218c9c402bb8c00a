"""What `redress days` answers: a day or an instant and a span in, a date or a coded error out."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from services.lifecycle.calendars import Calendar
from services.lifecycle.deadlines import ASIA_SHANGHAI, deadline
from services.lifecycle.spans import Roll, Span, SpanFault, half_width

YEARS: Final = range(1990, 2200)
_ECHO_CHARS_MAX: Final = 80
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_parse_span: Final = lru_cache(maxsize=1024)(Span.parse)


class FromWhy(StrEnum):
    UNREADABLE = "from_unreadable"
    OUT_OF_RANGE = "from_out_of_range"
    NOT_TWO_COLUMNS = "line_not_from_tab_span"


class FromFault(ValueError):
    def __init__(self, code: FromWhy) -> None:
        super().__init__(code)
        self.code = code


def answer(from_: str, span: str, *, calendar: Calendar, roll: Roll = Roll.NONE) -> dict[str, Any]:
    """Raises `FromFault` or `SpanFault`. An instant without an offset is Shanghai's."""
    found = deadline(trigger(from_), _parse_span(span), calendar=calendar, roll=roll)
    assert found is not None, "only a pause holds a clock, and here is none"
    due = found.last_day or found.due.astimezone(ASIA_SHANGHAI)
    return {
        "from": from_.strip(),
        "span": span.strip(),
        "due": due.isoformat(),
        "provisional": found.provisional,
        "roll": roll.value,
        "skipped": [{"day": skip.day.isoformat(), "why": skip.why} for skip in found.skipped],
    }


def answers(
    lines: Iterable[str], *, calendar: Calendar, roll: Roll = Roll.NONE
) -> Iterator[dict[str, Any]]:
    """One for each line of FROM<tab>SPAN, in order; a bad line is answered by its error."""
    for line in lines:
        given = line.rstrip("\r\n")
        try:
            yield answer(*_columns(given), calendar=calendar, roll=roll)
        except (FromFault, SpanFault) as fault:
            yield {"error": fault.code.value, "line": given[:_ECHO_CHARS_MAX]}


def trigger(text: str) -> date | datetime:
    plain = half_width(text.strip())
    try:
        moment = _moment(plain)
    except ValueError:
        raise FromFault(FromWhy.UNREADABLE) from None
    if moment.year not in YEARS:
        raise FromFault(FromWhy.OUT_OF_RANGE)
    return moment


def _moment(plain: str) -> date | datetime:
    if _DAY.fullmatch(plain):
        return date.fromisoformat(plain)
    if not _INSTANT.fullmatch(plain):
        raise FromFault(FromWhy.UNREADABLE)
    moment = datetime.fromisoformat(plain)
    return moment if moment.tzinfo else moment.replace(tzinfo=ASIA_SHANGHAI)


def _columns(line: str) -> tuple[str, str]:
    match line.split("\t"):
        case [from_, span]:
            return from_, span
        case _:
            raise FromFault(FromWhy.NOT_TWO_COLUMNS)
