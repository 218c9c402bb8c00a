from dataclasses import replace
from datetime import date, timedelta

import chinese_calendar
import pytest

from services.calendars.library import shipped
from services.lifecycle.calendars import Calendar
from services.lifecycle.deadlines import working_days_left

CALENDAR = shipped()
EVERY_DAY = [date(2024, 1, 1) + timedelta(days=n) for n in range(366 + 365 + 365)]
CODES = {
    "New Year's Day": "new_year",
    "Spring Festival": "spring_festival",
    "Tomb-sweeping Day": "qingming",
    "Labour Day": "labour_day",
    "Dragon Boat Festival": "dragon_boat",
    "Mid-autumn Festival": "mid_autumn",
    "National Day": "national_day",
}


def test_every_day_of_three_years_is_worked_or_free_as_chinesecalendar_says() -> None:
    assert EVERY_DAY[-1] == date(2026, 12, 31)

    theirs = [day for day in EVERY_DAY if chinese_calendar.is_workday(day)]

    assert [day for day in EVERY_DAY if CALENDAR.is_working(day)] == theirs


def test_every_holiday_bears_the_name_chinesecalendar_gives_it() -> None:
    theirs = {}
    for day in EVERY_DAY:
        is_free, name = chinese_calendar.get_holiday_detail(day)
        if is_free and name:
            theirs[day] = CODES[name]

    ours = {day: CALENDAR.name_of(day) for day in EVERY_DAY if CALENDAR.is_off(day)}

    assert ours == theirs


def test_2026_has_248_working_days() -> None:
    assert sum(CALENDAR.is_working(day) for day in EVERY_DAY if day.year == 2026) == 248


def test_a_plain_weekend_is_free_but_no_holiday() -> None:
    saturday = date(2026, 11, 28)

    assert not CALENDAR.is_working(saturday)
    assert not CALENDAR.is_off(saturday)
    assert CALENDAR.name_of(saturday) is None


def test_in_an_unknown_year_weekdays_are_worked() -> None:
    new_year = date(2027, 1, 1)

    assert not CALENDAR.knows(2027)
    assert CALENDAR.is_working(new_year)
    assert not CALENDAR.is_working(date(2027, 1, 2))
    assert CALENDAR.name_of(new_year) is None


def test_the_newest_version_of_a_year_is_the_one_that_holds() -> None:
    first = CALENDAR.years[2026]
    second = replace(first, version=2, makeup=frozenset())

    for order in ([first, second], [second, first]):
        calendar = Calendar.of(order)
        assert calendar.version == "2026.2"
        assert not calendar.is_working(date(2026, 10, 10))


def test_a_year_can_be_tried_before_it_is_loaded() -> None:
    older_draft = replace(CALENDAR.years[2026], version=0, makeup=frozenset())

    tried = CALENDAR.with_year(older_draft)

    assert tried.version == "2024.1 2025.1 2026.0"
    assert not tried.is_working(date(2026, 10, 10))
    assert CALENDAR.is_working(date(2026, 10, 10))


@pytest.mark.parametrize(
    ("today", "last_day", "left"),
    [
        (date(2026, 9, 30), date(2026, 10, 15), 7),
        (date(2026, 10, 14), date(2026, 10, 15), 1),
        (date(2026, 10, 15), date(2026, 10, 15), 0),
        (date(2026, 10, 9), date(2026, 10, 10), 1),
        (date(2026, 10, 1), date(2026, 10, 7), 0),
        (date(2026, 10, 16), date(2026, 10, 15), -1),
        (date(2026, 10, 19), date(2026, 10, 16), -1),
    ],
)
def test_working_days_left_are_those_after_today_up_to_the_last(
    today: date, last_day: date, left: int
) -> None:
    assert working_days_left(today, last_day, CALENDAR) == left
