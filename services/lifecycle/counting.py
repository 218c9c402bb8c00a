"""Counting days: the day of the event never counts, and no day that a pause covers."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, assert_never

from services.lifecycle.calendars import Calendar
from services.lifecycle.spans import Kind, Roll
from services.lifecycle.stillness import Stillness

A_DAY: Final = timedelta(days=1)


class Reason(StrEnum):
    """Why a day did not count, or was not the last one."""

    EVENT = "event"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSE = "pause"
    ROLLED = "rolled"


@dataclass(frozen=True, slots=True)
class Skipped:
    day: date
    reason: Reason
    holiday: str | None = None
    """The code of the holiday, also on days that were rolled over because of it."""

    @property
    def why(self) -> str:
        return f"holiday:{self.holiday}" if self.reason is Reason.HOLIDAY else self.reason.value


@dataclass(frozen=True, slots=True)
class Count:
    unrolled: date
    last_day: date
    skipped: tuple[Skipped, ...]
    provisional: bool


Stepped = tuple[date, tuple[Skipped, ...]] | None
"""The day reached and what was skipped on the way; None where a pause never ends."""


def count_days(
    event: date, total: int, kind: Kind, *, calendar: Calendar, roll: Roll, still: Stillness
) -> Count | None:
    match kind:
        case Kind.WORKING_DAYS:
            return _working_days(event, total, calendar=calendar, still=still)
        case Kind.DAYS:
            return _natural_days(event, total, calendar=calendar, roll=roll, still=still)
        case Kind.MONTHS:
            days = (_months_after(event, total) - event).days
            return _natural_days(event, days, calendar=calendar, roll=roll, still=still)
        case Kind.ELAPSED:
            raise AssertionError("minutes and hours are run, not counted")
        case _:
            assert_never(kind)


def _working_days(event: date, n: int, *, calendar: Calendar, still: Stillness) -> Count | None:
    """A day off is named as such even while a pause covers it: it would not have counted anyway."""

    def uncounted(day: date) -> Skipped | None:
        if calendar.is_working(day):
            return None
        holiday = calendar.name_of(day)
        return Skipped(day, Reason.WEEKEND if holiday is None else Reason.HOLIDAY, holiday)

    stepped = _step(event, n, uncounted=uncounted, still=still)
    if stepped is None:
        return None
    last_day, skipped = stepped
    guessed = not calendar.knows_all(event + A_DAY, last_day)
    return Count(last_day, last_day, skipped, guessed)


def _natural_days(
    event: date, n: int, *, calendar: Calendar, roll: Roll, still: Stillness
) -> Count | None:
    stepped = (
        _step(event, n, uncounted=lambda _: None, still=still) if still.days else _leap(event, n)
    )
    if stepped is None:
        return None
    unrolled, skipped = stepped
    rolled = _roll(unrolled, calendar=calendar, roll=roll, still=still)
    if rolled is None:
        return None
    last_day, rolled_over = rolled
    guessed = roll is not Roll.NONE and not calendar.knows_all(unrolled, last_day)
    return Count(unrolled, last_day, skipped + rolled_over, guessed)


def _step(
    event: date, n: int, *, uncounted: Callable[[date], Skipped | None], still: Stillness
) -> Stepped:
    skipped = []
    day = event
    while n:
        day += A_DAY
        if still.is_endless(day):
            return None
        if skip := uncounted(day):
            skipped.append(skip)
        elif still.covers(day):
            skipped.append(Skipped(day, Reason.PAUSE))
        else:
            n -= 1
    return day, tuple(skipped)


def _leap(event: date, n: int) -> Stepped:
    return event + timedelta(days=n), ()


def _roll(last_day: date, *, calendar: Calendar, roll: Roll, still: Stillness) -> Stepped:
    """From the last day on, the first that is not free; a pause met on the way is passed too."""
    skipped: list[Skipped] = []
    day = last_day
    while _is_free(day, calendar=calendar, roll=roll) or (skipped and still.covers(day)):
        skipped.append(Skipped(day, Reason.ROLLED, calendar.name_of(day)))
        day += A_DAY
        if still.is_endless(day):
            return None
    return day, tuple(skipped)


def _is_free(day: date, *, calendar: Calendar, roll: Roll) -> bool:
    match roll:
        case Roll.NONE:
            return False
        case Roll.HOLIDAY:
            return calendar.is_off(day)
        case Roll.REST_DAY:
            return not calendar.is_working(day)
        case _:
            assert_never(roll)


def _months_after(day: date, months: int) -> date:
    """Civil Code Art. 202: the matching date, or the last day of a month that has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
