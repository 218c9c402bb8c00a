"""How a date presses, told in the unit that it is counted in, on free days too."""

from datetime import date, datetime, time, timedelta

import pytest

from services.calendars.library import shipped
from services.lifecycle.bells import SHANGHAI
from services.lifecycle.spans import Kind
from web.dues import Due, Press, days


def due(today: str, last_day: str, unit: Kind = Kind.WORKING_DAYS) -> Due:
    noon = datetime.combine(date.fromisoformat(today), time(12), SHANGHAI)
    end = datetime.combine(date.fromisoformat(last_day), time(), SHANGHAI) + timedelta(days=1)
    return days(end, now=noon, calendar=shipped(), unit=unit)


@pytest.mark.parametrize(
    ("today", "last_day", "press", "words"),
    [
        ("2026-11-24", "2026-11-26", Press.SOON, "剩2个工作日"),
        ("2026-11-24", "2026-11-24", Press.TODAY, "今天到期"),
        ("2026-11-24", "2026-11-23", Press.OVER, "逾期1个工作日"),
        ("2026-11-24", "2026-12-11", Press.FAR, "剩13个工作日"),
        ("2026-11-28", "2026-11-29", Press.SOON, "剩1天"),
        ("2026-11-29", "2026-11-28", Press.OVER, "逾期1天"),
        ("2026-10-02", "2026-10-07", Press.SOON, "剩5天"),
        ("2026-10-09", "2026-10-10", Press.SOON, "剩1个工作日"),
    ],
)
def test_what_is_left_counts_working_days_and_on_free_days_days(
    today: str, last_day: str, press: Press, words: str
):
    found = due(today, last_day)

    assert (found.press, found.words) == (press, words)


def test_a_span_of_days_is_told_in_days():
    assert due("2026-11-24", "2027-01-11", Kind.DAYS).words == "剩48天"
