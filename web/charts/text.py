"""Room for words in a picture: how wide they are, and where they do not collide."""

import unicodedata
from collections.abc import Sequence
from math import ceil

WIDE, NARROW = 1.0, 0.6
ELLIPSIS = "…"
FULL = frozenset("WFA")
"""Wide, full-width and ambiguous, as the Unicode standard has them: one em each."""


def width_of(text: str, size: float) -> float:
    """In the units of the picture; on the generous side, for fonts differ."""
    ems = (WIDE if unicodedata.east_asian_width(sign) in FULL else NARROW for sign in text)
    return size * sum(ems)


def shortened(text: str, room: float, size: float) -> str:
    """As much of it as fits, with an ellipsis where something is missing."""
    if width_of(text, size) <= room:
        return text
    kept = text
    while kept and width_of(kept + ELLIPSIS, size) > room:
        kept = kept[:-1]
    return kept + ELLIPSIS if kept else ""


def every(labels: Sequence[str], band: float, size: float) -> int:
    """Only each n-th label of an axis is shown, so that neighbours leave a gap of half an em."""
    longest = max((width_of(label, size) for label in labels), default=0.0)
    return max(1, ceil((longest + size / 2) / band))


def apart(wanted: Sequence[float], gap: float, *, low: float, high: float) -> tuple[float, ...]:
    """Places as near as can be to those wanted, in their order, `gap` from one another and within
    `low` and `high`; where there is no such room, evenly over all of it.
    """
    count = len(wanted)
    if count > 1 and (count - 1) * gap > high - low:
        gap = (high - low) / (count - 1)
    order = sorted(range(count), key=lambda n: (wanted[n], n))
    found = [0.0] * count
    floor = low
    for n in order:
        found[n] = floor = max(floor, wanted[n])
        floor += gap
    ceiling = high
    for n in reversed(order):
        found[n] = ceiling = min(ceiling, found[n])
        ceiling -= gap
    return tuple(found)
