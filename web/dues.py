"""How a date presses: how much is left, in the unit that people count it in, and how loudly we say
it. Only what must be acted on soon or is late is warm.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil

from services.cases.filters import SOON_WORKING_DAYS
from services.lifecycle.bells import Bell, local_day
from services.lifecycle.calendars import Calendar
from services.lifecycle.deadlines import Deadline, working_days_left
from services.lifecycle.kinds import Door, Reason
from services.lifecycle.spans import Kind, Roll
from services.wording.say import phrase, say
from services.wording.spans import say_left

SOON = timedelta(hours=24)
PIPS_MAX = 15
A_MOMENT = timedelta(microseconds=1)


class Press(StrEnum):
    FAR = "far"
    SOON = "soon"
    TODAY = "today"
    OVER = "over"
    PAUSED = "paused"
    NONE = "none"
    MET = "met"


class Note(StrEnum):
    """What a reader must know of a date besides the date."""

    ROLLS = "rolls"
    ORDER_PAGE = "order_page"
    THEIR_PAGE = "their_page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """`left` counts in `unit`, negative once it is past; of what was done in time it is the number
    of the day. `last_day` is the last one in time; `total` is 0 where it is not known.
    """

    press: Press
    unit: Kind = Kind.WORKING_DAYS
    left: int = 0
    last_day: date | None = None
    at: datetime | None = None
    provisional: bool = False
    total: int = 0
    reason: Reason | None = None
    noted: tuple[Note, ...] = ()

    @property
    def words(self) -> str:
        match self.press:
            case Press.PAUSED if self.reason:
                return phrase("Left", "paused_why", reason=say(self.reason))
            case Press.PAUSED | Press.NONE:
                return phrase("Left", self.press.value)
            case Press.MET:
                return phrase("Left", "met", n=self.left)
            case _:
                return say_left(self.left, self.unit)

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(phrase("DueNote", note.value) for note in self.noted)

    @property
    def pips(self) -> tuple[int, int, int] | None:
        """One mark a working day: how many are gone, left and late. Where nobody knows the whole,
        only those that are left, and only when they are few.
        """
        if self.unit is not Kind.WORKING_DAYS or self.press in UNCOUNTED:
            return None
        if self.press is Press.OVER:
            return (0, 0, min(-self.left, PIPS_MAX)) if self.left else None
        if 0 < self.total <= PIPS_MAX and self.left <= self.total:
            return self.total - self.left, self.left, 0
        return (0, self.left, 0) if self.press is Press.SOON and not self.total else None


UNCOUNTED = (Press.PAUSED, Press.NONE, Press.MET)
NONE = Due(press=Press.NONE)
PAUSED = Due(press=Press.PAUSED)


def of_bell(bell: Bell, *, now: datetime, calendar: Calendar) -> Due:
    """Told as its span counts: working days, natural days, or minutes and hours."""
    if bell.deadline.last_day is None:
        return elapsed(bell.due, now=now)
    return days(
        bell.due,
        now=now,
        calendar=calendar,
        unit=Kind.WORKING_DAYS if bell.deadline.span.kind is Kind.WORKING_DAYS else Kind.DAYS,
        total=counted(bell.deadline),
        provisional=bell.provisional,
        noted=tuple(noted(bell)),
    )


def noted(bell: Bell) -> Iterator[Note]:
    """A date read from their page is theirs, and is not counted; the 0 days are ours."""
    span = bell.deadline.span
    if bell.rule.startswith("clock-") and not span.n:
        yield Note.ORDER_PAGE if bell.door is Door.PLATFORM else Note.THEIR_PAGE
    elif bell.deadline.roll is not Roll.NONE and span.kind in (Kind.DAYS, Kind.MONTHS):
        yield Note.ROLLS


def paused(reason: Reason) -> Due:
    return Due(press=Press.PAUSED, reason=reason)


def met(start: date, on: date, calendar: Calendar) -> Due:
    """On which working day of its time something was done."""
    return Due(press=Press.MET, left=working_days_left(start, on, calendar), last_day=on)


def of_row(
    at: datetime | None, *, now: datetime, calendar: Calendar, paused: bool, provisional: bool
) -> Due:
    """Told in working days, as the queue does for every case."""
    if paused:
        return PAUSED
    if at is None:
        return NONE
    if at.second or at.microsecond or local_day(at) == local_day(at - A_MOMENT):
        return elapsed(at, now=now)
    return days(at, now=now, calendar=calendar, provisional=provisional)


def days(
    at: datetime,
    *,
    now: datetime,
    calendar: Calendar,
    unit: Kind = Kind.WORKING_DAYS,
    total: int = 0,
    provisional: bool = False,
    noted: tuple[Note, ...] = (),
) -> Due:
    """`at` is the exclusive end: the midnight after the last day."""
    today, last_day = local_day(now), local_day(at - A_MOMENT)
    working, natural = working_days_left(today, last_day, calendar), (last_day - today).days
    if natural and not working:  # only free days lie between
        unit = Kind.DAYS
    return Due(
        press=pressure(today, last_day, working),
        unit=unit,
        left=working if unit is Kind.WORKING_DAYS else natural,
        last_day=last_day,
        at=at,
        provisional=provisional,
        total=total if unit is Kind.WORKING_DAYS else 0,
        noted=noted,
    )


def pressure(today: date, last_day: date, working: int) -> Press:
    if last_day < today:
        return Press.OVER
    if last_day == today:
        return Press.TODAY
    return Press.SOON if working <= SOON_WORKING_DAYS else Press.FAR


def elapsed(at: datetime, *, now: datetime) -> Due:
    """Minutes and hours: `left` is in whole minutes, the last of them still in time."""
    rest = at - now
    press = Press.OVER if rest <= timedelta(0) else Press.SOON if rest <= SOON else Press.FAR
    minutes = ceil(rest / timedelta(minutes=1))
    return Due(press=press, unit=Kind.ELAPSED, left=minutes, at=at)


def counted(deadline: Deadline) -> int:
    return len(deadline.counted) if deadline.span.kind is Kind.WORKING_DAYS else 0
