"""Codes become sentences. The English ones stand in `english`, a table for each set of codes."""

import tomllib
from enum import Enum
from functools import cache
from pathlib import Path

from services.wording.catalogue import pgettext

ENGLISH = Path(__file__).parent / "english"


class Unworded(LookupError):
    """A code that nobody has found words for: our bug, and a test's business."""


def say(code: Enum, **gaps: object) -> str:
    """What this code means to a person, in the language of this request."""
    return phrase(type(code).__name__, str(code.value), **gaps)


def phrase(group: str, key: str, **gaps: object) -> str:
    """The same for codes that are no enum, such as kinds of events, or that have several texts."""
    english = vocabulary().get(group, {}).get(key)
    if english is None:
        raise Unworded(f"services/wording/english says nothing for {group}.{key}")
    said = pgettext(group, english)
    return said % gaps if gaps else said


@cache
def vocabulary() -> dict[str, dict[str, str]]:
    """Every group of every file; a group may spread over files, a key stands in one only."""
    groups: dict[str, dict[str, str]] = {}
    for file in sorted(ENGLISH.glob("*.toml")):
        for group, sentences in tomllib.loads(file.read_text(encoding="utf-8")).items():
            known = groups.setdefault(group, {})
            if twice := known.keys() & sentences.keys():
                raise Unworded(f"{file.name} words {group}.{min(twice)} a second time")
            known.update(sentences)
    return groups
