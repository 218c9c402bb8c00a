from datetime import date, datetime, timedelta

import pytest

from services.calendars.library import shipped
from services.lifecycle.deadlines import Deadline, Pause, deadline, explain
from services.lifecycle.spans import Roll, Span, SpanFault, SpanWhy

CALENDAR = shipped()


def moment(text: str) -> datetime | date:
    return datetime.fromisoformat(text + "+08:00") if "T" in text else date.fromisoformat(text)


def pause(start: str, end: str | None) -> Pause:
    return Pause(start=moment(start), end=None if end is None else moment(end))


def count(start: str, span: str, *pauses: Pause, roll: Roll = Roll.NONE) -> Deadline | None:
    return deadline(moment(start), Span.parse(span), calendar=CALENDAR, roll=roll, pauses=pauses)


def last_day(found: Deadline | None) -> str:
    assert found is not None
    return str(found.last_day)


@pytest.mark.parametrize(
    ("span", "start", "end", "ends"),
    [
        # held from the 4th to the 10th: six days, four of them worked
        ("5 days", "2026-11-04", "2026-11-10", "2026-11-13"),
        ("5 working days", "2026-11-04", "2026-11-10", "2026-11-13"),
        # by local dates: the day it starts on is held, the day it ends on counts
        ("5 days", "2026-11-04T23:59", "2026-11-05T00:01", "2026-11-08"),
        ("5 days", "2026-11-04T09:00", "2026-11-04T17:00", "2026-11-07"),
        # on the last day it still helps, after it no more
        ("5 days", "2026-11-07T23:00", "2026-11-09T01:00", "2026-11-09"),
        ("5 days", "2026-11-08T00:00", "2026-11-20T00:00", "2026-11-07"),
        # the day of the event does not count anyway
        ("5 days", "2026-10-20", "2026-11-02", "2026-11-07"),
        ("5 days", "2026-10-20", "2026-11-03", "2026-11-07"),
        ("5 days", "2026-10-20", "2026-11-04", "2026-11-08"),
        ("1 month", "2026-11-10", "2026-11-20", "2026-12-12"),
        # one that ends before it starts is none
        ("5 days", "2026-11-06", "2026-11-04", "2026-11-07"),
    ],
)
def test_a_day_that_a_pause_covers_does_not_count(
    span: str, start: str, end: str, ends: str
) -> None:
    assert last_day(count("2026-11-02", span, pause(start, end))) == ends


@pytest.mark.parametrize(
    ("pauses", "due", "held_minutes"),
    [
        ([("12:00", "13:30")], "2026-11-02T15:30", 90),
        ([("12:00", "12:30"), ("12:30", "13:30")], "2026-11-02T15:30", 90),
        ([("12:00", "13:00"), ("12:30", "13:30")], "2026-11-02T15:30", 90),
        ([("12:00", "13:30"), ("12:30", "12:40")], "2026-11-02T15:30", 90),
        ([("09:00", "11:00")], "2026-11-02T15:00", 60),
        ([("09:00", "10:00")], "2026-11-02T14:00", 0),
        ([("13:59", "14:59")], "2026-11-02T15:00", 60),
        ([("14:00", "15:00")], "2026-11-02T14:00", 0),
        ([("13:00", "12:00")], "2026-11-02T14:00", 0),
        ([("12:00", "13:00"), ("14:30", "15:30")], "2026-11-02T16:00", 120),
    ],
)
def test_hours_subtract_the_overlap(
    pauses: list[tuple[str, str]], due: str, held_minutes: int
) -> None:
    stretches = [pause(f"2026-11-02T{start}", f"2026-11-02T{end}") for start, end in pauses]

    found = count("2026-11-02T10:00", "4 hours", *stretches)

    assert found is not None
    assert found.due == moment(due)
    assert found.stood_still == timedelta(minutes=held_minutes)


@pytest.mark.parametrize("span", ["5 days", "5 working days", "1 week", "1 month", "100 hours"])
def test_while_a_pause_runs_nobody_can_say_when_it_ends(span: str) -> None:
    assert count("2026-11-02T10:00", span, pause("2026-11-04T10:00", None)) is None


@pytest.mark.parametrize("span", ["5 days", "5 working days", "1 week", "100 hours"])
def test_a_pause_that_runs_since_after_the_end_holds_nothing(span: str) -> None:
    since_december = pause("2026-12-01T10:00", None)

    assert count("2026-11-02T10:00", span, since_december) == count("2026-11-02T10:00", span)


def test_a_deadline_does_not_roll_onto_a_day_that_stands_still() -> None:
    through_the_8th = pause("2026-10-06", "2026-10-09")

    found = count("2026-08-05", "60 days", through_the_8th, roll=Roll.HOLIDAY)

    assert last_day(found) == "2026-10-09"
    assert count("2026-08-05", "60 days", pause("2026-10-06", None), roll=Roll.HOLIDAY) is None


def test_a_held_day_is_told_in_the_sum_and_a_weekend_stays_a_weekend() -> None:
    found = count("2026-11-05", "2 working days", pause("2026-11-06", "2026-11-10"))

    assert found is not None
    assert [(line.day.day, line.number, line.why) for line in explain(found)] == [
        (5, None, "event"),
        (6, None, "pause"),
        (7, None, "weekend"),
        (8, None, "weekend"),
        (9, None, "pause"),
        (10, 1, None),
        (11, 2, None),
    ]


def test_an_extension_adds_units_of_the_same_kind() -> None:
    held = [pause("2026-11-04", "2026-11-06")]
    by_two_parts = deadline(
        moment("2026-11-02"),
        Span.parse("15 working days"),
        calendar=CALENDAR,
        pauses=held,
        extensions=[Span.parse("15 working days")],
    )

    assert last_day(by_two_parts) == last_day(count("2026-11-02", "30 working days", *held))


def test_an_extension_of_another_kind_is_refused() -> None:
    with pytest.raises(SpanFault) as fault:
        deadline(
            moment("2026-11-02"),
            Span.parse("15 working days"),
            calendar=CALENDAR,
            extensions=[Span.parse("15 days")],
        )

    assert fault.value.code is SpanWhy.OTHER_KIND
