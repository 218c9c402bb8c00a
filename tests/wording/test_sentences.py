"""Stage, filing and turn; bells; spans and sums: as people read them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.calendars.library import shipped
from services.lifecycle import commands as c
from services.lifecycle.agenda import agenda
from services.lifecycle.case import Case
from services.lifecycle.deadlines import Pause as Still
from services.lifecycle.deadlines import deadline
from services.lifecycle.kinds import Ball, Door, Outcome, Reason, Role, Verdict
from services.lifecycle.playbook import Rules
from services.lifecycle.spans import Kind, Roll, Span
from services.playbooks.library import shelf
from services.wording.language import Language, speaking
from services.wording.laws import say_law
from services.wording.ringing import line
from services.wording.spans import Sum, say_lasted, say_left, say_span, sum_of
from services.wording.standing import Standing, say_standing
from tests.lifecycle.cast import MONDAY, day, filed, give, sent, words

RULES = Rules(playbook=next(b for b in shelf() if b.id == "1688"), calendar=shipped())
TODAY = date(2026, 11, 24)
TAKEN = give(filed(), c.TakeOn(), rules=RULES)
AT_PLATFORM = give(sent(TAKEN), c.OpenDoor(door=Door.PLATFORM), now=day(1), rules=RULES)
AT_REGULATOR = give(AT_PLATFORM, c.OpenDoor(door=Door.REGULATOR), now=day(2), rules=RULES)
FILED_THERE = sent(AT_REGULATOR, Door.REGULATOR, now=day(3))
PROMISE = c.Promise(promisor=Ball.MERCHANT, what=words(), due_on=day(9).date())
ACCEPTED = c.RecordAnswer(
    door=Door.REGULATOR, verdict=Verdict.ACCEPTED, on=day(4).date(), text=words()
)


def standing(case: Case, reader: Role = Role.CONSUMER) -> str:
    return say_standing(Standing.of(case), reader=reader, today=TODAY)


@pytest.mark.parametrize(
    ("case", "reader", "said"),
    [
        (filed(), Role.CONSUMER, "已提交 · 等本会"),
        (filed(), Role.VOLUNTEER, "已提交 · 轮到我们"),
        (TAKEN, Role.MANAGER, "与商家协商 · 诉求书待发出，轮到我们"),
        (sent(TAKEN), Role.MERCHANT, "与商家协商 · 11月2日诉求书已发出，轮到贵店"),
        (AT_PLATFORM, Role.CONSUMER, "平台介入 · 待提交，轮到您"),
        (AT_PLATFORM, Role.MANAGER, "平台介入 · 待提交，等消费者"),
        (FILED_THERE, Role.CONSUMER, "市场监管 · 11月5日已提交，等监管部门"),
        (
            give(FILED_THERE, ACCEPTED, now=day(5)),
            Role.CONSUMER,
            "市场监管 · 11月6日已受理，等监管部门",
        ),
        (give(TAKEN, PROMISE), Role.CONSUMER, "已达成 · 等承诺的事做到，等商家"),
        (
            give(TAKEN, c.Pause(holder=Ball.CONSUMER, reason=Reason.APPRAISAL)),
            Role.CONSUMER,
            "与商家协商 · 已暂停，轮到您",
        ),
        (
            give(TAKEN, c.Close(outcome=Outcome.NOT_SOLVED, text=words())),
            Role.CONSUMER,
            "已结束 · 未解决",
        ),
    ],
)
def test_stage_filing_and_turn_stand_in_one_line(case: Case, reader: Role, said: str):
    assert standing(case, reader) == said


def test_the_line_is_english_for_an_english_reader():
    with speaking(Language.ENGLISH):
        assert standing(FILED_THERE) == (
            "With the market regulator · filed 5 Nov, waiting for the regulator"
        )


def test_a_filing_of_another_year_names_it():
    said = say_standing(Standing.of(FILED_THERE), reader=Role.CONSUMER, today=date(2027, 1, 4))

    assert said == "市场监管 · 2026年11月5日已提交，等监管部门"


def test_before_it_is_filed_no_line_claims_that_anybody_has_it():
    for case in (TAKEN, AT_PLATFORM, AT_REGULATOR):
        assert not {"已提交，", "已发出", "已收到", "已受理"} & {
            word for word in ("已提交，", "已发出", "已收到", "已受理") if word in standing(case)
        }


def test_a_bell_says_its_day_what_it_is_and_what_follows():
    said = [line(bell, today=TODAY) for bell in agenda(sent(TAKEN), RULES)]

    assert said[-1] == (
        "11月5日 周四：我们等商家答复。没人处理：转到“平台介入”，提交之前不算对方收到。"
    )


def test_what_a_platform_is_said_to_need_is_not_called_its_duty():
    case = sent(AT_PLATFORM, Door.PLATFORM, now=day(2))

    said = [line(b, today=TODAY) for b in agenda(case, RULES) if b.rule.startswith("clock")]

    assert len(said) == 2
    assert all("以订单页为准" in each and "逾期" not in each for each in said)


def test_a_day_in_a_year_without_holidays_is_marked():
    case = sent(AT_REGULATOR, Door.REGULATOR, now=datetime(2026, 12, 30, 2, tzinfo=MONDAY.tzinfo))

    said = [line(bell, today=TODAY) for bell in agenda(case, RULES)]

    assert any("（暂按已公布的假期推算）" in each for each in said)


@pytest.mark.parametrize(
    ("span", "chinese", "english"),
    [
        ("7 working days", "7个工作日", "7 working days"),
        ("1 working day", "1个工作日", "1 working day"),
        ("60 days", "60天", "60 days"),
        ("0.5 minutes", "0.5分钟", "0.5 minutes"),
        ("24h", "24小时", "24 hours"),
        ("2 weeks", "2周", "2 weeks"),
        ("6 months", "6个月", "6 months"),
        ("3 years", "3年", "3 years"),
    ],
)
def test_a_span_is_said_in_its_own_unit(span: str, chinese: str, english: str):
    assert say_span(Span.parse(span)) == chinese
    with speaking(Language.ENGLISH):
        assert say_span(Span.parse(span)) == english


@pytest.mark.parametrize(
    ("left", "unit", "said"),
    [
        (2, Kind.WORKING_DAYS, "剩2个工作日"),
        (0, Kind.WORKING_DAYS, "今天到期"),
        (-1, Kind.WORKING_DAYS, "逾期1个工作日"),
        (48, Kind.DAYS, "剩48天"),
        (0, Kind.DAYS, "今天到期"),
        (-3, Kind.DAYS, "逾期3天"),
        (90, Kind.ELAPSED, "剩90分钟"),
        (1440, Kind.ELAPSED, "剩24小时"),
    ],
)
def test_what_is_left_is_said_as_people_count(left: int, unit: Kind, said: str):
    assert say_left(left, unit) == said


@pytest.mark.parametrize(
    ("lasted", "said"),
    [
        (timedelta(days=3, hours=4, minutes=5), "3天4小时"),
        (timedelta(hours=2), "2小时"),
        (timedelta(seconds=3), "1分钟"),
    ],
)
def test_a_time_spent_is_said_by_its_two_largest_units(lasted: timedelta, said: str):
    assert say_lasted(lasted) == said


def reckoned(trigger: date | datetime, span: str, **more: Any) -> Sum:
    found = deadline(trigger, Span.parse(span), calendar=shipped(), **more)
    assert found is not None
    return sum_of(found, today=TODAY)


def test_the_sum_counts_along_with_the_reader():
    told = reckoned(date(2026, 9, 30), "7 working days")

    by_day = {each.day.isoformat(): each.text for each in told.lines}
    assert told.start == "从9月30日 周三起算，7个工作日。"
    assert told.due == "10月15日 周四当天24时前。"
    assert by_day["2026-09-30"] == "当天不计入"
    assert by_day["2026-10-01"] == "国庆节放假"
    assert by_day["2026-10-10"] == "第3天（调休上班）"
    assert by_day["2026-10-11"] == "周末"
    assert by_day["2026-10-15"] == "第7天，最后一天"
    assert [each.is_last for each in told.lines].count(True) == 1


def test_a_sum_that_rolls_says_over_what():
    told = reckoned(date(2026, 8, 5), "60 days", roll=Roll.HOLIDAY)

    assert [each.text for each in told.lines[-5:]] == [
        "第60天",
        "末日遇国庆节，顺延",
        "末日遇国庆节，顺延",
        "末日遇国庆节，顺延",
        "顺延后的最后一天",
    ]
    assert told.notes == ("按自然日计算，周末和假期都计入。",)


def test_a_sum_tells_its_pauses_its_extensions_and_what_is_not_known_yet():
    told = reckoned(
        date(2026, 12, 28),
        "3 working days",
        pauses=[Still(start=date(2026, 12, 29), end=date(2026, 12, 31))],
        extensions=[Span.parse("2 working days")],
    )

    assert "再加2个工作日" in told.start
    assert [each.text for each in told.lines].count("本会暂停计时") == 2
    assert told.notes == ("暂按已公布的假期推算，公布后会重新计算。",)


def test_minutes_have_a_moment():
    told = reckoned(MONDAY, "90 minutes")

    assert told.due == "到11月2日 周一 11:30为止。"
    assert told.lines == ()


def test_a_law_is_quoted_by_name_and_article():
    assert say_law("民法典 188") == "《民法典》第188条"
    assert say_law("某地方条例 3") == "某地方条例 3"
    with speaking(Language.ENGLISH):
        assert say_law("民法典 188") == "Civil Code, art. 188"
