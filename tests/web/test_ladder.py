"""The staircase: what stands on every stair, in words and by shape, in three sizes."""

import re
from datetime import date
from typing import Any

import pytest

from services.lifecycle import commands as c
from services.lifecycle.case import Case
from services.lifecycle.facts import Order, Tried
from services.lifecycle.kinds import (
    Ball,
    Door,
    FilingState,
    Outcome,
    Purpose,
    Stage,
    Verdict,
)
from services.lifecycle.playbook import Rules
from services.wording.language import Language, speaking
from services.wording.say import phrase, vocabulary
from tests.lifecycle.cast import (
    PLAIN_RULES,
    RULES,
    at_platform,
    at_regulator,
    day,
    filed,
    give,
    sent,
    taken_on,
    words,
)
from web import ladder
from web.glyph import Tread, glyph
from web.ladder import Mark, Stair, Stand
from web.templating import FOLDER, environment

TODAY = date(2026, 11, 24)
UI: Any = environment().globals["ui"]
SPRITE = FOLDER.parent / "static" / "icons.svg"
MEDIATED = give(at_platform(), c.AcceptMediation(confirmed=True), now=day(3))
REFUSED = give(
    sent(at_platform(), Door.PLATFORM, now=day(2)),
    c.RecordAnswer(door=Door.PLATFORM, verdict=Verdict.REFUSED, on=day(5).date(), text=words()),
    now=day(5),
)
BEYOND = give(REFUSED, c.OpenDoor(door=Door.REGULATOR), now=day(6))


def climb(case: Case, rules: Rules = RULES) -> tuple[Stair, ...]:
    return ladder.stairs(case, rules.playbook)


def stands(case: Case, rules: Rules = RULES) -> list[str]:
    return [step.stand.value for step in climb(case, rules)]


def at(case: Case, door: Door, rules: Rules = RULES) -> Stair:
    return next(step for step in climb(case, rules) if step.door is door)


def drawn(case: Case, size: str = "large", turn: str = "轮到我们") -> str:
    return str(UI.stairs(climb(case), turn, TODAY, size))


@pytest.mark.parametrize(
    ("case", "rules", "expected"),
    [
        (filed(), RULES, ["next"] * 5),
        (taken_on(), RULES, ["now", "next", "next", "next", "next"]),
        (at_platform(), RULES, ["done", "now", "next", "next", "next"]),
        (MEDIATED, RULES, ["done", "done", "now", "off", "next"]),
        (
            sent(at_regulator(), Door.REGULATOR, now=day(3)),
            RULES,
            ["done", "done", "off", "now", "next"],
        ),
        (at_regulator(), PLAIN_RULES, ["done", "done", "skipped", "now", "next"]),
        (
            taken_on(order=Order(purpose=Purpose.RESALE)),
            RULES,
            ["now", "next", "next", "off", "next"],
        ),
    ],
)
def test_every_stair_is_behind_here_ahead_shut_or_left_out(
    case: Case, rules: Rules, expected: list[str]
):
    assert stands(case, rules) == expected


@pytest.mark.parametrize(
    ("stair", "mark", "result", "told"),
    [
        (at(taken_on(), Door.MERCHANT), Mark.OWED, "待提交", "诉求书待发出"),
        (at(sent(taken_on()), Door.MERCHANT), Mark.SENT, "已提交", "11月2日诉求书已发出"),
        (at(at_platform(), Door.MERCHANT), Mark.SILENT, "未获答复", "11月2日诉求书已发出"),
        (at(MEDIATED, Door.PLATFORM), Mark.PASSED, "未使用", "未使用"),
        (at(MEDIATED, Door.ASSOCIATION), Mark.ACCEPTED, "已受理", "11月5日已受理"),
        (at(BEYOND, Door.PLATFORM), Mark.REFUSED, "未同意", "11月4日至7日"),
    ],
)
def test_what_happened_at_a_door_has_a_sign_a_result_and_its_dates(
    stair: Stair, mark: Mark, result: str, told: str
):
    assert (stair.mark, stair.result, stair.told(TODAY)) == (mark, result, told)


@pytest.mark.parametrize(
    ("first", "last", "today", "chinese", "english"),
    [
        ("2026-11-02", "2026-11-09", "2026-11-24", "11月2日至9日", "2 to 9 Nov"),
        ("2026-10-28", "2026-11-02", "2026-11-24", "10月28日至11月2日", "28 Oct to 2 Nov"),
        (
            "2026-12-30",
            "2027-01-04",
            "2027-01-05",
            "2026年12月30日至1月4日",
            "30 Dec 2026 to 4 Jan",
        ),
    ],
)
def test_two_days_are_said_as_shortly_as_they_can_be(
    first: str, last: str, today: str, chinese: str, english: str
):
    days = [date.fromisoformat(day) for day in (first, last, today)]

    told = {}
    for language in Language:
        with speaking(language):
            told[language] = ladder.say_range(days[0], days[1], today=days[2])

    assert (told[Language.CHINESE], told[Language.ENGLISH]) == (chinese, english)


def test_our_own_stair_says_what_happened_last_and_when():
    stair = at(REFUSED, Door.PLATFORM)

    assert (stair.stand, stair.told(TODAY)) == (Stand.NOW, "11月7日被拒绝")


def test_a_door_knocked_at_before_us_says_so_with_its_day():
    case = give(filed(tried=(Tried(door=Door.MERCHANT, on=date(2026, 10, 20)),)), c.TakeOn())

    first = at(case, Door.MERCHANT)

    assert (first.stand, first.mark, first.told(TODAY)) == (Stand.DONE, Mark.BEFORE_US, "10月20日")


def test_a_shut_stair_gives_its_reason_and_one_ahead_says_when_it_opens():
    assert "一般不再受理" in at(MEDIATED, Door.REGULATOR).told(TODAY)
    assert at(taken_on(), Door.PLATFORM).told(TODAY) == "商家不答复或谈不成时"


def test_a_regulator_s_door_that_was_opened_and_not_used_is_shut_by_mediation():
    case = give(at_regulator(), c.AcceptMediation(confirmed=True), now=day(3))

    assert stands(case) == ["done", "done", "now", "off", "next"]


def test_a_report_stands_beside_the_regulator_and_moves_nothing():
    case = give(MEDIATED, c.OpenReport(text=words()), now=day(4))

    stair = at(case, Door.REGULATOR)

    assert (stair.stand, case.ball) == (Stand.SHUT, MEDIATED.ball)
    assert stair.report
    assert "举报线索：待提交" in drawn(case)
    assert [step.report for step in climb(case) if step is not stair and step.report] == [
        stair.report
    ]


def test_a_closed_case_stands_nowhere():
    case = give(
        sent(taken_on()),
        c.Close(outcome=Outcome.NOT_SOLVED, text=words()),
        now=day(9),
    )

    assert stands(case) == ["done", "next", "next", "next", "next"]


@pytest.mark.parametrize("size", ["large", "compact"])
@pytest.mark.parametrize(
    "case", [taken_on(), MEDIATED, BEYOND, filed()], ids=["first", "mediated", "beyond", "filed"]
)
def test_each_stair_says_its_stand_in_words_besides_its_shape(case: Case, size: str):
    items = re.findall(r"<li class=\"stair stair--(\w+).*?</li>", drawn(case, size), re.DOTALL)
    told = re.findall(r'<span class="vh">(.+?)</span>', drawn(case, size))

    assert items == stands(case)
    assert told == [phrase("Stand", stand) for stand in items]
    assert drawn(case, size).count('aria-current="step"') == items.count("now")


def test_the_current_stair_says_whose_turn_it_is():
    assert drawn(taken_on()).count("轮到我们") == 2
    assert "轮到我们" not in drawn(filed())


@pytest.mark.parametrize("language", Language)
def test_every_sign_and_every_reason_has_words_and_a_picture(language: Language):
    pictures = set(re.findall(r'id="mark-(\w+)"', SPRITE.read_text(encoding="utf-8")))
    with speaking(language):
        assert all(phrase("Result", mark.value) for mark in Mark)
        assert all(
            phrase("Result", f"verdict.{v.value}") for v in Verdict if v is not Verdict.ACCEPTED
        )
        assert vocabulary()["ShutShort"].keys() == vocabulary()["WhyShut"].keys()
    assert {mark.value for mark in Mark} | {"barred", "report"} == pictures


@pytest.mark.parametrize(
    ("stage", "door", "state", "treads"),
    [
        (Stage.SUBMITTED, None, None, "next next next next next"),
        (Stage.AWAITING_MERCHANT, Door.MERCHANT, FilingState.OWED, "owed next next next next"),
        (Stage.ESCALATED_TO_PLATFORM, Door.PLATFORM, FilingState.SENT, "behind now next next next"),
        (Stage.IN_MEDIATION, Door.ASSOCIATION, FilingState.RECEIVED, "behind behind now off next"),
        (
            Stage.ESCALATED_TO_REGULATOR,
            Door.REGULATOR,
            FilingState.OWED,
            "behind behind behind owed next",
        ),
        (
            Stage.ESCALATED_TO_REGULATOR,
            Door.REGULATOR,
            FilingState.SENT,
            "behind behind off now next",
        ),
        (Stage.CLOSED, Door.PLATFORM, FilingState.ANSWERED, "behind behind next next next"),
    ],
)
def test_a_row_draws_the_same_staircase_from_its_own_columns(
    stage: Stage, door: Door | None, state: FilingState | None, treads: str
):
    assert [tread.value for tread in glyph(stage, door, state).treads] == treads.split()


def test_the_glyph_has_a_text_and_a_shape_for_each_kind_of_stair():
    found = glyph(Stage.IN_MEDIATION, Door.ASSOCIATION, FilingState.RECEIVED)

    picture = str(UI.mini(found))

    assert 'role="img" aria-label="第3级，共5级"' in picture
    assert glyph(None, None, None).words == "还没有进入阶梯"
    assert {f"mini-{tread.value}" for tread in found.treads} <= set(
        re.findall(r'class="([\w-]+)"', picture)
    )
    assert set(Tread) - set(found.treads) == {Tread.OWED}


@pytest.mark.parametrize("ball", Ball)
def test_the_large_one_and_the_compact_one_say_the_same(ball: Ball):
    turn = phrase("Turn", ball.value)

    assert drawn(MEDIATED, "large", turn) == drawn(MEDIATED, "compact", turn).replace(
        "stairs--compact", "stairs--large"
    )
