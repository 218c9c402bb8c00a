"""Each reason and each piece of advice is a sentence in both languages, and each is needed."""

import pytest

from services.tone.rules import Advice, Ground, Severity, rules
from services.wording.language import Language, speaking
from services.wording.say import phrase, say, vocabulary
from tests.wording.test_words import in_both, right_script


@in_both
@pytest.mark.parametrize("codes", [Ground, Advice])
def test_each_code_is_a_sentence_of_its_own(codes: type[Ground | Advice], language: Language):
    with speaking(language):
        said = [say(code) for code in codes]

    assert set(vocabulary()[codes.__name__]) == set(codes)
    assert len(set(said)) == len(said)
    assert all(right_script(text, language) for text in said)
    assert all(text.endswith(("。", ".")) for text in said)


@in_both
def test_each_severity_has_a_word(language: Language):
    with speaking(language):
        said = {phrase("ToneSeverity", each) for each in Severity}

    assert len(said) == len(Severity)
    assert all(right_script(text, language) for text in said)


def test_no_sentence_waits_for_a_rule_that_is_gone():
    assert {rule.ground for rule in rules()} | {Ground.HOUSE_WORD} == set(Ground)
    assert {rule.advice for rule in rules() if rule.advice} == set(Advice)


def test_money_against_silence_is_explained_by_its_law():
    assert "《消费者权益保护法实施条例》第49条" in say(Ground.EXTORTION)
    named = {rule.name for rule in rules() if rule.ground is Ground.EXTORTION}
    assert {"conditional_threat", "money_for_silence", "不给钱就举报"} <= named


def test_who_speaks_of_ending_their_life_is_told_whom_to_call():
    rule = next(rule for rule in rules() if "跳楼" in rule.forms)

    assert rule.advice is Advice.SOMEBODY_LISTENS
    assert "12356" in say(Advice.SOMEBODY_LISTENS)
