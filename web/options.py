"""Closed sets as the fields of a form offer them: value, words, and a hint where there is one."""

from collections.abc import Iterable
from enum import Enum

from services.wording.say import phrase, say, vocabulary


def codes(kind: Iterable[Enum]) -> list[tuple[str, str]]:
    return [(str(code.value), say(code)) for code in kind]


def hinted(group: str, kind: Iterable[Enum]) -> list[tuple[str, str, str | None]]:
    known = vocabulary().get(group, {})
    return [
        (value, words, phrase(group, value) if value in known else None)
        for value, words in codes(kind)
    ]
