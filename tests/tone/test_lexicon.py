"""Every row of lexicon and patterns speaks, is what the table says, and leaves facts alone."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from services.tone.check import Tone, check
from services.tone.rules import rules

EXAMPLES = tomllib.loads((Path(__file__).parent / "examples.toml").read_text(encoding="utf-8"))
ROWS: dict[str, dict[str, Any]] = {**EXAMPLES["words"], **EXAMPLES["patterns"]}
LAWS = frozenset({"消费者权益保护法 24", "消费者权益保护法 55", "食品安全法 148"})
HARSH = [(name, text) for name, row in ROWS.items() for text in row["harsh"]]
CALM = [(name, text) for name, row in ROWS.items() for text in row.get("calm", ())]


def read(text: str) -> Tone:
    return check(text, laws=LAWS)


@pytest.mark.parametrize(("name", "text"), HARSH)
def test_each_row_is_found_by_its_name_in_its_own_example(name: str, text: str):
    found = [one for one in read(text).findings if one.rule == name]

    assert found, [one.rule for one in read(text).findings]
    assert {f"{one.kind} {one.severity}" for one in found} == {ROWS[name]["is"]}
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(("name", "text"), CALM)
def test_the_same_signs_as_a_fact_are_left_alone(name: str, text: str):
    assert name not in {one.rule for one in read(text).findings}


def test_no_row_is_without_its_example():
    words = [rule for rule in rules() if not rule.pattern]

    assert {rule.name for rule in words} == set(EXAMPLES["words"])
    assert {rule.name for rule in rules() if rule.pattern} == set(EXAMPLES["patterns"])
    assert len(words) == 110
    assert len({rule.name for rule in rules()}) == len(rules())


@pytest.mark.parametrize("rule", [r for r in rules() if r.forms], ids=lambda rule: rule.name)
def test_every_form_of_a_word_has_a_sentence(rule: Any):
    told = "".join(ROWS[rule.name]["harsh"])

    assert [form for form in rule.forms if form not in told and rule.like is None] == []


@pytest.mark.parametrize("rule", [r for r in rules() if r.instead], ids=lambda rule: rule.name)
def test_a_wording_that_is_suggested_is_itself_calm(rule: Any):
    for wording in rule.instead:
        assert read(wording).score == 100


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_nobody_is_told_off_without_a_way_on(rule: Any):
    assert rule.instead or rule.makes or rule.advice
