"""When a span is over, and the sum that shows why. A deadline is derived, never adjusted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from services.lifecycle.calendars import SATURDAY, Calendar
from services.lifecycle.counting import A_DAY, Reason, Skipped, count_days
from services.lifecycle.spans import Kind, Roll, Span, SpanFault, SpanWhy, in_all
from services.lifecycle.stillness import Stillness, instant_of, local_day, midnight

ASIA_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """[start, end); without an end it still runs.

    Of days it covers the one it starts on and not the one it ends on, by their local dates.
    """

    start: datetime | date
    end: datetime | date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    due: datetime
    """Aware UTC, exclusive: the midnight after `last_day`, or the instant hours or minutes end."""
    trigger: datetime | date
    day_of_event: date
    span: Span
    roll: Roll
    extended: tuple[Span, ...]
    calendar: str
    last_day: date | None = None
    """The last day on which the thing is in time; None for minutes and hours."""
    unrolled: date | None = None
    """The same before it rolled: our own reminder, while only `last_day` makes anybody late."""
    skipped: tuple[Skipped, ...] = ()
    provisional: bool = False
    """The sum asked about a day of a year whose holidays are not announced yet."""
    stood_still: timedelta = timedelta(0)
    """How long pauses held minutes and hours; a day that was held stands in `skipped`."""

    @property
    def counted(self) -> tuple[date, ...]:
        return tuple(each.day for each in explain(self) if each.number is not None)


def deadline(
    trigger: datetime | date,
    span: Span,
    *,
    calendar: Calendar,
    roll: Roll = Roll.NONE,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Span] = (),
    zone: ZoneInfo = ASIA_SHANGHAI,
) -> Deadline | None:
    """None while a running pause holds the clock: nobody can say yet when it ends."""
    total = in_all(span, extensions)
    still = Stillness.of([(pause.start, pause.end) for pause in pauses], zone)
    event = local_day(trigger, zone)
    build = partial(
        Deadline,
        trigger=trigger,
        day_of_event=event,
        span=span,
        roll=roll,
        extended=tuple(extensions),
        calendar=calendar.version,
    )
    if span.kind is Kind.ELAPSED:
        start, length = _start(trigger, span, zone), timedelta(microseconds=total)
        due = still.run(start, length)
        return None if due is None else build(due=due, stood_still=due - start - length)
    count = count_days(event, total, span.kind, calendar=calendar, roll=roll, still=still)
    if count is None:
        return None
    return build(
        due=midnight(count.last_day + A_DAY, zone),
        last_day=count.last_day,
        unrolled=count.unrolled,
        skipped=count.skipped,
        provisional=count.provisional,
    )


def _start(trigger: datetime | date, span: Span, zone: ZoneInfo) -> datetime:
    if not isinstance(trigger, datetime):
        raise SpanFault(SpanWhy.NEEDS_AN_INSTANT, str(span))
    return instant_of(trigger, zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOf:
    """A line of the sum: the how-many-th day it is, or why it is none."""

    day: date
    number: int | None = None
    why: str | None = None
    """As in `Skipped.why`; on a numbered day `rolled` says that it is not the last after all."""
    holiday: str | None = None
    is_makeup: bool = False
    is_last: bool = False


def explain(deadline: Deadline) -> tuple[DayOf, ...]:
    """The sum day by day, from the day of the event to the last; minutes and hours have none."""
    if deadline.last_day is None or deadline.unrolled is None:
        return ()
    event = DayOf(day=deadline.day_of_event, why=Reason.EVENT.value)
    return (event, *_lines(deadline, unrolled=deadline.unrolled, last_day=deadline.last_day))


def _lines(deadline: Deadline, *, unrolled: date, last_day: date) -> Iterator[DayOf]:
    skipped = {skip.day: skip for skip in deadline.skipped}
    works = deadline.span.kind is Kind.WORKING_DAYS
    day, number = deadline.day_of_event, 0
    while day < last_day:
        day += A_DAY
        skip = skipped.get(day)
        counts = day == unrolled or (day < unrolled and skip is None)
        number += counts
        yield DayOf(
            day=day,
            number=number if counts else None,
            why=skip.why if skip else None,
            holiday=skip.holiday if skip else None,
            is_makeup=works and counts and day.weekday() >= SATURDAY,
            is_last=day == last_day,
        )


def working_days_left(today: date, last_day: date, calendar: Calendar) -> int:
    """Working days after today, up to and with the last; negative once that has passed."""
    if last_day < today:
        return -working_days_left(last_day, today, calendar)
    days = (today + timedelta(days=n) for n in range(1, (last_day - today).days + 1))
    return sum(map(calendar.is_working, days))
