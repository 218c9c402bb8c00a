"""How a page of lying bars is divided: names, bars, and the numbers after them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from web.charts.shapes import SIZE, Box, Drawing, Path, Text, rule
from web.charts.text import shortened, width_of

THICK, PITCH, PITCH_NARROW = 18.0, 32.0, 44.0
GAP = 8.0
NAMES_SHARE = 0.36
WIDE_FROM = 480.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Bars lie between `left` and `right`; on a narrow page the names stand above them."""

    names: tuple[str, ...]
    width: float
    left: float
    right: float
    head: float

    @classmethod
    def of(
        cls, names: Sequence[str], numbers: Sequence[str], *, width: float, head: float = 0
    ) -> Self:
        longest = max((width_of(name, SIZE) for name in names), default=0.0)
        after = max((width_of(number, SIZE) for number in numbers), default=0.0)
        left = min(longest, width * NAMES_SHARE) + GAP if width >= WIDE_FROM else 0.0
        return cls(names=tuple(names), width=width, left=left, right=width - after - GAP, head=head)

    @property
    def is_wide(self) -> bool:
        return self.width >= WIDE_FROM

    @property
    def pitch(self) -> float:
        return PITCH if self.is_wide else PITCH_NARROW

    @property
    def height(self) -> float:
        return self.head + self.pitch * len(self.names)

    def top(self, n: int) -> float:
        """Of the n-th bar."""
        return self.head + self.pitch * (n + 1) - THICK - GAP / 2

    def line(self, n: int) -> float:
        """On which the number of the n-th bar stands."""
        return self.top(n) + THICK / 2 + SIZE * 0.35

    def base(self, n: int) -> Path:
        """The line that a bar begins at, from bar to bar where no name stands between them."""
        reach = GAP if self.is_wide else 0
        top = self.top(n) - reach
        return rule(self.left, top, self.left, top + THICK + 2 * reach, kind="base")

    def named(self) -> tuple[Text, ...]:
        if self.is_wide:
            x, room = self.left - GAP, self.left - GAP
            return tuple(
                Text(x=x, y=self.line(n), words=shortened(name, room, SIZE), at="end")
                for n, name in enumerate(self.names)
            )
        return tuple(
            Text(x=0, y=self.top(n) - GAP / 2, words=shortened(name, self.width, SIZE))
            for n, name in enumerate(self.names)
        )

    def drawing(self, boxes: tuple[Box, ...], texts: Sequence[Text]) -> Drawing:
        return Drawing(
            width=self.width,
            height=self.height,
            rules=tuple(self.base(n) for n in range(len(self.names))) if boxes else (),
            boxes=boxes,
            texts=(*self.named(), *texts),
        )
