"""How a date presses: in words first, exact in both languages, in the unit it is counted in."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from services.calendars.library import shipped
from services.lifecycle import commands as c
from services.lifecycle.agenda import agenda
from services.lifecycle.bells import SHANGHAI, Bell
from services.lifecycle.case import Case
from services.lifecycle.kinds import Door, Reason, Verdict
from services.lifecycle.playbook import Rules
from services.lifecycle.spans import Kind
from services.playbooks.library import shelf
from services.wording.language import Language, speaking
from tests.lifecycle.cast import at_platform, day, give, sent, taken_on, words
from web import dues
from web.countdown import Countdown
from web.dues import Due, Press, days, elapsed, met, of_bell, of_row, paused
from web.templating import counted, environment

CALENDAR = shipped()
UI: Any = environment().globals["ui"]
SHELF = Rules(playbook=next(b for b in shelf() if b.id == "1688"), calendar=CALENDAR)


def moment(day: str, at: str = "12:00") -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(at), SHANGHAI)


def due(today: str, last_day: str, unit: Kind = Kind.WORKING_DAYS, *, at: str = "12:00") -> Due:
    end = moment(last_day, "00:00") + timedelta(days=1)
    return days(end, now=moment(today, at), calendar=CALENDAR, unit=unit)


def in_english(found: Due) -> str:
    with speaking(Language.ENGLISH):
        return found.words


@pytest.mark.parametrize(
    ("today", "last_day", "press", "chinese", "english"),
    [
        ("2026-11-24", "2026-11-20", Press.OVER, "逾期2个工作日", "2 working days late"),
        ("2026-11-24", "2026-11-23", Press.OVER, "逾期1个工作日", "1 working day late"),
        ("2026-11-24", "2026-11-24", Press.TODAY, "今天到期", "due today"),
        ("2026-11-24", "2026-11-25", Press.SOON, "剩1个工作日", "1 working day left"),
        ("2026-11-24", "2026-11-27", Press.SOON, "剩3个工作日", "3 working days left"),
        ("2026-11-24", "2026-11-30", Press.FAR, "剩4个工作日", "4 working days left"),
        ("2026-11-28", "2026-11-29", Press.SOON, "剩1天", "1 day left"),
        ("2026-11-29", "2026-11-28", Press.OVER, "逾期1天", "1 day late"),
        ("2026-10-02", "2026-10-07", Press.SOON, "剩5天", "5 days left"),
        ("2026-10-09", "2026-10-10", Press.SOON, "剩1个工作日", "1 working day left"),
        ("2026-10-08", "2026-10-12", Press.SOON, "剩3个工作日", "3 working days left"),
    ],
    ids=[
        "-2",
        "-1",
        "0",
        "1",
        "3",
        "4",
        "weekend",
        "late_weekend",
        "holiday",
        "makeup",
        "over_makeup",
    ],
)
def test_what_is_left_counts_working_days_and_on_free_days_days(
    today: str, last_day: str, press: Press, chinese: str, english: str
):
    found = due(today, last_day)

    assert (found.press, found.words, in_english(found)) == (press, chinese, english)


@pytest.mark.parametrize(
    ("at", "today", "said"),
    [
        ("23:59", "2026-11-24", "剩1个工作日"),
        ("00:00", "2026-11-25", "今天到期"),
        ("23:59", "2026-11-25", "今天到期"),
        ("00:00", "2026-11-26", "逾期1个工作日"),
    ],
)
def test_a_day_begins_at_midnight_in_shanghai(at: str, today: str, said: str):
    assert due(today, "2026-11-25", at=at).words == said


@pytest.mark.parametrize(
    ("rest", "press", "chinese", "english"),
    [
        (timedelta(hours=30), Press.FAR, "剩30小时", "30 hours left"),
        (timedelta(hours=24), Press.SOON, "剩24小时", "24 hours left"),
        (timedelta(minutes=119), Press.SOON, "剩119分钟", "119 minutes left"),
        (timedelta(seconds=1), Press.SOON, "剩1分钟", "1 minute left"),
        (timedelta(0), Press.OVER, "现在到期", "due now"),
        (timedelta(minutes=-5), Press.OVER, "逾期5分钟", "5 minutes late"),
        (timedelta(hours=-26), Press.OVER, "逾期26小时", "26 hours late"),
    ],
)
def test_minutes_and_hours_are_told_as_such(
    rest: timedelta, press: Press, chinese: str, english: str
):
    now = moment("2026-11-24")

    found = elapsed(now + rest, now=now)

    assert (found.press, found.words, in_english(found)) == (press, chinese, english)


def test_a_span_of_natural_days_is_told_in_days_without_the_word_working():
    found = due("2026-11-24", "2027-01-11", Kind.DAYS)

    assert (found.words, in_english(found)) == ("剩48天", "48 days left")
    assert found.pips is None


def test_a_pause_says_why():
    assert paused(Reason.APPRAISAL).words == "已暂停：等检测或鉴定"
    assert (
        of_row(
            None, now=moment("2026-11-24"), calendar=CALENDAR, paused=True, provisional=False
        ).words
        == "已暂停"
    )
    assert dues.PAUSED.pips is None


def test_what_was_done_in_time_says_on_which_working_day():
    found = met(date(2026, 11, 12), date(2026, 11, 20), CALENDAR)

    assert (found.press, found.words, in_english(found)) == (
        Press.MET,
        "第6个工作日",
        "on working day 6",
    )


def bells(case: Case, rules: Rules = SHELF) -> dict[str, Bell]:
    return {bell.rule: bell for bell in agenda(case, rules)}


def told(bell: Bell, *, now: datetime) -> Due:
    return of_bell(bell, now=now, calendar=CALENDAR)


def test_a_date_read_from_the_order_page_is_the_platform_s():
    case = sent(at_platform(), Door.PLATFORM, now=day(2))
    read = give(case, c.ReadTheirDate(door=Door.PLATFORM, due_on=day(12).date()), now=day(2))

    ours, theirs = (told(bells(each)["clock-1688.decision"], now=day(3)) for each in (case, read))

    assert (ours.notes, theirs.notes) == ((), ("以订单页为准",))
    assert theirs.last_day == day(12).date()


def test_sixty_natural_days_move_on_if_they_end_on_a_holiday():
    case = sent(
        give(at_platform(), c.OpenDoor(door=Door.REGULATOR), now=day(2)), Door.REGULATOR, now=day(3)
    )
    accepted = c.RecordAnswer(
        door=Door.REGULATOR, verdict=Verdict.ACCEPTED, on=day(5).date(), text=words()
    )

    found = told(bells(give(case, accepted, now=day(5)))["clock-reg.mediate"], now=day(6))

    assert (found.words, found.notes) == ("剩59天", ("遇节假日顺延",))


def test_one_mark_stands_for_one_working_day_and_spent_ones_are_hollow():
    case = sent(taken_on())

    wait = told(bells(case)["wait"], now=day(1))

    assert (wait.words, wait.pips) == ("剩2个工作日", (1, 2, 0))
    assert drawn("due_sub", wait).count('class="spent"') == 1
    assert drawn("due_sub", wait).count('class="left"') == 2


@pytest.mark.parametrize(
    ("last_day", "marks"),
    [
        ("2026-11-20", (0, 0, 2)),
        ("2026-11-26", (0, 2, 0)),
        ("2026-12-11", None),
        ("2026-11-24", None),
    ],
)
def test_a_row_that_knows_no_whole_has_marks_for_the_days_that_are_left(
    last_day: str, marks: tuple[int, int, int] | None
):
    assert due("2026-11-24", last_day).pips == marks


@pytest.mark.parametrize(
    ("press", "tone", "icon"),
    [
        (Press.FAR, 'duechip"', "clock"),
        (Press.SOON, "duechip--soon", "clock"),
        (Press.TODAY, "duechip--over", "alert"),
        (Press.OVER, "duechip--over", "alert"),
        (Press.PAUSED, 'duechip"', "pause"),
        (Press.MET, "duechip--done", "check"),
    ],
)
def test_a_chip_tells_by_words_and_shape_and_is_warm_only_when_time_is_short(
    press: Press, tone: str, icon: str
):
    chip = UI.due_chip(Due(press=press, left=2))

    assert tone in chip
    assert f"#{icon}" in chip
    assert Due(press=press, left=2).words in chip


def test_a_countdown_has_the_number_apart_and_is_calm_for_who_only_waits():
    soon = due("2026-11-24", "2026-11-25")

    mine, theirs = (
        str(UI.clock(Countdown(due=soon, before="", after="", tone=tone), date(2026, 11, 24)))
        for tone in ("soon", "calm")
    )

    assert "<span>剩</span><b>1</b><span>个工作日</span>" in mine
    assert "剩1个工作日" in mine
    assert "clock--calm" in theirs
    assert "clock--calm" not in mine


def test_words_are_taken_apart_at_their_number():
    found = counted("剩2个工作日")

    assert found
    assert (found.before, found.number, found.after) == ("剩", "2", "个工作日")
    assert counted("今天到期") is None


def test_a_date_beyond_the_published_holidays_is_provisional():
    found = days(
        moment("2027-03-02"), now=moment("2026-11-24"), calendar=CALENDAR, provisional=True
    )

    assert "暂按已公布的假期推算" in drawn("due_day", found)
    assert ">暂<" in drawn("due_day", found)


def drawn(macro: str, found: Due, *more: object) -> str:
    return str(getattr(UI, macro)(found, date(2026, 11, 24), *more))
