"""Each part of the bench runs, with numbers far too small to mean anything."""

import asyncio

import pytest

from tests.bench.__main__ import PARTS
from tests.bench.figures import Figure, figures, line, middle, run_of
from tests.bench.place import place
from tests.bench.promises import PROMISES
from tests.bench.sizes import TINY, WHOLE

Found = dict[str, list[Figure]]


@pytest.fixture(scope="module")
async def found() -> Found:
    """The product whose footprint is measured starts while the other parts wait for their bells."""
    async with place() as where:
        footprint = asyncio.ensure_future(PARTS["footprint"](where, TINY))
        others = [part for part in PARTS if part != "footprint"]
        measured = {part: await PARTS[part](where, TINY) for part in others}
        return {**measured, "footprint": await footprint}


@pytest.mark.parametrize("part", PARTS)
def test_each_part_measures_something(found: Found, part: str):
    assert found[part]
    assert all(each.ours > 0 for each in found[part]), found[part]


def test_every_promise_is_about_something_that_is_measured(found: Found):
    names = {
        each.name.replace(f"{TINY.many:,}", f"{WHOLE.many:,}").replace(
            f"{TINY.few:,}", f"{WHOLE.few:,}"
        )
        for part in found.values()
        for each in part
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
