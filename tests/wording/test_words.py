"""Nothing that can happen is without words, in either language."""

import re
from dataclasses import fields
from enum import StrEnum
from typing import get_args

import pytest

from services.calendars.days import FromWhy
from services.calendars.library import shipped
from services.lifecycle.contacts import Contact
from services.lifecycle.events import Event
from services.lifecycle.kinds import Hand, Platform
from services.lifecycle.refusals import Why
from services.lifecycle.scalars import SCALARS
from services.lifecycle.wire import COMMANDS
from services.notices.owed import Held
from services.playbooks.library import shelf
from services.wording.catalogue import translations
from services.wording.faults import say_fault
from services.wording.language import DEFAULT, Language, speaking
from services.wording.laws import say_law
from services.wording.ringing import then, title
from services.wording.say import phrase, say, vocabulary
from tests.wording.closed_sets import enums, fault_codes
from tests.wording.stories import bells
from web.acts import ACTS
from web.fields import fields_of

GAP = re.compile(r"%\(\w+\)[sd]")
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2}")
NAMES_OF_THINGS = {"1688", "12315", "JD", "Redress"}
MAY_STAND_ALONE = ("missing", "unknown_key")
IN_ENGLISH_TOO = ("举报", "投诉", "受理", "11月1日", "中文", "维权台")

in_both = pytest.mark.parametrize("language", Language, ids=lambda each: each.value)


@in_both
@pytest.mark.parametrize("codes", enums(), ids=lambda each: each.__name__)
def test_every_code_of_the_law_has_words(codes: type[StrEnum], language: Language):
    with speaking(language):
        said = {code: say(code) for code in codes}

    assert all(text.strip() for text in said.values())
    if codes is not Platform:
        assert all(right_script(text, language) for text in said.values()), said


@in_both
def test_two_codes_of_a_set_never_share_their_words(language: Language):
    with speaking(language):
        for codes in enums():
            said = [say(code) for code in codes]

            assert len(said) == len(set(said)), codes


@in_both
@pytest.mark.parametrize("why", Why, ids=lambda each: each.value)
def test_a_refusal_tells_what_happened_what_stayed_and_what_to_do(why: Why, language: Language):
    with speaking(language):
        said = [part for part in re.split(r"[。.](?:\s|$)?", say(why)) if part.strip()]

    assert len(said) >= 3, said


@in_both
@pytest.mark.parametrize("kind", [each.__name__ for each in get_args(Event)])
def test_every_event_has_its_sentence_in_the_timeline(kind: str, language: Language):
    known = vocabulary()["Timeline"]
    keys = [key for key in known if key.partition(".")[0] == kind]

    with speaking(language):
        assert keys, kind
        for key in keys:
            assert right_script(phrase("Timeline", key, **anything(known[key])), language)


def test_the_timeline_asks_an_event_only_for_what_it_holds():
    kinds = {each.__name__: {f.name for f in fields(each)} for each in get_args(Event)}
    kinds["Noted"] |= {f.name for f in fields(Contact)}

    for group in ("Timeline", "Foretold"):
        for key, english in vocabulary()[group].items():
            asked = {gap[2:-2] for gap in GAP.findall(english)}

            assert asked <= kinds[key.partition(".")[0]], key


@pytest.mark.parametrize("hand", Hand)
def test_a_door_is_opened_differently_for_each_hand(hand: Hand):
    for group in ("Timeline", "Foretold"):
        assert f"DoorOpened.{hand}" in vocabulary()[group]


@in_both
def test_every_rule_of_a_bell_has_its_reason_and_its_title(language: Language):
    found = {bell.rule: bell for book in shelf() for bell in bells(book)}

    with speaking(language):
        for rule, bell in found.items():
            assert right_script(phrase("Rule", rule.partition("-")[0]), language)
            assert right_script(title(bell), language)
            assert right_script(then(bell), language)
    assert {rule.partition("-")[0] for rule in found} == set(vocabulary()["Rule"])


@in_both
@pytest.mark.parametrize("kind", COMMANDS)
def test_every_command_has_a_name_and_an_explanation(kind: str, language: Language):
    with speaking(language):
        assert right_script(phrase("Command", kind), language)
        assert right_script(phrase("CommandHint", kind), language)


@in_both
def test_every_field_of_every_act_has_a_label(language: Language):
    known = vocabulary()["Field"]

    with speaking(language):
        for act in ACTS:
            for field in fields_of(act.command):
                key = f"{act.noun}.{field.path}"
                label = phrase("Field", key if key in known else field.path)

                assert right_script(label, language)


@in_both
def test_every_fault_says_what_to_write(language: Language):
    codes = fault_codes() | {code.value for code in FromWhy}
    codes |= {f"not_a_{kind.__name__.lower()}" for kind in SCALARS} | {"not_a_uuid"}

    assert len(codes) > 40
    with speaking(language):
        for code in codes:
            alone = "%(expected)s" not in vocabulary()["Fault"][code] or code in MAY_STAND_ALONE
            for expected in ("str", "7 working days", *([""] if alone else [])):
                said = say_fault(code, expected)

                assert right_script(said, language), code
                assert not said.rstrip().endswith((":", "："))


@in_both
@pytest.mark.parametrize("held", Held)
def test_every_reason_to_hold_a_letter_back_has_words(held: Held, language: Language):
    with speaking(language):
        assert right_script(say(held), language)


@in_both
def test_every_law_channel_and_holiday_that_we_ship_has_a_name(language: Language):
    with speaking(language):
        for book in shelf():
            basis = [law for rule in book.demands for law in rule.basis]
            basis += [clock.basis for rung in book.rungs for clock in rung.clocks if clock.basis]
            basis += [window.clock.basis for window in book.windows if window.clock.basis]
            assert all(say_law(each) != each for each in basis)
            assert all(phrase("Channel", rung.channel) for rung in book.rungs)
        for year in shipped().years.values():
            assert all(phrase("Holiday", code) for code in year.names)


@pytest.mark.parametrize("group", vocabulary())
def test_every_sentence_is_translated_whole(group: str):
    for key, english in vocabulary()[group].items():
        chinese = translations(DEFAULT).pgettext(group, english)

        assert english.strip(), key
        assert right_script(chinese, DEFAULT) or bare(english), key
        assert right_script(english, Language.ENGLISH), key


def right_script(text: str, language: Language) -> bool:
    """Chinese has Chinese in it; English has none, save the terms that it explains."""
    if language is Language.CHINESE:
        return bool(HAN.search(text))
    for term in IN_ENGLISH_TOO:
        text = text.replace(term, "")
    return not HAN.search(text) and bool(text.strip())


def bare(english: str) -> bool:
    """Nothing but gaps and names."""
    rest = GAP.sub("", english)
    for name in NAMES_OF_THINGS:
        rest = rest.replace(name, "")
    return not LATIN.search(rest)


def anything(english: str) -> dict[str, str]:
    return {gap[2:-2]: "-" for gap in GAP.findall(english)}
