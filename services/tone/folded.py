"""Text as the rules see it: half-width and small letters, without what no eye can see."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
WIDE: Final = {
    at: narrow
    for at in (0x3000, *range(0xFF01, 0xFFEF))
    if len(narrow := unicodedata.normalize("NFKC", chr(at))) == 1
}
"""Code point for code point, so that places stay what they are."""


@dataclass(frozen=True, slots=True)
class Folded:
    """`places` says where each sign stood in the text as it was written; None: just there."""

    text: str
    places: tuple[int, ...] | None
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """In code points of the text as it was written. Unseen signs belong to what they follow."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end] if end < len(self.places) else self.length


def fold(text: str) -> Folded:
    narrow = small(text.translate(WIDE))
    if not UNSEEN.search(narrow):
        return Folded(narrow, None, len(text))
    seen = tuple(at for at, sign in enumerate(narrow) if not UNSEEN.match(sign))
    return Folded("".join(narrow[at] for at in seen), seen, len(text))


def small(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)
