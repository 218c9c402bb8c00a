import json
import time
from bisect import bisect_right
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from services.calendars.days import answer, answers
from services.calendars.library import shipped
from services.lifecycle.spans import Roll

CALENDAR = shipped()
EVERY_DAY = [date(2024, 1, 1) + timedelta(days=n) for n in range(366 + 365 + 365)]


def test_every_day_of_three_years_and_1_to_30_working_days_agree_with_chinesecalendar() -> None:
    worked = [day for day in EVERY_DAY if chinese_calendar.is_workday(day)]
    weekdays_after = [date(2027, 1, 1) + timedelta(days=n) for n in range(60)]
    worked += [day for day in weekdays_after if day.weekday() < 5]
    lines = [f"{day}\t{n} working days" for day in EVERY_DAY for n in range(1, 31)]
    theirs = [worked[bisect_right(worked, day) + n] for day in EVERY_DAY for n in range(30)]

    started = time.perf_counter()
    ours = list(answers(lines, calendar=CALENDAR))
    seconds = time.perf_counter() - started

    assert len(ours) == 1096 * 30
    assert [each["due"] for each in ours] == [str(day) for day in theirs]
    assert [each["provisional"] for each in ours] == [day.year == 2027 for day in theirs]
    assert seconds < 20, "tens of thousands of lines are a matter of seconds"


def test_the_answer_has_the_public_shape() -> None:
    given = answer("2026-09-30", "7 working days", calendar=CALENDAR)

    assert list(given) == ["from", "span", "due", "provisional", "roll", "skipped"]
    assert given["from"] == "2026-09-30"
    assert given["span"] == "7 working days"
    assert given["due"] == "2026-10-15"
    assert given["provisional"] is False
    assert given["roll"] == "none"
    assert given["skipped"][0] == {"day": "2026-10-01", "why": "holiday:national_day"}
    assert given["skipped"][-1] == {"day": "2026-10-11", "why": "weekend"}
    assert json.loads(json.dumps(given)) == given


def test_a_roll_is_told_with_the_days_it_passed() -> None:
    given = answer("2026-08-05", "60d", calendar=CALENDAR, roll=Roll.HOLIDAY)

    assert (given["due"], given["roll"]) == ("2026-10-08", "holiday")
    assert [skip["why"] for skip in given["skipped"]] == ["rolled"] * 4


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        ("2026-09-30T10:00:00+08:00", "24 hours", "2026-10-01T10:00:00+08:00"),
        ("2026-09-30T02:00:00Z", "24h", "2026-10-01T10:00:00+08:00"),
        ("2026-09-30T10:00", "90 minutes", "2026-09-30T11:30:00+08:00"),
        ("2026-09-30 10:00:30", "0.5 minutes", "2026-09-30T10:01:00+08:00"),
        ("2026-09-29T16:30:00Z", "1 day", "2026-10-01"),
        ("２０２６-０９-３０", "７ working days", "2026-10-15"),
        ("2026－09－30", "1 day", "2026-10-01"),
    ],
)
def test_from_may_be_an_instant_and_without_an_offset_it_is_shanghais(
    start: str, span: str, due: str
) -> None:
    assert answer(start, span, calendar=CALENDAR)["due"] == due


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("", "line_not_from_tab_span"),
        ("2026-09-30 7 working days", "line_not_from_tab_span"),
        ("2026-09-30\t7 days\tmore", "line_not_from_tab_span"),
        ("\t", "from_unreadable"),
        ("yesterday\t7 days", "from_unreadable"),
        ("2026-02-30\t7 days", "from_unreadable"),
        ("2026-9-30\t7 days", "from_unreadable"),
        ("20260930\t7 days", "from_unreadable"),
        ("2026-W40-3\t7 days", "from_unreadable"),
        ("2026-09-30T25:00\t7 days", "from_unreadable"),
        ("2026-09-30T10:00+99:99\t7 days", "from_unreadable"),
        ("2026-09-30\x00\t7 days", "from_unreadable"),
        ("\ufffd\ufffd\t7 days", "from_unreadable"),
        ("0001-01-01T00:00+14:00\t1 day", "from_out_of_range"),
        ("9999-12-31\t1 day", "from_out_of_range"),
        ("2026-09-30\tseven days", "span_unreadable"),
        ("2026-09-30\t7 moons", "span_unknown_unit"),
        ("2026-09-30\t0 working days", "span_not_positive"),
        ("2026-09-30\t0.5 days", "span_not_whole"),
        ("2026-09-30\t11 years", "span_too_long"),
        ("2026-09-30\t24 hours", "span_needs_an_instant"),
    ],
)
def test_a_bad_line_is_answered_by_its_error_in_its_place(line: str, error: str) -> None:
    good = "2026-09-30\t7 working days\n"

    before, given, after = answers([good, line + "\r\n", good], calendar=CALENDAR)

    assert given == {"error": error, "line": line}
    assert before["due"] == after["due"] == "2026-10-15"


@given_any(st.lists(st.text(max_size=30), max_size=3))
def test_no_line_whatever_breaks_the_row(lines: list[str]) -> None:
    told = list(answers(lines, calendar=CALENDAR))

    assert len(told) == len(lines)
    assert all("error" in each for each in told)


def test_a_very_long_bad_line_is_not_repeated_whole() -> None:
    (given,) = answers(["x" * 1_000_000], calendar=CALENDAR)

    assert len(given["line"]) == 80
