"""Codes become sentences, days become words, and the browser's wish is understood."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest

from services.cases.sections import Section
from services.lifecycle import kinds
from services.lifecycle.refusals import Why
from services.tenants.refusals import Denial
from services.wording.catalogue import ngettext
from services.wording.language import Language, preferred, speaking, spoken, understood
from services.wording.numbers import say_day, say_lately, say_moment, say_money
from services.wording.say import Unworded, phrase, say, vocabulary
from web.forms import Flaw
from web.queue_owner import Clash
from web.said import Said

TODAY = date(2026, 11, 24)
CODES: list[StrEnum] = [
    code
    for closed in (
        kinds.Stage, kinds.Door, kinds.FilingState, kinds.Ball, kinds.Role, kinds.Outcome,
        kinds.Platform, kinds.Problem, kinds.Purpose, kinds.DemandKind, kinds.Consent,
        kinds.ProofKind, kinds.Verdict, kinds.Reason, kinds.Capacity, kinds.Hand,
        Why, Denial, Flaw, Said, Section, Clash,
    )
    for code in closed
]  # fmt: skip


@pytest.mark.parametrize("language", Language)
def test_every_code_has_words_in_every_language(language: Language):
    with speaking(language):
        told = {
            f"{type(code).__name__}.{code}": say(code, longest=9, over=1, n=2) for code in CODES
        }

    assert [name for name, words in told.items() if not words.strip()] == []
    if language is Language.CHINESE:
        foreign = {n: words for n, words in told.items() if words.isascii() and words.isalpha()}
        assert foreign == {}


def test_no_set_of_codes_has_words_for_a_code_that_is_gone():
    known = {type(code).__name__: {str(c.value) for c in type(code)} for code in CODES}

    stale = {group: set(vocabulary()[group]) - codes for group, codes in known.items()}

    assert {group: keys for group, keys in stale.items() if keys} == {}


def test_a_code_that_nobody_worded_is_our_bug():
    with pytest.raises(Unworded, match=r"Stage\.nowhere"):
        phrase("Stage", "nowhere")


def test_days_are_said_shortly_in_this_year_and_fully_in_another():
    with speaking(Language.CHINESE):
        assert say_day(date(2026, 11, 26), today=TODAY) == "11月26日 周四"
        assert say_day(date(2027, 1, 15), today=TODAY) == "2027年1月15日"
        assert say_day(date(2026, 11, 26)) == "2026年11月26日"
    with speaking(Language.ENGLISH):
        assert say_day(date(2026, 11, 26), today=TODAY) == "Thu 26 Nov"
        assert say_day(date(2027, 1, 15), today=TODAY) == "15 Jan 2027"


def test_a_moment_is_said_in_the_time_of_the_place():
    late = datetime(2026, 11, 24, 17, 5, tzinfo=UTC)

    with speaking(Language.CHINESE):
        assert say_moment(late, today=TODAY) == "11月25日 周三 01:05"
    with speaking(Language.ENGLISH):
        assert say_moment(late, today=TODAY) == "Wed 25 Nov, 01:05"


@pytest.mark.parametrize(
    ("amount", "said"), [("1286", "¥1,286"), ("1286.50", "¥1,286.50"), ("0.05", "¥0.05")]
)
def test_money_is_said_with_its_sign_and_no_empty_cents(amount: str, said: str):
    assert say_money(Decimal(amount)) == said


def test_counts_agree_with_what_they_count():
    one = ("%(num)d thing needs your attention", "%(num)d things need your attention")

    with speaking(Language.ENGLISH):
        assert ngettext(*one, 1).startswith("%(num)d thing needs")
        assert ngettext(*one, 2).startswith("%(num)d things need")
    with speaking(Language.CHINESE):
        assert ngettext(*one, 1) == ngettext(*one, 2)


def test_every_kind_of_chinese_is_chinese():
    for tag in ("zh", "zh-CN", "zh_Hans_CN", "zh-TW", "ZH-hk"):
        assert understood(tag) is Language.CHINESE
    assert understood("en-US") is Language.ENGLISH
    assert understood("fr") is None
    assert understood("") is None
    assert preferred("fr, en;q=0.5, zh;q=0.7") is Language.CHINESE
    assert preferred("") is None


def test_one_request_does_not_change_the_language_of_another():
    with speaking(Language.ENGLISH):
        with speaking(Language.CHINESE):
            assert spoken() is Language.CHINESE
        assert spoken() is Language.ENGLISH
    assert spoken() is Language.CHINESE


@pytest.mark.parametrize(
    ("moment", "chinese", "english"),
    [
        (datetime(2026, 11, 24, 0, 30, tzinfo=UTC), "08:30", "08:30"),
        (datetime(2026, 11, 23, 15, 59, tzinfo=UTC), "昨天", "yesterday"),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), "00:00", "00:00"),
        (datetime(2026, 11, 21, 16, 0, tzinfo=UTC), "周日", "Sun"),
        (datetime(2026, 11, 18, 4, 0, tzinfo=UTC), "周三", "Wed"),
        (datetime(2026, 11, 17, 4, 0, tzinfo=UTC), "11月17日", "17 Nov"),
        (datetime(2025, 12, 30, 4, 0, tzinfo=UTC), "2025年12月30日", "30 Dec 2025"),
    ],
)
def test_what_is_not_long_ago_is_said_shortly(moment: datetime, chinese: str, english: str):
    for language, expected in ((Language.CHINESE, chinese), (Language.ENGLISH, english)):
        with speaking(language):
            assert say_lately(moment, today=TODAY) == expected
