"""Each task is replayed from the beginning: a clock that kept something to itself would fail."""

import pytest

from services.cases.verify import verify
from services.lifecycle import commands as c
from services.lifecycle.kinds import Outcome, Stage
from tests.cases.cast import Org, file
from tests.lifecycle.cast import words
from tests.workflows.clockwork import World, caught_up, give, until_at
from workflows import worker


async def test_a_clock_that_is_never_cached_climbs_all_the_same(
    world: World, org: Org, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "CACHED_MAX", 0)

    async with world.working():
        case = await file(org)
        await until_at(org, case, Stage.ESCALATED_TO_REGULATOR, filing="sent")
        await caught_up(world, org, case)
        last = await give(org.leo, case, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))

        assert await (await world.clock_of(case, org)).result() == last.version
    assert await verify(org.tenant) == ()
