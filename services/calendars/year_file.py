"""From the text of a year file to a `Year`, or to every fault at once.

A file speaks of its own year only. An announcement that also moves days of the December before it
is loaded as two files: the new year, and a new version of the old one.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from services.lifecycle.calendars import SATURDAY, Year
from services.lifecycle.reading import Fault, Reader

BYTES_MAX: Final = 64 * 1024
DAYS_OFF_TOGETHER_MAX: Final = 15
YEARS: Final = range(2000, 2101)
_CODE: Final = re.compile(r"[a-z][a-z_]{0,39}")


class YearFaults(Exception):
    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.path}: {fault.code}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """One `[[off]]` of the file."""

    path: str
    code: str
    name: str
    days: tuple[date, ...]
    makeup: tuple[date, ...]


def read(text: bytes) -> Year:
    """Raises `YearFaults`."""
    if len(text) > BYTES_MAX:
        raise YearFaults((Fault(path="", code="too_long", expected=f"{BYTES_MAX} bytes"),))
    try:
        table = tomllib.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise YearFaults((Fault(path="", code="not_utf8", expected="UTF-8"),)) from None
    except (ValueError, RecursionError) as error:
        raise YearFaults((Fault(path="", code="not_toml", expected=str(error)),)) from None
    return parse(table)


def parse(table: Mapping[str, Any]) -> Year:
    """Raises `YearFaults` with every fault."""
    faults: list[Fault] = []
    top = Reader(table=table, path="", faults=faults)
    number, version = _number(top, "year", YEARS), _number(top, "version", range(1, 1000))
    source = _words(top, "source")
    published_on = _day(top, "published_on", top.raw("published_on", date))
    holidays = top.each("off", _holiday)
    top.done()
    if not holidays:
        top.wrong("off", "missing", "[[off]]")
    faults += _contradictions(holidays, number)
    if faults or published_on is None:
        raise YearFaults(tuple(faults))
    return Year(
        number=number,
        version=version,
        off={day: holiday.code for holiday in holidays for day in holiday.days},
        makeup=frozenset(day for holiday in holidays for day in holiday.makeup),
        names={holiday.code: holiday.name for holiday in holidays},
        source=source,
        published_on=published_on,
    )


def _holiday(row: Reader) -> Holiday:
    code, name = _words(row, "code"), _words(row, "name")
    if code and not _CODE.fullmatch(code):
        row.wrong("code", "not_a_code", "national_day")
    first, last = (_day(row, key, row.raw(key, date)) for key in ("from", "to"))
    makeup = [
        _day(row, f"makeup[{n}]", day) for n, day in enumerate(row.raw("makeup", list, []) or [])
    ]
    return Holiday(
        path=row.path,
        code=code,
        name=name,
        days=_stretch(row, first, last) if first and last else (),
        makeup=tuple(day for day in makeup if day),
    )


def _stretch(row: Reader, first: date, last: date) -> tuple[date, ...]:
    days = (last - first).days + 1
    if days < 1:
        row.wrong("to", "before_from", str(first))
    if days > DAYS_OFF_TOGETHER_MAX:
        row.wrong("to", "too_many_days", str(DAYS_OFF_TOGETHER_MAX))
        return ()
    return tuple(first + timedelta(days=n) for n in range(days))


def _contradictions(holidays: tuple[Holiday, ...], number: int) -> Iterator[Fault]:
    seen: set[date] = set()
    names: dict[str, str] = {}
    for holiday in holidays:
        for day in holiday.days + holiday.makeup:
            if day.year != number and number in YEARS:
                yield Fault(path=holiday.path, code="other_year", expected=f"{number}, not {day}")
            if day in seen:
                yield Fault(path=holiday.path, code="day_twice", expected=str(day))
            seen.add(day)
        for day in holiday.makeup:
            if day.weekday() < SATURDAY:
                yield Fault(path=f"{holiday.path}.makeup", code="not_a_weekend", expected=str(day))
        if names.setdefault(holiday.code, holiday.name) != holiday.name:
            yield Fault(path=f"{holiday.path}.name", code="two_names", expected=names[holiday.code])


def _number(reader: Reader, key: str, allowed: range) -> int:
    number = reader.raw(key, int)
    if number is not None and number not in allowed:
        reader.wrong(key, "out_of_range", f"{allowed[0]} … {allowed[-1]}")
    return number or 0


def _words(reader: Reader, key: str) -> str:
    words = reader.text(key)
    if key in reader.table and not words.strip():
        reader.wrong(key, "missing", "str")
    return words


def _day(reader: Reader, key: str, value: object) -> date | None:
    """A TOML date; one with a time of day is a fault, though Python calls it a date too."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if value is not None:
        reader.wrong(key, "not_a_date", "2026-10-01")
    return None
