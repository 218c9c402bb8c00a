"""Standing columns over time, one or several side by side, from zero."""

from collections.abc import Sequence

from web.charts.key import Key, kinds
from web.charts.plot import Plot, flat
from web.charts.scale import from_zero
from web.charts.shapes import SIZE, Box, Drawing, Series, Text, written
from web.charts.text import width_of

FILLED = 0.68
"""How much of its band a group of columns takes."""
LIFT, GAP = 5.0, 2.0


def columns(names: Sequence[str], series: Sequence[Series], *, width: float) -> Drawing:
    """Numbers stand on the columns where every one of them has the room."""
    several = series if len(series) > 1 else ()
    key = Key.of([one.name for one in several], kinds(several), width=width)
    steps = from_zero(flat([one.values for one in series]))
    plot = Plot(steps=steps, names=tuple(names), width=width, head=key.height)
    boxes = tuple(
        column(plot, n, place, value, of=len(series), kind=kinds(series)[place])
        for place, one in enumerate(series)
        for n, value in enumerate(one.values)
        if value is not None
    )
    return Drawing(
        width=width,
        height=plot.height,
        rules=plot.rules(),
        boxes=(*key.boxes, *boxes),
        texts=(*key.texts, *plot.texts(), *numbers(series, boxes)),
    )


def column(plot: Plot, n: int, place: int, value: float, *, of: int, kind: str) -> Box:
    """Down from zero where the value is below it."""
    thick = plot.band * FILLED / of
    x = plot.middle(n) + (place - of / 2) * thick
    zero, end = plot.up(0), plot.up(value)
    return Box(x=x, y=min(zero, end), width=thick - 1, height=abs(zero - end), kind=kind)


def numbers(series: Sequence[Series], boxes: Sequence[Box]) -> list[Text]:
    shown = [written(value) for value in flat([one.values for one in series])]
    if any(width_of(text, SIZE) > box.width - GAP for text, box in zip(shown, boxes, strict=True)):
        return []
    return [
        Text(x=box.x + box.width / 2, y=box.y - LIFT, words=text, at="middle", kind="number")
        for text, box in zip(shown, boxes, strict=True)
    ]
