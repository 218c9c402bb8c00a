"""The square of a chart with an axis: ticks at the side, names below, and the lines between."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.charts.scale import Scale
from web.charts.shapes import SIZE, Path, Text, rule, written
from web.charts.text import every, width_of

GAP = 8.0
FOOT = 24.0
HEAD = 14.0
WIDE_FROM = 480.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """`head` and `after` leave room for words above, and after the last value."""

    steps: tuple[float, ...]
    names: tuple[str, ...]
    width: float
    after: float = 0
    head: float = HEAD

    @property
    def height(self) -> float:
        return self.head + (240.0 if self.width >= WIDE_FROM else 190.0)

    @property
    def left(self) -> float:
        return max(width_of(written(step), SIZE) for step in self.steps) + GAP

    @property
    def right(self) -> float:
        return self.width - self.after

    @property
    def bottom(self) -> float:
        return self.height - FOOT

    @property
    def up(self) -> Scale:
        return Scale(low=self.steps[0], high=self.steps[-1], start=self.bottom, end=self.head)

    @property
    def band(self) -> float:
        return (self.right - self.left) / max(1, len(self.names))

    def middle(self, n: int) -> float:
        """Of the n-th name."""
        return self.left + self.band * (n + 0.5)

    def rules(self) -> tuple[Path, ...]:
        return tuple(
            rule(self.left, self.up(step), self.right, self.up(step), "grid" if step else "base")
            for step in self.steps
        )

    def texts(self) -> tuple[Text, ...]:
        """Of the names only so many that they do not touch; the last is always among them."""
        skip, last = every(self.names, self.band, SIZE), len(self.names) - 1
        beside = (
            Text(x=self.left - GAP, y=self.up(step) + SIZE * 0.35, words=written(step), at="end")
            for step in self.steps
        )
        below = (
            Text(x=self.middle(n), y=self.height - GAP / 2, words=name, at="middle")
            for n, name in enumerate(self.names)
            if (last - n) % skip == 0
        )
        return (*beside, *below)


def flat(rows: Sequence[Sequence[float | None]]) -> tuple[float, ...]:
    return tuple(value for row in rows for value in row if value is not None)
