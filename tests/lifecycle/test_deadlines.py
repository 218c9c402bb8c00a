from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from services.calendars.library import shipped
from services.lifecycle.deadlines import DayOf, Deadline, deadline, explain
from services.lifecycle.spans import Roll, Span, SpanFault, SpanWhy

CALENDAR = shipped()


def count(start: str, span: str, *, roll: Roll = Roll.NONE) -> Deadline:
    moment = datetime.fromisoformat(start) if "T" in start else date.fromisoformat(start)
    found = deadline(moment, Span.parse(span), calendar=CALENDAR, roll=roll)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("start", "span", "last_day"),
    [
        ("2026-02-10", "7 working days", "2026-02-26"),
        ("2026-02-10", "15 working days", "2026-03-09"),
        ("2026-04-30", "7 working days", "2026-05-13"),
        ("2026-04-30", "15 working days", "2026-05-25"),
        ("2026-05-08", "7 working days", "2026-05-18"),
        ("2026-05-08", "15 working days", "2026-05-28"),
        ("2026-09-18", "7 working days", "2026-09-29"),
        ("2026-09-18", "15 working days", "2026-10-15"),
        ("2026-09-30", "7 working days", "2026-10-15"),
        ("2026-09-30", "15 working days", "2026-10-27"),
        ("2025-12-31", "1 working day", "2026-01-04"),
        ("2024-12-31", "1 working day", "2025-01-02"),
    ],
)
def test_working_days_skip_holidays_and_count_makeup_days(
    start: str, span: str, last_day: str
) -> None:
    assert count(start, span).last_day == date.fromisoformat(last_day)


@pytest.mark.parametrize(
    ("start", "span", "last_day"),
    [
        ("2026-11-24", "0 days", "2026-11-24"),
        ("2025-12-31", "1 day", "2026-01-01"),
        ("2024-02-28", "1 day", "2024-02-29"),
        ("2026-02-28", "1 day", "2026-03-01"),
        ("2026-12-20", "2 weeks", "2027-01-03"),
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2026-02-28", "1 month", "2026-03-28"),
        ("2026-08-31", "1 month", "2026-09-30"),
        ("2026-11-30", "3 months", "2027-02-28"),
        ("2026-12-31", "2 months", "2027-02-28"),
        ("2026-10-15", "15 months", "2028-01-15"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2024-02-29", "4 years", "2028-02-29"),
        ("2023-03-05", "3 years", "2026-03-05"),
    ],
)
def test_natural_days_count_all_and_months_end_on_the_matching_date(
    start: str, span: str, last_day: str
) -> None:
    found = count(start, span)

    assert found.last_day == found.unrolled == date.fromisoformat(last_day)
    assert found.skipped == ()


@pytest.mark.parametrize(
    ("start", "roll", "last_day"),
    [
        # day 60 is 4 October, inside the National Day holiday
        ("2026-08-05", Roll.HOLIDAY, "2026-10-08"),
        ("2026-08-02", Roll.HOLIDAY, "2026-10-08"),
        ("2026-08-02", Roll.NONE, "2026-10-01"),
        ("2026-08-01", Roll.HOLIDAY, "2026-09-30"),
        ("2026-08-08", Roll.HOLIDAY, "2026-10-08"),
        ("2026-08-09", Roll.HOLIDAY, "2026-10-08"),
        # day 60 is Saturday 28 November: a rest day, but no statutory holiday
        ("2026-09-29", Roll.HOLIDAY, "2026-11-28"),
        ("2026-09-29", Roll.REST_DAY, "2026-11-30"),
        # day 60 is Saturday 10 October, which is worked
        ("2026-08-11", Roll.REST_DAY, "2026-10-10"),
        # day 60 is Sunday 11 October
        ("2026-08-12", Roll.REST_DAY, "2026-10-12"),
    ],
)
def test_sixty_days_roll_only_off_the_free_days_of_their_rule(
    start: str, roll: Roll, last_day: str
) -> None:
    assert count(start, "60 days", roll=roll).last_day == date.fromisoformat(last_day)


def test_a_rolled_deadline_remembers_where_it_would_have_ended() -> None:
    found = count("2026-08-05", "60 days", roll=Roll.HOLIDAY)

    assert found.unrolled == date(2026, 10, 4)
    assert [skip.day.day for skip in found.skipped] == [4, 5, 6, 7]
    assert {skip.why for skip in found.skipped} == {"rolled"}
    assert {skip.holiday for skip in found.skipped} == {"national_day"}


@pytest.mark.parametrize(
    ("start", "span"),
    [("2026-03-07", "15 weeks"), ("2026-02-20", "4 months"), ("2025-06-20", "1 year")],
)
def test_weeks_months_and_years_roll_too(start: str, span: str) -> None:
    found = count(start, span, roll=Roll.HOLIDAY)

    assert found.unrolled == date(2026, 6, 20)
    assert found.last_day == date(2026, 6, 22)


def test_working_days_have_nothing_to_roll() -> None:
    for roll in Roll:
        assert count("2026-09-30", "7 working days", roll=roll).last_day == date(2026, 10, 15)


def test_days_are_due_at_the_midnight_after_the_last_in_shanghai() -> None:
    found = count("2026-09-30", "7 working days")

    assert found.due == datetime(2026, 10, 15, 16, 0, tzinfo=UTC)
    assert found.due.tzinfo is UTC


def test_the_day_of_an_instant_is_the_local_one() -> None:
    late_in_utc = count("2026-09-30T16:30:00+00:00", "1 day")

    assert late_in_utc.day_of_event == date(2026, 10, 1)
    assert late_in_utc.last_day == date(2026, 10, 2)


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        ("2026-09-30T10:00:00+08:00", "24 hours", "2026-10-01T10:00:00+08:00"),
        ("2026-12-31T23:59:30+08:00", "0.5 minutes", "2027-01-01T00:00:00+08:00"),
        ("2024-02-28T12:00:00+08:00", "48h", "2024-03-01T12:00:00+08:00"),
        ("2026-09-30T10:00:00+08:00", "0 minutes", "2026-09-30T10:00:00+08:00"),
    ],
)
def test_hours_and_minutes_run_through_every_day_alike(start: str, span: str, due: str) -> None:
    found = count(start, span, roll=Roll.REST_DAY)

    assert found.due == datetime.fromisoformat(due)
    assert found.last_day is None
    assert not found.provisional
    assert explain(found) == ()


def test_hours_need_to_know_when_in_the_day_they_began() -> None:
    with pytest.raises(SpanFault) as fault:
        count("2026-09-30", "24 hours")

    assert fault.value.code is SpanWhy.NEEDS_AN_INSTANT


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        ("2026-03-28T12:00:00+01:00", "1 day", "2026-03-29T22:00:00+00:00"),
        ("2026-03-28T12:00:00+01:00", "24 hours", "2026-03-29T13:00:00+02:00"),
        ("2026-10-24T12:00:00+02:00", "1 day", "2026-10-25T23:00:00+00:00"),
        ("2026-10-24T12:00:00+02:00", "24 hours", "2026-10-25T11:00:00+01:00"),
    ],
)
def test_where_clocks_change_days_stay_days_and_hours_stay_hours(
    start: str, span: str, due: str
) -> None:
    found = deadline(
        datetime.fromisoformat(start),
        Span.parse(span),
        calendar=CALENDAR,
        zone=ZoneInfo("Europe/Berlin"),
    )

    assert found is not None
    assert found.due == datetime.fromisoformat(due)


@pytest.mark.parametrize(
    ("start", "span", "roll", "is_provisional"),
    [
        ("2026-12-30", "1 working day", Roll.NONE, False),
        ("2026-12-30", "2 working days", Roll.NONE, True),
        ("2023-12-31", "5 working days", Roll.NONE, False),
        ("2023-12-30", "5 working days", Roll.NONE, True),
        ("2026-12-01", "60 days", Roll.HOLIDAY, True),
        ("2026-12-01", "30 days", Roll.HOLIDAY, False),
        ("2026-12-01", "60 days", Roll.NONE, False),
        ("2023-12-01", "60 days", Roll.REST_DAY, False),
        # rolls from an unknown Sunday into a known year
        ("2023-11-01", "60 days", Roll.REST_DAY, True),
    ],
)
def test_a_date_is_provisional_if_it_asked_a_year_without_holidays(
    start: str, span: str, roll: Roll, *, is_provisional: bool
) -> None:
    assert count(start, span, roll=roll).provisional is is_provisional


def test_the_sum_can_be_told_day_by_day() -> None:
    told = explain(count("2026-09-30", "2 working days"))

    assert told[0] == DayOf(day=date(2026, 9, 30), why="event")
    assert [line.why for line in told[1:8]] == ["holiday:national_day"] * 7
    assert told[8] == DayOf(day=date(2026, 10, 8), number=1)
    assert told[9] == DayOf(day=date(2026, 10, 9), number=2, is_last=True)
    assert len(told) == 10


def test_a_makeup_day_is_told_as_one() -> None:
    told = {line.day: line for line in explain(count("2026-10-08", "3 working days"))}

    assert told[date(2026, 10, 10)].is_makeup
    assert told[date(2026, 10, 10)].number == 2
    assert told[date(2026, 10, 11)].why == "weekend"
    assert told[date(2026, 10, 12)].is_last
    assert not any(line.is_makeup for line in explain(count("2026-10-08", "3 days")))


def test_a_rolled_day_keeps_its_number_in_the_sum() -> None:
    told = explain(count("2026-08-05", "60 days", roll=Roll.HOLIDAY))

    assert [(line.day.day, line.number, line.why) for line in told[-5:]] == [
        (4, 60, "rolled"),
        (5, None, "rolled"),
        (6, None, "rolled"),
        (7, None, "rolled"),
        (8, None, None),
    ]
    assert [line.is_last for line in told[-2:]] == [False, True]


def test_counted_days_are_those_with_a_number() -> None:
    assert count("2026-10-08", "3 working days").counted == (
        date(2026, 10, 9),
        date(2026, 10, 10),
        date(2026, 10, 12),
    )


def test_a_deadline_names_the_calendar_it_was_reckoned_with() -> None:
    assert count("2026-10-08", "3 working days").calendar == "2024.1 2025.1 2026.1"
