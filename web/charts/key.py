"""Which look stands for which series, in lines above the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from web.charts.shapes import SIZE, Box, Series, Text
from web.charts.text import width_of

LINE, GAP = 22.0, 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    boxes: tuple[Box, ...]
    texts: tuple[Text, ...]
    height: float

    @classmethod
    def of(cls, names: Sequence[str], looks: Sequence[str], *, width: float) -> Self:
        """Entries go into the next line where this one is full."""
        boxes, texts, x, y = [], [], 0.0, 0.0
        for name, look in zip(names, looks, strict=True):
            entry = SIZE + GAP + width_of(name, SIZE)
            if x and x + entry > width:
                x, y = 0.0, y + LINE
            boxes.append(Box(x=x, y=y + 1, width=SIZE, height=SIZE, kind=look))
            texts.append(Text(x=x + SIZE + GAP, y=y + SIZE, words=name))
            x += entry + 2 * GAP
        return cls(boxes=tuple(boxes), texts=tuple(texts), height=y + LINE + GAP)


def kinds(series: Sequence[Series]) -> tuple[str, ...]:
    """A look of its own for each, unless it means time and has that of its urgency."""
    return tuple(one.kind or str(n) for n, one in enumerate(series, 1))
