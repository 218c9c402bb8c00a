"""Lines over time with their names at the end, and the small line beside a number."""

from collections.abc import Iterator, Sequence

from web.charts.plot import GAP, HEAD, Plot, flat
from web.charts.scale import Scale, from_zero
from web.charts.shapes import SIZE, Box, Drawing, Path, Series, Text, written
from web.charts.text import apart, shortened, width_of

DOT = 7.0
NAMES_SHARE = 0.3


def lines(names: Sequence[str], series: Sequence[Series], *, width: float) -> Drawing:
    """At most three, or nobody can follow them: each differs by its stroke and its dot too."""
    ends = [f"{one.name} {written(last(one))}" for one in series]
    room = min(max(width_of(end, SIZE) for end in ends), width * NAMES_SHARE)
    steps = from_zero(flat([one.values for one in series]))
    plot = Plot(steps=steps, names=tuple(names), width=width, after=room + GAP)
    return Drawing(
        width=width,
        height=plot.height,
        rules=plot.rules(),
        paths=tuple(path for n, one in enumerate(series, 1) for path in strokes(plot, one, n)),
        dots=tuple(dot for n, one in enumerate(series, 1) for dot in dots(plot, one, n)),
        texts=(*plot.texts(), *named(plot, series, ends, room)),
    )


def last(one: Series) -> float:
    return next((value for value in reversed(one.values) if value is not None), 0.0)


def strokes(plot: Plot, one: Series, place: int) -> Iterator[Path]:
    """A line for each stretch without a gap: what is not known is not drawn."""
    stretch: list[tuple[float, float]] = []
    for n, value in enumerate((*one.values, None)):
        if value is not None:
            stretch.append((plot.middle(n), plot.up(value)))
        elif stretch:
            yield Path(points=tuple(stretch), kind=str(place))
            stretch = []


def dots(plot: Plot, one: Series, place: int) -> Iterator[Box]:
    for n, value in enumerate(one.values):
        if value is not None:
            x, y = plot.middle(n) - DOT / 2, plot.up(value) - DOT / 2
            yield Box(x=x, y=y, width=DOT, height=DOT, kind=str(place))


def named(
    plot: Plot, series: Sequence[Series], ends: Sequence[str], room: float
) -> tuple[Text, ...]:
    wanted = [plot.up(last(one)) for one in series]
    places = apart(wanted, SIZE * 1.3, low=HEAD, high=plot.bottom)
    return tuple(
        Text(x=plot.right + GAP, y=y + SIZE * 0.35, words=shortened(end, room, SIZE), kind="number")
        for end, y in zip(ends, places, strict=True)
    )


def spark(values: Sequence[float], *, width: float = 80.0, height: float = 20.0) -> Drawing:
    """The course of a number in the size of a word; the number itself stands beside it."""
    edge = 3.0
    low, high = min(values), max(values)
    up = Scale(low=low, high=high if high > low else low + 1, start=height - edge, end=edge)
    step = (width - 2 * edge) / max(1, len(values) - 1)
    points = tuple((edge + n * step, up(value)) for n, value in enumerate(values))
    x, y = points[-1]
    dot = Box(x=x - edge, y=y - edge, width=2 * edge, height=2 * edge, kind="1")
    return Drawing(width=width, height=height, paths=(Path(points=points, kind="1"),), dots=(dot,))
