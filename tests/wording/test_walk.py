"""Every stage, filing state, turn, hand, event, refusal and trouble, walked through in both
languages: each is a whole sentence, nothing is missing in it, and what differs is said differently.
"""

import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from itertools import product

import pytest

import web
from services.lifecycle.kinds import (
    STAGE_AT,
    Audience,
    Ball,
    Door,
    FilingState,
    Hand,
    Outcome,
    Role,
    Stage,
    Verdict,
)
from services.lifecycle.refusals import Why
from services.tenants.refusals import Denial
from services.wording.language import Language, speaking
from services.wording.say import phrase, say, vocabulary
from services.wording.standing import Standing, say_standing
from tests.wording.test_words import in_both, right_script
from web.body import Unfit
from web.cookies import Jar
from web.dues import Press
from web.evidence_form import State
from web.exhibits import Look
from web.fields import Input
from web.glyph import Tread
from web.moments import Moment
from web.situations import Situation
from web.troubles import Trouble

TODAY = date(2026, 11, 25)
YESTERDAY = date(2026, 11, 24)
READERS = (Role.CONSUMER, Role.MERCHANT, Role.CASEWORKER)
BEFORE_THE_FILING = ("paused", "choosing", "asked", "offered", "promise")
AT_A_DOOR = (*FilingState, "accepted", "before_us", *BEFORE_THE_FILING)
LEFT_OPEN = re.compile(r"%\(|\{|\}|None|（）|\(\)|，，|。。|[·：，,:]\s*$|^\s*[·，,]|  ")

NEVER_SAID = {Jar, Input, Tread, Unfit, State, Look}
"""Names of cookies, kinds of fields, shapes of a drawing, what `Flaw` says for a body, and how a
file fared, whose reason is said."""
HEADS_NO_SECTION = {Press.MET.value}
"""Of the queue, where nothing is left that was done in time."""
SAID_BESIDE: dict[str, set[str]] = defaultdict(
    set,
    {
        "Result": {f"verdict.{verdict}" for verdict in Verdict},
        "DueNote": {"provisional"},
        "Trouble.text": {"away.reading"},
        "Trouble.next": {"away.reading"},
    },
)
"""Words of the same kind that stand for a code of the law, or for a fact of its own."""
SAID_AS = {
    "Mark": ("Result",),
    "Note": ("DueNote",),
    "Trouble": ("Trouble.title", "Trouble.text", "Trouble.next"),
    "Situation": ("Situation",),
    "Moment": ("MomentHeading", "MomentText"),
}


def whole(text: str, language: Language) -> bool:
    return right_script(text, language) and not LEFT_OPEN.search(text)


@in_both
@pytest.mark.parametrize("reader", READERS)
def test_every_stage_filing_and_turn_is_a_line_of_its_own(reader: Role, language: Language):
    with speaking(language):
        told = {s: say_standing(s, reader=reader, today=TODAY) for s in standings()}

    assert [line for line in told.values() if not whole(line, language)] == []
    assert len(told) > 400
    assert doubled(told) == {}


def standings() -> Iterator[Standing]:
    """Every one that could be, whether or not the law lets a case come there."""
    for ball, stage in product(Ball, (Stage.SUBMITTED, Stage.SETTLED)):
        yield Standing(stage=stage, ball=ball)
    for outcome in Outcome:
        yield Standing(stage=Stage.CLOSED, ball=Ball.NOBODY, outcome=outcome)
    for door, state, ball in product(STAGE_AT, AT_A_DOOR, Ball):
        yield Standing(stage=STAGE_AT[door], door=door, state=state, ball=ball)


def doubled(told: dict[Standing, str]) -> dict[str, list[Standing]]:
    found: dict[str, list[Standing]] = {}
    for standing, line in told.items():
        found.setdefault(line, []).append(standing)
    return {line: alike for line, alike in found.items() if len(alike) > 1}


@in_both
def test_a_filing_with_a_day_tells_it(language: Language):
    day = {Language.CHINESE: "11月24日", Language.ENGLISH: "24 Nov"}[language]
    dated = (FilingState.SENT, FilingState.RECEIVED, "accepted")

    with speaking(language):
        for door, state in product(STAGE_AT, dated):
            standing = Standing(
                stage=STAGE_AT[door], door=door, state=state, ball=Ball.CONSUMER, on=YESTERDAY
            )

            line = say_standing(standing, reader=Role.CONSUMER, today=TODAY)
            assert day in line
            assert whole(line, language)


@in_both
def test_every_situation_of_the_desk_has_a_heading_of_its_own(language: Language):
    with speaking(language):
        told = {
            (situation, *facts): phrase("Situation", situation, **named(*facts))
            for situation in Situation
            for facts in product(STAGE_AT, Outcome, Ball)
        }
        heads = {s: phrase("Situation", s, door="-", outcome="-", holder="-") for s in Situation}

    assert [text for text in told.values() if not whole(text, language)] == []
    assert len(set(heads.values())) == len(Situation)


def named(door: Door, outcome: Outcome, holder: Ball) -> dict[str, str]:
    return {"door": say(door), "outcome": say(outcome), "holder": say(holder)}


@in_both
def test_every_moment_of_a_consumer_has_a_heading_of_its_own_and_a_text(language: Language):
    some = {"party": "A", "promisor": "B", "platform": "1688", "reason": "C"}

    with speaking(language):
        heads = [phrase("MomentHeading", moment, **some) for moment in Moment]
        texts = [phrase("MomentText", moment) for moment in Moment]

    assert [text for text in (*heads, *texts) if not whole(text, language)] == []
    assert len(set(heads)) == len(Moment)
    assert set(vocabulary()["MomentElse"]) <= {moment.value for moment in Moment}


@in_both
@pytest.mark.parametrize("trouble", Trouble)
def test_a_trouble_tells_what_it_is_what_became_of_things_and_what_to_do(
    trouble: Trouble, language: Language
):
    with speaking(language):
        told = [phrase(f"Trouble.{part}", trouble) for part in ("title", "text", "next")]

    assert len(set(told)) == 3
    assert all(whole(each, language) for each in told)


@in_both
def test_no_two_refusals_say_the_same(language: Language):
    with speaking(language):
        for refusals in (Why, Denial):
            told = [say(each) for each in refusals]

            assert len(told) == len(set(told))
            assert all(whole(each, language) for each in told)


@in_both
def test_every_hand_role_and_audience_is_named_in_the_story(language: Language):
    with speaking(language):
        hands = [phrase(group, f"DoorOpened.{h}", door=say(Door.LAW)) for group, h in TOLD_BY_HAND]
        people = [phrase("Who", role.value) for role in (*STAFF_AND_PARTIES, Role.CLOCK)]
        heard = [say(each) for each in Audience]

    assert len(set(hands)) == len(hands)
    for told in (hands, people, heard):
        assert all(whole(each, language) for each in told)


TOLD_BY_HAND = [(g, h) for g in ("Timeline", "Foretold", "ForConsumer") for h in Hand]
STAFF_AND_PARTIES = (
    *(Role.CONSUMER, Role.MERCHANT, Role.VOLUNTEER, Role.CASEWORKER, Role.MANAGER),
    *(Role.AUDITOR, Role.OPERATOR),
)


def closed_sets() -> list[type[StrEnum]]:
    """All that the window defines, wherever they stand."""
    found: set[type[StrEnum]] = set()
    for each in pkgutil.walk_packages(web.__path__, "web."):
        module = importlib.import_module(each.name)
        found |= {
            value
            for value in vars(module).values()
            if isinstance(value, type)
            and issubclass(value, StrEnum)
            and value.__module__ == each.name
        }
    return sorted(found - NEVER_SAID, key=lambda each: each.__name__)


@in_both
@pytest.mark.parametrize("codes", closed_sets(), ids=lambda each: each.__name__)
def test_every_code_of_the_window_has_words_and_none_is_left_from_before(
    codes: type[StrEnum], language: Language
):
    known = {code.value for code in codes} - HEADS_NO_SECTION

    for group in SAID_AS.get(codes.__name__, (codes.__name__,)):
        told = {key for key in vocabulary()[group] if key not in SAID_BESIDE[group]}
        assert told == known, group
        with speaking(language):
            assert all(right_script(phrase(group, key), language) for key in told)
