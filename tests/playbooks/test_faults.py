"""A playbook with faults is refused with all of them, each with its path and what to write."""

import re
import tomllib
from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest

from services.lifecycle.parse import PlaybookFaults, parse
from services.lifecycle.reading import Fault
from services.playbooks.file import BYTES_MAX, read
from services.playbooks.library import shelf_texts
from services.wording.faults import say_fault
from services.wording.language import Language, speaking

GONE = object()
TEXT = next(text for text in shelf_texts() if 'id = "1688"' in text)
TABLE = tomllib.loads(TEXT)

# what is written where, and the faults that it must be told: path and code
BROKEN: list[tuple[str, Any, list[tuple[str, str]]]] = [
    ("id", GONE, [("id", "missing")]),
    ("id", 1688, [("id", "wrong_type")]),
    ("demo", "yes", [("demo", "wrong_type")]),
    ("title.zh", GONE, [("title.zh", "missing")]),
    ("title.en", "x" * 2001, [("title.en", "too_long")]),
    ("title.fr", "Commandes", [("title.fr", "unknown_key")]),
    ("title", "1688", [("title", "wrong_type"), ("title.zh", "missing"), ("title.en", "missing")]),
    ("titel", "1688", [("titel", "unknown_key")]),
    ("valid_from", "2026-04-15", [("valid_from", "wrong_type")]),
    ("first_look", "nobody", [("first_look", "not_one_of")]),
    ("scope.platforms", ["1688", "ebay"], [("scope.platforms[1]", "not_one_of")]),
    ("scope.platforms", "1688", [("scope.platforms", "wrong_type")]),
    ("scope.problems", [7], [("scope.problems[0]", "not_one_of")]),
    ("scope.shops", [], [("scope.shops", "unknown_key")]),
    ("own.first_look", "three days", [("own.first_look", "not_a_span")]),
    ("own.first_look", "0 minutes", [("own.first_look", "not_zero")]),
    ("own.offer", 5, [("own.offer", "wrong_type")]),
    ("own.offers", "5 days", [("own.offers", "unknown_key")]),
    ("rung", GONE, [("rung", "missing")]),
    ("rung", "merchant", [("rung", "wrong_type"), ("rung", "missing")]),
    ("rung[1]", "platform", [("rung[1]", "wrong_type")]),
    ("rung[0].id", "shop", [("rung[0].id", "not_one_of")]),
    ("rung[0].id", "report", [("rung[0].id", "not_a_rung")]),
    ("rung[1].id", "merchant", [("rung", "not_in_order")]),
    ("rung[0].id", "law", [("rung", "not_in_order")]),
    ("rung[0].channel", GONE, [("rung[0].channel", "missing")]),
    ("rung[1].hand", "robot", [("rung[1].hand", "not_one_of")]),
    ("rung[1].hand", "mail", [("rung[1].mailbox", "missing")]),
    ("rung[1].file_within", "soon", [("rung[1].file_within", "not_a_span")]),
    ("rung[1].unfiled", "climb", [("rung[1].unfiled", "not_one_of")]),
    ("rung[1].expiry", "jump", [("rung[1].expiry", "not_one_of")]),
    ("rung[4].expiry", "climb", [("rung[4].expiry", "last_door_stays")]),
    ("rung[3].closed_to", ["business"], [("rung[3].closed_to[0]", "not_one_of")]),
    ("rung[0].if_nobody_acts.zh", GONE, [("rung[0].if_nobody_acts.zh", "missing")]),
    ("rung[0].wait.span", "15 workdays", [("rung[0].wait.span", "not_a_span")]),
    ("rung[0].wait.span", "11 years", [("rung[0].wait.span", "not_a_span")]),
    ("rung[0].wait.from", "climbed", [("rung[0].wait.from", "not_one_of")]),
    ("rung[0].wait.kind", "law", [("rung[0].wait.pausable", "not_ours_to_pause")]),
    ("rung[0].wait.source", GONE, [("rung[0].wait.source", "missing")]),
    ("rung[0].wait.confidence", "sure", [("rung[0].wait.confidence", "not_one_of")]),
    ("rung[0].wait.checked_on", GONE, [("rung[0].wait.checked_on", "missing")]),
    ("rung[0].wait.checked_on", "today", [("rung[0].wait.checked_on", "wrong_type")]),
    ("rung[0].wait.days", 3, [("rung[0].wait.days", "unknown_key")]),
    ("rung[0].chase[0].after", "later", [("rung[0].chase[0].after", "not_a_span")]),
    ("rung[0].chase[0].tell", ["boss"], [("rung[0].chase[0].tell[0]", "not_one_of")]),
    ("rung[0].chase[0].letter", GONE, [("rung[0].chase[0].letter", "missing")]),
    ("rung[3].clock[1].pausable", True, [("rung[3].clock[1].pausable", "not_ours_to_pause")]),
    ("rung[3].clock[0].roll", "weekend", [("rung[3].clock[0].roll", "not_one_of")]),
    ("window[0].from", "filed_on", [("window[0].from", "not_one_of")]),
    ("window[0].door", GONE, [("window[0].door", "missing")]),
    ("evidence[0].weight", "nice", [("evidence[0].weight", "not_one_of")]),
    ("evidence[0].doors", ["court"], [("evidence[0].doors[0]", "not_one_of")]),
    ("demand[0].kind", "revenge", [("demand[0].kind", "not_one_of")]),
    ("demand[0].basis", "民法典 577", [("demand[0].basis", "wrong_type")]),
]


def changed(table: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The table with this one place written otherwise, or left out."""
    whole = deepcopy(table)
    *way, last = [int(n) if n else name for name, n in re.findall(r"(\w+)|\[(\d+)\]", path)]
    place: Any = whole
    for step in way:
        place = place.setdefault(step, {}) if isinstance(step, str) else place[step]
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    return whole


def faults(table: dict[str, Any]) -> tuple[Fault, ...]:
    with pytest.raises(PlaybookFaults) as refused:
        parse(table)
    return refused.value.faults


def paths(found: tuple[Fault, ...]) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in found]


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    BROKEN,
    ids=[f"{path}={'' if value is GONE else repr(value)[:20]}" for path, value, _ in BROKEN],
)
def test_a_fault_is_told_with_its_path(path: str, value: Any, expected: list[tuple[str, str]]):
    found = faults(changed(TABLE, path, value))

    assert sorted(paths(found)) == sorted(expected)


def test_a_number_that_is_unsure_may_not_climb():
    table = changed(TABLE, "rung[0].wait.kind", "channel")
    table = changed(table, "rung[0].wait.pausable", False)

    assert parse(table).rungs
    assert paths(faults(changed(table, "rung[0].wait.confidence", "low"))) == [
        ("rung[0].wait.confidence", "too_unsure_to_climb")
    ]


def test_all_faults_are_told_at_once():
    table = changed(TABLE, "id", GONE)
    table = changed(table, "rung[2].wait.span", "long")
    table = changed(table, "evidence[3].weight", "nice")

    assert paths(faults(table)) == [
        ("id", "missing"),
        ("rung[2].wait.span", "not_a_span"),
        ("evidence[3].weight", "not_one_of"),
    ]


@pytest.mark.parametrize("language", Language)
def test_every_fault_says_what_to_write_instead(language: Language):
    with speaking(language):
        for path, value, _ in BROKEN:
            for fault in faults(changed(TABLE, path, value)):
                said = say_fault(fault.code, fault.expected)

                assert len(said) > 5, fault
                assert "%(" not in said


def test_a_moment_is_no_day():
    table = changed(TABLE, "rung[0].wait.checked_on", datetime(2026, 11, 22, 8, 0))  # noqa: DTZ001

    assert paths(faults(table)) == [("rung[0].wait.checked_on", "not_a_date")]


def test_the_table_of_faults_misses_no_code():
    told = {code for _, _, expected in BROKEN for _, code in expected}

    assert told >= {
        "missing",
        "wrong_type",
        "too_long",
        "not_one_of",
        "not_a_span",
        "unknown_key",
        "not_ours_to_pause",
        "not_in_order",
        "not_a_rung",
        "last_door_stays",
        "not_zero",
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [("id = ", "not_toml"), ("x" * (BYTES_MAX + 1), "too_long"), ("[" * 100_000, "not_toml")],
)
def test_what_is_no_file_of_ours_is_one_fault(text: str, code: str):
    with pytest.raises(PlaybookFaults) as refused:
        read(text)

    assert paths(refused.value.faults) == [("", code)]
