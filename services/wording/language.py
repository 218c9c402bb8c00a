"""The languages that we speak, and the one that this request is answered in."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum


class Language(StrEnum):
    CHINESE = "zh_CN"
    ENGLISH = "en"

    @property
    def tag(self) -> str:
        """For `<html lang>` and Content-Language."""
        return "zh-Hans-CN" if self is Language.CHINESE else "en"


DEFAULT = Language.CHINESE
ASKED_MAX = 20
_SPOKEN: ContextVar[Language] = ContextVar("redress_language", default=DEFAULT)


def spoken() -> Language:
    return _SPOKEN.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def understood(tag: str) -> Language | None:
    """Every kind of Chinese is answered in ours: Babel's own negotiation knows no plain `zh`."""
    match tag.strip().lower().replace("_", "-").partition("-")[0]:
        case "zh":
            return Language.CHINESE
        case "en":
            return Language.ENGLISH
        case _:
            return None


def preferred(accept_language: str) -> Language | None:
    """The first that we speak of those a browser asks for, by weight and then by order."""
    asked = [weighed(part) for part in accept_language.split(",")[:ASKED_MAX]]
    for weight, tag in sorted(asked, key=lambda pair: -pair[0]):
        if weight > 0 and (language := understood(tag)):
            return language
    return None


def weighed(part: str) -> tuple[float, str]:
    tag, _, quality = part.partition(";")
    digits = quality.strip().removeprefix("q=")
    try:
        return (float(digits) if quality else 1.0), tag
    except ValueError:
        return 0.0, tag
