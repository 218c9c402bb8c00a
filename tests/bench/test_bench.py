"""Each part of the bench runs, with numbers far too small to mean anything."""

from collections.abc import AsyncIterator

import pytest

from tests.bench.__main__ import PARTS
from tests.bench.figures import Figure, figures, line, middle, run_of
from tests.bench.place import Place, place
from tests.bench.promises import PROMISES
from tests.bench.sizes import TINY, WHOLE

TOLD: dict[str, list[str]] = {}


@pytest.fixture(scope="module")
async def where() -> AsyncIterator[Place]:
    async with place() as made:
        yield made


@pytest.mark.parametrize("part", PARTS)
async def test_each_part_measures_something(where: Place, part: str):
    found = await PARTS[part](where, TINY)

    TOLD[part] = [each.name for each in found]
    assert found
    assert all(each.ours > 0 for each in found), found


def test_every_promise_is_about_something_that_is_measured():
    names = {
        name.replace(f"{TINY.many:,}", f"{WHOLE.many:,}").replace(f"{TINY.few:,}", f"{WHOLE.few:,}")
        for part in TOLD.values()
        for name in part
    }

    assert set(PROMISES) - names == set()


def test_a_figure_beyond_its_promise_is_called_over():
    name = "queue, 1,000 cases: p50"

    kept, broken = (Figure(name=name, ours=ours, unit="ms", bare=10) for ours in (20, 21))

    assert (kept.kept, line(kept)[-1]) == (True, "ok")
    assert (broken.kept, line(broken)[-1]) == (False, "OVER")
    assert Figure(name="anything else", ours=1, unit="ms").kept is None


def test_the_middle_of_five_rounds_is_no_average():
    runs = [run_of([took] * 10, wall_seconds=1) for took in (1, 2, 3, 4, 1000)]

    assert middle(runs).p50 == 3
    assert [each.ours for each in figures("x", middle(runs))] == [3, 3, 10]
