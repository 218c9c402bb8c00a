"""What holds for every deadline, and a plain second way of counting to compare with."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, compress, pairwise
from operator import not_
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from services.calendars.library import shipped
from services.lifecycle.calendars import Calendar
from services.lifecycle.deadlines import Deadline, Pause, deadline, explain
from services.lifecycle.spans import Kind, Roll, Span, Unit

CALENDAR = shipped()
SHANGHAI = ZoneInfo("Asia/Shanghai")
COUNTED = [unit for unit in Unit if unit not in (Unit.MINUTES, Unit.HOURS)]
FIRST, LAST = datetime(2024, 1, 1), datetime(2027, 6, 30)  # noqa: DTZ001 - given their zone below

Stretch = tuple[datetime, datetime]
instants = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
rolls = st.sampled_from(Roll)


@st.composite
def spans(draw: st.DrawFn, of: Sequence[Unit] = tuple(Unit)) -> Span:
    unit = draw(st.sampled_from(of))
    longest = {Unit.MINUTES: 9999, Unit.HOURS: 999, Unit.MONTHS: 7, Unit.YEARS: 2}.get(unit, 70)
    return Span(n=Decimal(draw(st.integers(1, longest))), unit=unit)


@st.composite
def stretches(draw: st.DrawFn) -> Stretch:
    start = draw(instants)
    return start, start + timedelta(minutes=draw(st.integers(1, 60 * 24 * 40)))


pauses = st.lists(stretches(), max_size=4)


def count(
    start: datetime,
    span: Span,
    held: Sequence[Stretch] = (),
    *,
    roll: Roll = Roll.NONE,
    more: Sequence[Span] = (),
    calendar: Calendar = CALENDAR,
) -> Deadline:
    found = deadline(
        start,
        span,
        calendar=calendar,
        roll=roll,
        pauses=[Pause(start=since, end=until) for since, until in held],
        extensions=more,
    )
    assert found is not None
    return found


def local(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()


def is_held(day: date, held: Sequence[Stretch]) -> bool:
    return any(local(since) <= day < local(until) for since, until in held)


@given(start=instants, n=st.integers(1, 60), working=st.booleans(), held=pauses)
def test_days_are_what_counting_on_ones_fingers_gives(
    start: datetime, n: int, held: list[Stretch], *, working: bool
) -> None:
    every_day = [local(start) + timedelta(days=k) for k in range(1, 400)]
    worked = [day for day in every_day if not working or CALENDAR.is_working(day)]
    counting = [day for day in worked if not is_held(day, held)]

    found = count(start, Span(n=Decimal(n), unit=Unit.WORKING_DAYS if working else Unit.DAYS), held)

    midnight = datetime.combine(counting[n - 1] + timedelta(days=1), time.min, SHANGHAI)
    assert found.counted == tuple(counting[:n])
    assert found.last_day == counting[n - 1]
    assert found.due == midnight


@given(start=instants, n=st.integers(1, 9999), held=pauses)
def test_minutes_run_exactly_while_nothing_holds_them(
    start: datetime, n: int, held: list[Stretch]
) -> None:
    found = count(start, Span(n=Decimal(n), unit=Unit.MINUTES), held)

    edges = sorted({start, found.due, *chain.from_iterable(held)})
    pieces = [(here, there) for here, there in pairwise(edges) if start <= here < found.due]
    stood = [any(since <= here < until for since, until in held) for here, _ in pieces]
    lengths = [there - here for here, there in pieces]
    assert sum(compress(lengths, map(not_, stood)), timedelta(0)) == timedelta(minutes=n)
    assert sum(compress(lengths, stood), timedelta(0)) == found.stood_still
    assert not stood[-1]


@given(start=instants, span=spans(), held=pauses, roll=rolls)
def test_a_longer_span_never_ends_sooner(
    start: datetime, span: Span, held: list[Stretch], roll: Roll
) -> None:
    longer = replace(span, n=span.n + 1)

    assert count(start, longer, held, roll=roll).due >= count(start, span, held, roll=roll).due


@given(start=instants, span=spans(), held=pauses, one_more=stretches(), roll=rolls)
def test_a_pause_never_shortens(
    start: datetime, span: Span, held: list[Stretch], one_more: Stretch, roll: Roll
) -> None:
    due = count(start, span, held, roll=roll).due

    assert count(start, span, [*held, one_more], roll=roll).due >= due


@given(start=instants, span=spans(), held=pauses, whole=stretches(), share=st.floats(0, 1))
def test_a_pause_in_two_parts_equals_the_whole(
    start: datetime, span: Span, held: list[Stretch], whole: Stretch, share: float
) -> None:
    since, until = whole
    middle = since + (until - since) * share

    in_parts = count(start, span, [(middle, until), *held, (since, middle)])

    assert in_parts == count(start, span, [*held, whole])


@given(start=instants, span=spans(), n=st.integers(1, 7), held=pauses, roll=rolls)
def test_an_extension_is_a_longer_span(
    start: datetime, span: Span, n: int, held: list[Stretch], roll: Roll
) -> None:
    more = replace(span, n=Decimal(n))

    extended = count(start, span, held, roll=roll, more=[more])
    longer = count(start, replace(span, n=span.n + n), held, roll=roll)

    assert (extended.due, extended.skipped) == (longer.due, longer.skipped)
    assert extended.extended == (more,)


@given(
    start=instants,
    span=spans(),
    held=pauses,
    roll=rolls,
    known=st.sets(st.integers(2024, 2026)),
)
def test_a_year_that_becomes_known_moves_only_provisional_dates(
    start: datetime, span: Span, held: list[Stretch], roll: Roll, known: set[int]
) -> None:
    before = Calendar.of(CALENDAR.years[year] for year in known)

    foreseen = count(start, span, held, roll=roll, calendar=before)
    final = count(start, span, held, roll=roll)

    assert foreseen.provisional or (foreseen.due, foreseen.skipped) == (final.due, final.skipped)


@given(start=instants, span=spans(COUNTED), held=pauses, roll=rolls)
def test_the_sum_tells_every_day_once_and_ends_on_the_last(
    start: datetime, span: Span, held: list[Stretch], roll: Roll
) -> None:
    found = count(start, span, held, roll=roll)

    told = explain(found)

    days = [line.day for line in told]
    numbers = [line.number for line in told if line.number]
    assert days == [local(start) + timedelta(days=k) for k in range(len(told))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [line.day for line in told if line.is_last] == [found.last_day]
    assert all(line.number or line.why or line.is_last for line in told)
    assert {skip.day for skip in found.skipped} == {line.day for line in told[1:] if line.why}
    if span.kind in (Kind.DAYS, Kind.WORKING_DAYS):
        assert len(numbers) == span.base


@given(start=instants, span=spans(COUNTED), held=pauses, roll=rolls)
def test_nothing_ends_on_a_day_its_rule_skips(
    start: datetime, span: Span, held: list[Stretch], roll: Roll
) -> None:
    last_day = count(start, span, held, roll=roll).last_day

    assert last_day is not None
    assert not is_held(last_day, held)
    assert span.unit is not Unit.WORKING_DAYS or CALENDAR.is_working(last_day)
    assert (
        roll is not Roll.HOLIDAY or span.kind is Kind.WORKING_DAYS or not CALENDAR.is_off(last_day)
    )
    assert roll is not Roll.REST_DAY or CALENDAR.is_working(last_day)


@given(start=instants, span=spans(), held=pauses, data=st.data())
def test_pauses_may_be_told_in_any_order(
    start: datetime, span: Span, held: list[Stretch], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(held))

    assert count(start, span, shuffled) == count(start, span, held)


@given(start=instants, span=spans(), roll=rolls, open_since=instants)
def test_an_open_pause_holds_the_clock_or_comes_too_late(
    start: datetime, span: Span, roll: Roll, open_since: datetime
) -> None:
    free = count(start, span, roll=roll)

    held = deadline(start, span, calendar=CALENDAR, roll=roll, pauses=[Pause(start=open_since)])

    assert held == (free if open_since >= free.due else None)
