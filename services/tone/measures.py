"""What no word list finds: sentences, adverbs and days are counted (domain.md 9.4)."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from services.tone.exempt import DATED, QUOTED, sentences

SENTENCE_SIGNS_MAX: Final = 80
ADVERBS_IN_100_MAX: Final = 3
PARAGRAPH_SIGNS_MIN: Final = 60
"""A shorter one may well stand without a day."""

ADVERBS: Final = re.compile(
    "非常|特别(?!行政区)|极其|极度|极为|十分(?!钟|之)|超级|实在|相当(?!于)|真的|太(?![阳原平太湖])|很"
)
PARAGRAPHS: Final = re.compile(r"[^\n]+")
Span = tuple[int, int]


def long_sentences(text: str) -> Iterator[Span]:
    """What the other side said is not the writer's to shorten."""
    for start, end in sentences(text):
        if end - start > SENTENCE_SIGNS_MAX:
            own = QUOTED.sub("", text[start:end])
            if len(own) > SENTENCE_SIGNS_MAX:
                yield start, end


def degree_adverbs(text: str) -> Iterator[Span]:
    """The first that is one too many within a hundred signs; then it is counted anew."""
    near: list[Span] = []
    for found in ADVERBS.finditer(text):
        near = [span for span in near if found.end() - span[0] <= 100]
        near.append(found.span())
        if len(near) > ADVERBS_IN_100_MAX:
            yield near.pop()
            near.clear()


def undated_paragraphs(text: str) -> Iterator[Span]:
    for found in PARAGRAPHS.finditer(text):
        if len(found[0].strip()) >= PARAGRAPH_SIGNS_MIN and not DATED.search(found[0]):
            yield found.span()


MEASURES: Final[dict[str, Callable[[str], Iterator[Span]]]] = {
    "long_sentences": long_sentences,
    "degree_adverbs": degree_adverbs,
    "undated_paragraphs": undated_paragraphs,
}


def has_birth_date(words: str) -> bool:
    """As an identity number has it from its seventh digit on."""
    try:
        born = date.fromisoformat(f"{words[6:10]}-{words[10:12]}-{words[12:14]}")
    except ValueError:
        return False
    return born.year >= 1900
