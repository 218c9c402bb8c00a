"""A chart as a page shows it: the finding, a picture in two widths, the numbers in a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from web.charts.bars import bars, stacked
from web.charts.columns import columns
from web.charts.lines import lines
from web.charts.shapes import Datum, Drawing, Series, written

NARROW, WIDE = 360.0, 720.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """`id` is unique on its page; `finding` says what the picture shows, `about` how it is made."""

    id: str
    finding: str
    about: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Two drawings, of which the style sheet chooses one: letters are not scaled."""

    words: Words
    narrow: Drawing
    wide: Drawing
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def bar_chart(words: Words, data: Sequence[Datum]) -> Chart:
    rows = tuple((each.name, each.written) for each in data)
    return drawn(words, lambda width: bars(data, width=width), (words.unit,), rows)


def stacked_chart(words: Words, names: Sequence[str], series: Sequence[Series]) -> Chart:
    return over(words, names, series, lambda width: stacked(names, series, width=width))


def column_chart(words: Words, names: Sequence[str], series: Sequence[Series]) -> Chart:
    return over(words, names, series, lambda width: columns(names, series, width=width))


def line_chart(words: Words, names: Sequence[str], series: Sequence[Series]) -> Chart:
    return over(words, names, series, lambda width: lines(names, series, width=width))


def over(
    words: Words,
    names: Sequence[str],
    series: Sequence[Series],
    draw: Callable[[float], Drawing],
) -> Chart:
    head = tuple(one.name for one in series)
    rows = tuple((name, *(cell(one, n) for one in series)) for n, name in enumerate(names))
    return drawn(words, draw, head, rows)


def cell(one: Series, n: int) -> str:
    value = one.values[n]
    return "–" if value is None else written(value)


def drawn(
    words: Words,
    draw: Callable[[float], Drawing],
    head: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
) -> Chart:
    return Chart(words=words, narrow=draw(NARROW), wide=draw(WIDE), head=head, rows=rows)
