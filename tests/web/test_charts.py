"""Pictures of numbers: places are right for any numbers, and the pictures stay as they are."""

import os
import re
from collections.abc import Sequence
from itertools import combinations, pairwise
from math import log10
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.wording.language import Language, speaking
from web.charts.bars import bars, stacked
from web.charts.chart import (
    NARROW,
    WIDE,
    Chart,
    Words,
    bar_chart,
    column_chart,
    line_chart,
    stacked_chart,
)
from web.charts.columns import columns
from web.charts.lines import lines, spark
from web.charts.scale import Scale, from_zero, ticks
from web.charts.shapes import SIZE, Datum, Drawing, Series, Text
from web.charts.text import apart, every, shortened, width_of
from web.templating import environment

PICTURES = Path(__file__).parent / "pictures"
MONTHS = tuple(f"{n}月" for n in (11, 12, *range(1, 12)))
TAKEN = Series(name="受理", values=(41, 38, 52, 47, 60, 55, 58, 61, 49, 66, 72, 70, 64))
ENDED = Series(name="办结", values=(36, 40, 45, None, 51, 57, 50, 63, 52, 58, 69, 71, 60))
LOOKS = (Series(name="按期", values=(38, 21)), Series(name="逾期", values=(3, 6), kind="late"))
PRESS = (
    Datum(name="已逾期", value=2, kind="late"),
    Datum(name="今天到期", value=1, kind="today"),
    Datum(name="三个工作日内", value=7, kind="soon"),
    Datum(name="更晚到期", value=54),
)

numbers = st.floats(min_value=-1e6, max_value=1e6, allow_nan=False).map(lambda x: round(x, 3))
counts = st.floats(min_value=0, max_value=1e6).map(lambda x: round(x, 1))
UI: Any = environment().globals["ui"]
names = st.text(alphabet="网购商品质量abcdefgh12 ", min_size=1, max_size=24)
widths = st.sampled_from([NARROW, WIDE])


def words(name: str) -> Words:
    return Words(id=name, finding="受理比上月少6件", about="按月受理和办结的件数", unit="件")


@given(st.tuples(numbers, numbers).map(sorted), st.integers(2, 9))
def test_ticks_cover_every_number_in_steps_of_one_two_or_five(ends: list[float], wanted: int):
    low, high = ends

    found = ticks(low, high, wanted=wanted)

    assert found[0] <= low <= high <= found[-1]
    assert 2 <= len(found) <= wanted + 2
    steps = {round(b - a, 9) for a, b in pairwise(found)}
    assert max(steps) - min(steps) < 1e-6 * max(steps)
    step = max(steps)
    assert round(step / 10 ** (log10(step) // 1), 3) in {1, 2, 5, 10}


@pytest.mark.parametrize(("low", "high"), [(1, 0), (0, float("inf")), (float("nan"), 1)])
def test_what_is_no_range_has_no_ticks(low: float, high: float):
    with pytest.raises(ValueError, match="no range"):
        ticks(low, high)


@given(st.lists(numbers, min_size=1, max_size=12))
def test_bars_and_columns_always_see_zero(values: list[float]):
    found = from_zero(tuple(values))

    assert 0 in found
    assert found[0] <= min(values)
    assert max(values) <= found[-1]


@given(st.lists(st.tuples(names, counts), min_size=1, max_size=9), widths)
def test_a_bar_begins_at_the_line_and_is_as_long_as_its_number(
    rows: list[tuple[str, float]], width: float
):
    drawn = bars([Datum(name=name, value=value) for name, value in rows], width=width)

    base = drawn.rules[0]
    lengths = [box.width for box in drawn.boxes]
    most = max(value for _, value in rows) or 1
    assert {box.x for box in drawn.boxes} == {base.points[0][0]}
    for (_, value), length in zip(rows, lengths, strict=True):
        assert length == pytest.approx(value / most * max(lengths, default=0), abs=0.01)
    assert all(left >= 0 and right <= width + 0.01 for left, right in map(reach, drawn.texts))


@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=6), widths)
def test_the_parts_of_a_bar_follow_each_other_without_a_gap(
    rows: list[tuple[float, float]], width: float
):
    series = [Series(name=str(n), values=tuple(row[n] for row in rows)) for n in range(2)]

    drawn = stacked([str(n) for n in range(len(rows))], series, width=width)

    for one, other in combinations(drawn.boxes[2:], 2):
        if one.y == other.y:
            assert other.x == pytest.approx(one.x + one.width)


@given(st.lists(st.tuples(names, counts, counts), min_size=1, max_size=13), widths)
def test_words_of_a_chart_never_lie_upon_each_other(
    rows: list[tuple[str, float, float]], width: float
):
    axis = [name for name, *_ in rows]
    series = [Series(name=str(n), values=tuple(row[1:][n] for row in rows)) for n in range(2)]

    for drawn in (columns(axis, series, width=width), lines(axis, series, width=width)):
        for one, other in combinations(drawn.texts, 2):
            if one.kind == other.kind and abs(one.y - other.y) < SIZE:
                assert not overlap(reach(one), reach(other)), (one, other)


def reach(text: Text) -> tuple[float, float]:
    wide = width_of(text.words, SIZE)
    left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.at]
    return left, left + wide


def overlap(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] - 0.01 and other[0] < one[1] - 0.01


@given(st.lists(st.floats(0, 200), max_size=8), st.floats(1, 30))
def test_places_keep_their_order_and_their_distance(wanted: list[float], gap: float):
    found = apart(wanted, gap, low=0, high=200)

    assert all(-0.001 <= place <= 200.001 for place in found)
    room = min(gap, 200 / max(1, len(wanted) - 1))
    for one, other in pairwise(sorted(found)):
        assert other - one >= room - 0.001
    for (a, x), (b, y) in combinations(zip(wanted, found, strict=True), 2):
        assert (x - y) * (a - b) >= 0


@given(names, st.floats(0, 200))
def test_a_name_is_cut_to_its_room_and_says_so(name: str, room: float):
    found = shortened(name, room, SIZE)

    assert width_of(found, SIZE) <= room or found == ""
    assert found == name or found.endswith("…") or found == ""


def test_chinese_letters_are_as_wide_as_they_are_high():
    assert width_of("网购商品", SIZE) == 4 * SIZE
    assert every(["11月", "12月"], 20, SIZE) == 2


def test_a_column_below_zero_hangs_from_the_line():
    drawn = columns(["一", "二"], [Series(name="变化", values=(5, -3))], width=WIDE)

    up, down = drawn.boxes
    assert up.y + up.height == pytest.approx(down.y)


def test_a_gap_in_the_numbers_is_a_gap_in_the_line():
    drawn = lines(MONTHS, [ENDED], width=WIDE)

    assert len(drawn.paths) == 2
    assert len(drawn.dots) == 12


def test_a_scale_is_a_straight_line():
    up = Scale(low=0, high=10, start=100, end=0)

    assert [up(0), up(5), up(10)] == [100, 50, 0]


CHARTS = {
    "bar": bar_chart(words("bar"), PRESS),
    "stacked": stacked_chart(words("stacked"), ("商家答复", "受理决定"), LOOKS),
    "columns": column_chart(words("columns"), MONTHS, (TAKEN, ENDED)),
    "lines": line_chart(words("lines"), MONTHS, (TAKEN, ENDED)),
}


def picture(chart: Chart) -> str:
    return str(UI.chart(chart))


@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_stays_as_it_is_unless_somebody_looked_at_it(name: str):
    """RECORD_PICTURES=1 writes them anew, to be looked at in the gallery of parts."""
    kept = PICTURES / f"{name}.html"
    drawn = picture(CHARTS[name])
    if os.environ.get("RECORD_PICTURES"):
        kept.write_text(drawn, encoding="utf-8")

    assert drawn == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("language", Language)
def test_a_chart_has_its_finding_a_title_and_the_same_numbers_in_a_table(
    name: str, language: Language
):
    chart = CHARTS[name]
    with speaking(language):
        page = picture(chart)

    assert page.count('role="img"') == page.count("</title>") == page.count("</desc>") == 2
    for ids in re.findall(r'aria-labelledby="(\S+) (\S+)"', page):
        assert all(f'id="{one}"' in page for one in ids)
    assert [cell for row in chart.rows for cell in row[1:]] == re.findall(r"<td>([^<]+)</td>", page)
    assert 'style="' not in page


def test_series_differ_by_more_than_their_colour():
    page = picture(CHARTS["columns"])

    assert 'class="chart-box chart-box--2"' in page
    assert 'fill="url(#columns-wide-2)"' in page


def test_a_small_line_stands_beside_its_number_in_words():
    drawn = spark((3, 4, 4, 6, 5))

    page = UI.sparkline(drawn, "五周：3、4、4、6、5")

    assert 'aria-label="五周：3、4、4、6、5"' in page
    assert inside(drawn)


@given(st.lists(counts, min_size=1, max_size=30))
def test_a_small_line_stays_within_its_word(values: Sequence[float]):
    assert inside(spark(values))


def inside(drawn: Drawing) -> bool:
    return all(
        0 <= x <= drawn.width and 0 <= y <= drawn.height
        for path in drawn.paths
        for x, y in path.points
    )
