"""Spans of time in words, and the sum behind a deadline, day by day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, assert_never

from services.lifecycle.counting import Reason
from services.lifecycle.deadlines import DayOf, Deadline, explain
from services.lifecycle.spans import Kind, Span, Unit
from services.wording.catalogue import npgettext
from services.wording.numbers import say_day, say_moment
from services.wording.say import phrase

DAY: Final = timedelta(days=1)
HOUR: Final = timedelta(hours=1)
MINUTES_MAX: Final = 119
"""From two hours on nobody counts minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`counts`: this day is one of those that the span counts."""

    day: date
    text: str
    counts: bool
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """How a date came about, for somebody who counts along on a calendar."""

    start: str
    due: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]


def say_span(span: Span) -> str:
    n = f"{span.n.normalize():f}"
    count = 1 if span.n == 1 else 2
    match span.unit:
        case Unit.MINUTES:
            text = npgettext("span", "%(n)s minute", "%(n)s minutes", count)
        case Unit.HOURS:
            text = npgettext("span", "%(n)s hour", "%(n)s hours", count)
        case Unit.DAYS:
            text = npgettext("span", "%(n)s day", "%(n)s days", count)
        case Unit.WORKING_DAYS:
            text = npgettext("span", "%(n)s working day", "%(n)s working days", count)
        case Unit.WEEKS:
            text = npgettext("span", "%(n)s week", "%(n)s weeks", count)
        case Unit.MONTHS:
            text = npgettext("span", "%(n)s month", "%(n)s months", count)
        case Unit.YEARS:
            text = npgettext("span", "%(n)s year", "%(n)s years", count)
        case _:
            assert_never(span.unit)
    return text % {"n": n}


def say_left(left: int, unit: Kind) -> str:
    """How much is left in the clock's own unit; negative once it is past, zero on the last day."""
    if unit is Kind.ELAPSED and abs(left) > MINUTES_MAX:
        return say_hours(left)
    n, count = abs(left), 1 if abs(left) == 1 else 2
    match unit:
        case Kind.WORKING_DAYS if left > 0:
            text = npgettext("left", "%(n)s working day left", "%(n)s working days left", count)
        case Kind.WORKING_DAYS if left < 0:
            text = npgettext("left", "%(n)s working day late", "%(n)s working days late", count)
        case Kind.ELAPSED if left > 0:
            text = npgettext("left", "%(n)s minute left", "%(n)s minutes left", count)
        case Kind.ELAPSED if left < 0:
            text = npgettext("left", "%(n)s minute late", "%(n)s minutes late", count)
        case _ if left > 0:
            text = npgettext("left", "%(n)s day left", "%(n)s days left", count)
        case _ if left < 0:
            text = npgettext("left", "%(n)s day late", "%(n)s days late", count)
        case Kind.ELAPSED:
            return phrase("Left", "now")
        case _:
            return phrase("Left", "today")
    return text % {"n": n}


def say_hours(minutes: int) -> str:
    """Whole ones: those that are still left, or that have gone by."""
    n = abs(minutes) // 60
    if minutes > 0:
        return npgettext("left", "%(n)s hour left", "%(n)s hours left", n) % {"n": n}
    return npgettext("left", "%(n)s hour late", "%(n)s hours late", n) % {"n": n}


def say_lasted(lasted: timedelta) -> str:
    """The two largest units: 3天4小时; less than a minute is one."""
    days, rest = divmod(max(lasted, timedelta(minutes=1)), DAY)
    hours, rest = divmod(rest, HOUR)
    minutes = rest // timedelta(minutes=1)
    parts = (
        (days, npgettext("lasted", "%(n)d day", "%(n)d days", days)),
        (hours, npgettext("lasted", "%(n)d hour", "%(n)d hours", hours)),
        (minutes, npgettext("lasted", "%(n)d minute", "%(n)d minutes", minutes)),
    )
    said = [text % {"n": n} for n, text in parts if n]
    if len(said) == 1:
        return said[0]
    return phrase("Sum", "two", first=said[0], second=said[1])


def sum_of(deadline: Deadline, *, today: date | None = None) -> Sum:
    return Sum(
        start=phrase(
            "Sum",
            "from",
            day=say_start(deadline, today=today),
            span=say_spans(deadline),
        ),
        due=say_due(deadline, today=today),
        lines=tuple(line(each) for each in explain(deadline)),
        notes=tuple(notes(deadline)),
    )


def say_start(deadline: Deadline, *, today: date | None) -> str:
    if isinstance(deadline.trigger, datetime) and deadline.last_day is None:
        return say_moment(deadline.trigger, today=today)
    return say_day(deadline.day_of_event, today=today)


def say_spans(deadline: Deadline) -> str:
    return phrase("Sum", "plus").join(map(say_span, (deadline.span, *deadline.extended)))


def say_due(deadline: Deadline, *, today: date | None = None) -> str:
    if deadline.last_day is None:
        return phrase("Sum", "instant", moment=say_moment(deadline.due, today=today))
    return phrase("Sum", "due", day=say_day(deadline.last_day, today=today))


def line(each: DayOf) -> Line:
    counts = each.number is not None
    return Line(
        day=each.day,
        text=say_counted(each) if counts else say_skipped(each),
        counts=counts,
        is_last=each.is_last,
    )


def say_counted(each: DayOf) -> str:
    makeup = ".makeup" if each.is_makeup else ""
    last = ".last" if each.is_last else ""
    return phrase("Skipped", f"counted{last}{makeup}", n=each.number)


def say_skipped(each: DayOf) -> str:
    if each.is_last:
        return phrase("Skipped", "last")
    reason = Reason((each.why or "").partition(":")[0])
    if each.holiday is None:
        return phrase("Skipped", reason.value)
    key = "rolled.holiday" if reason is Reason.ROLLED else "holiday"
    return phrase("Skipped", key, name=phrase("Holiday", each.holiday))


def notes(deadline: Deadline) -> list[str]:
    told = []
    if deadline.span.kind in (Kind.DAYS, Kind.MONTHS):
        told.append(phrase("Sum", "natural"))
    if deadline.stood_still:
        told.append(phrase("Sum", "stood_still", lasted=say_lasted(deadline.stood_still)))
    if deadline.provisional:
        told.append(phrase("Sum", "provisional"))
    return told
