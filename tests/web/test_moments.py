"""Every moment of a case has a heading, an explanation and one main act of its own."""

import re
from dataclasses import dataclass

import httpx
import pytest

from services.cases import queries
from services.lifecycle.kinds import Door
from services.tenants.organisations import Organisation
from services.wording.language import Language, speaking
from services.wording.say import phrase, vocabulary
from tests.web.cast import file, leo_of, open_acme
from tests.web.moment_stories import STORIES, Story
from tests.web.visitor import Visitor
from tests.wording.test_words import anything, right_script
from web.acts import ACTS
from web.asking import lines
from web.moments import Moment, moment
from web.status_cards import FIRST

HEADING = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
TONE = re.compile(r'class="clock clock--(\w+)"')
FIRST_ACT = re.compile(r'class="btn btn--primary" href="/s/[^/]+/(\w+)')
WARM = ("clock--soon", "clock--over", "duechip--soon", "duechip--over", "notice--warm")
NEVER_REACHED = {
    *("merchant_yours", "merchant_late", "platform_ours", "platform_late", "platform_spoke"),
    *("association_late", "association_spoke"),
    *("regulator_ours", "regulator_late", "regulator_spoke"),
    *("law_ours", "law_late", "law_refused", "law_spoke"),
}
"""By the shelf's playbooks only in rare lives; their words are held by the tests of words."""


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await open_acme()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    moment: Moment
    page: httpx.Response


async def opened(visitor: Visitor, acme: Organisation, story: Story, *, lang: str = "zh") -> Opened:
    filed = await file(visitor, acme)
    for step in story.steps:
        await step(acme, filed)
    view = await queries.case(leo_of(acme), filed.number)
    page = await visitor.get(f"/s/{filed.number}/status?lang={lang}")
    return Opened(moment=moment(view), page=page)


def heading(page: httpx.Response) -> str:
    found = HEADING.search(page.text)
    assert found
    return found[1]


def fits(said: str, key: str) -> bool:
    """The sentence of this key, whatever stands in its gaps."""
    whole = phrase("MomentHeading", key, **anything(vocabulary()["MomentHeading"][key]))
    return re.fullmatch(".+".join(re.escape(part) for part in whole.split("-")), said) is not None


@pytest.mark.parametrize("key", STORIES)
async def test_each_moment_has_its_heading_its_act_and_no_warm_spot_without_need(
    visitor: Visitor, acme: Organisation, key: str
):
    story = STORIES[key]

    found = await opened(visitor, acme, story)

    page = found.page
    assert found.moment.value == key
    assert page.status_code == 200
    assert fits(heading(page), key)
    acts = FIRST_ACT.findall(page.text)
    assert acts[:1] == ([story.act] if story.act and key not in UNPRESSED else [])
    tone = TONE.search(page.text)
    assert story.tone == "any" or (tone[1] if tone else None) == story.tone
    if story.act is None:
        assert not [warm for warm in WARM if warm in page.text]


UNPRESSED = {"not_solved", "withdrawn", "not_pursued"}
"""Reopening is offered, and not pressed upon anybody."""


async def test_who_is_waited_for_in_a_pause_does_not_read_that_there_is_nothing_to_do(
    visitor: Visitor, acme: Organisation
):
    page = (await opened(visitor, acme, STORIES["paused"])).page

    assert "等您这边的结果或材料" in page.text
    assert "现在不用您做什么" not in page.text


@pytest.mark.parametrize("key", ["offer", "merchant_silent", "regulator_accepted", "not_solved"])
async def test_a_moment_is_complete_in_english(visitor: Visitor, acme: Organisation, key: str):
    page = (await opened(visitor, acme, STORIES[key], lang="en")).page

    with speaking(Language.ENGLISH):
        assert fits(heading(page), key)
    assert "请您" not in page.text


def test_every_moment_is_reached_by_a_story_or_known_to_be_rare():
    assert set(STORIES) | NEVER_REACHED == {each.value for each in Moment}
    assert not set(STORIES) & NEVER_REACHED


@pytest.mark.parametrize("language", Language)
def test_every_moment_has_its_own_words(language: Language):
    with speaking(language):
        for group in ("MomentHeading", "MomentText"):
            known = vocabulary()[group]
            said = {key: phrase(group, key, **anything(known[key])) for key in known}

            assert set(known) == {each.value for each in Moment}
            assert all(right_script(text, language) for text in said.values())
    assert len({vocabulary()["MomentHeading"][each.value] for each in Moment}) == len(Moment)


@pytest.mark.parametrize("language", Language)
def test_every_act_of_a_consumer_is_asked_once_more_in_words(language: Language):
    nouns = {noun for nouns in FIRST.values() for noun in nouns} | {"withdrawal", "reply.choice"}

    assert nouns - {"reply.choice"} <= {act.noun for act in ACTS}
    with speaking(language):
        for noun in nouns:
            asked = phrase("ActAsk", noun), phrase("ActDo", noun), *lines("ActThen", noun)

            assert len(asked) >= 3
            assert all(right_script(text, language) for text in asked)


def test_no_sentence_promises_an_outcome_and_every_law_is_named_with_its_article():
    with speaking(Language.CHINESE):
        for group in ("MomentHeading", "MomentText", "MomentElse", "DoorNeeds", "Steps"):
            for key, english in vocabulary()[group].items():
                said = phrase(group, key, **anything(english))

                assert not re.search(r"一定能|保证您|肯定会|必须赔", said), key
                assert said.count("《") == len(
                    re.findall(r"《[^》]+》(?:司法解释)?第\d+条", said)
                ), key


@pytest.mark.parametrize("door", Door)
def test_every_door_says_what_it_needs(door: Door):
    assert phrase("DoorNeeds", door.value)
