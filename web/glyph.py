"""The staircase in 42 by 20 pixels, for a row of a list: from the row's own columns, nothing read
besides."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from services.lifecycle.kinds import Door, FilingState, Stage
from services.lifecycle.parse import LADDER
from services.wording.say import phrase

PITCH, WIDE = 8.6, 7
UNFILED = (FilingState.OWED, FilingState.PASSED)


class Tread(StrEnum):
    """A stair of the glyph, each of its own shape: pale, full, hollow, a thin line, a bar."""

    BEHIND = "behind"
    NOW = "now"
    OWED = "owed"
    """Ours, and nobody has filed there so far."""
    NEXT = "next"
    SHUT = "off"


FULL = (Tread.BEHIND, Tread.NOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """`place` is the stair that the case stands on, or stood on at its end; 0 before the first."""

    treads: tuple[Tread, ...]
    place: int

    @property
    def outlines(self) -> tuple[tuple[str, str], ...]:
        """One path for each kind of stair that there is."""
        return outlines(self.treads)

    @property
    def words(self) -> str:
        key = "place" if self.place else "before"
        return phrase("Stairs", key, n=self.place, of=len(self.treads))


@cache
def glyph(stage: Stage | None, door: Door | None, state: FilingState | None) -> Glyph:
    """What a row cannot know is left open: a stair behind us may have been left out, and only
    mediation and the regulator, which exclude each other, are shown as shut."""
    place = LADDER.index(door) + 1 if door in LADDER else 0
    over = stage is Stage.CLOSED
    treads = tuple(
        Tread.BEHIND
        if n < place or (over and n == place)
        else Tread.NEXT
        if n > place
        else Tread.OWED
        if state in UNFILED
        else Tread.NOW
        for n in range(1, len(LADDER) + 1)
    )
    return Glyph(treads=shutting(treads, door, state), place=place)


def shutting(
    treads: tuple[Tread, ...], door: Door | None, state: FilingState | None
) -> tuple[Tread, ...]:
    """Order 121 art. 16(2): what an association accepted, the regulator refuses; so do we."""
    if door is Door.ASSOCIATION:
        return replaced(treads, Door.REGULATOR)
    if door is Door.REGULATOR and state not in UNFILED:
        return replaced(treads, Door.ASSOCIATION)
    return treads


def replaced(treads: tuple[Tread, ...], door: Door) -> tuple[Tread, ...]:
    return tuple(
        Tread.SHUT if at is door else tread for at, tread in zip(LADDER, treads, strict=True)
    )


@cache
def outlines(treads: tuple[Tread, ...]) -> tuple[tuple[str, str], ...]:
    """Computed once for each staircase that there can be: a page of the queue shows fifty."""
    found: dict[str, str] = {}
    for n, tread in enumerate(treads):
        found[tread.value] = found.get(tread.value, "") + outline(n, hollow=tread not in FULL)
        if tread is Tread.SHUT:
            found["bar"] = f"M{n * PITCH:.1f} 20l{WIDE} {top(n) - 20:.1f}"
    return tuple(found.items())


def outline(n: int, *, hollow: bool) -> str:
    """Of the n-th stair; a line lies within its edge."""
    edge = 0.75 if hollow else 0.0
    wide, high = WIDE - 2 * edge, 20 - top(n) - 2 * edge
    return f"M{n * PITCH + edge:.1f} {top(n) + edge:.1f}h{wide:g}v{high:.1f}h-{wide:g}z"


def top(n: int) -> float:
    return 14.2 - 3.4 * n
