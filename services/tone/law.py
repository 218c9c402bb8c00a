"""Articles of law that a text cites: whether we know them, and whether the law still holds."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from services.tone.folded import fold
from services.tone.rules import loaded

CITED: Final = re.compile(r"《(?:中华人民共和国)?([^》]+)》(?:第([^条]+)条)?")
DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
TENS: Final = {"十": 10, "百": 100}


def is_unlisted(words: str, laws: frozenset[str] | None) -> bool:
    """`laws` as playbooks note them: "消费者权益保护法 24". Without a list nothing is unlisted; a
    repealed law is told as such.
    """
    name, article = cited(words)
    return laws is not None and f"{name} {article}" not in laws and name not in repealed()


def is_repealed(words: str) -> bool:
    return cited(words)[0] in repealed()


def cited(words: str) -> tuple[str, int]:
    found = CITED.match(words)
    assert found, "the pattern found it"
    name = found[1].strip()
    return also().get(name, name), number(found[2] or "")


def number(numeral: str) -> int:
    """二十四 or 24; what is neither is 0, which no law has."""
    if numeral.isdecimal():
        return int(numeral)
    total = last = 0
    for sign in numeral:
        if sign in TENS:
            total, last = total + (last or 1) * TENS[sign], 0
        elif sign in DIGITS:
            last = DIGITS[sign]
        else:
            return 0
    return total + last


@cache
def repealed() -> frozenset[str]:
    return frozenset(fold(name).text for name in loaded("patterns.toml")["repealed"])


@cache
def also() -> Mapping[str, str]:
    return {fold(name).text: law for name, law in loaded("patterns.toml")["also"].items()}
