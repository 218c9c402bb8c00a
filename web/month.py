"""A span on a calendar: each day that counted is ticked, each that did not says why."""

from calendar import Calendar as Weeks
from dataclasses import dataclass
from datetime import date

from services.lifecycle.counting import Reason
from services.lifecycle.deadlines import DayOf, Deadline, explain
from services.wording.numbers import say_month
from services.wording.say import phrase
from services.wording.spans import say_counted, say_skipped

MONTHS_MAX = 4
"""Longer spans are told in words: nobody counts half a year day by day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """One day: `sign` for the eye, `told` for whoever listens; days outside the span have none."""

    day: date
    look: str = "out"
    sign: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """`weeks` begin on Monday, those of the span alone; a square of another month is None."""

    title: str
    weeks: tuple[tuple[Square | None, ...], ...]


def months(deadline: Deadline) -> tuple[Month, ...]:
    lines = {each.day: each for each in explain(deadline)}
    firsts = tuple(dict.fromkeys(day.replace(day=1) for day in lines))
    if len(firsts) > MONTHS_MAX:
        return ()
    return tuple(month(first, lines) for first in firsts)


def month(first: date, lines: dict[date, DayOf]) -> Month:
    weeks = Weeks().monthdatescalendar(first.year, first.month)
    return Month(
        title=say_month(first),
        weeks=tuple(
            tuple(square(day, lines.get(day)) if day.month == first.month else None for day in week)
            for week in weeks
            if any(day in lines and day.month == first.month for day in week)
        ),
    )


def square(day: date, line: DayOf | None) -> Square:
    if line is None:
        return Square(day=day)
    counts = line.number is not None
    look = "last" if line.is_last else "counts" if counts else "start" if is_start(line) else "not"
    return Square(
        day=day,
        look=look,
        sign=sign(line),
        told=say_counted(line) if counts else say_skipped(line),
    )


def is_start(line: DayOf) -> bool:
    return line.why == Reason.EVENT.value


def sign(line: DayOf) -> str:
    if line.number is not None:
        return phrase("Square", "makeup" if line.is_makeup else "counts", n=line.number)
    if line.is_last:
        return phrase("Square", "last")
    if line.holiday:
        return phrase("HolidayShort", line.holiday)
    return phrase("Square", (line.why or "").partition(":")[0])
