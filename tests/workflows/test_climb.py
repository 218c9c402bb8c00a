"""A complaint climbs on real servers with no hand on it."""

from services.lifecycle.kinds import Stage
from tests.cases.cast import Org, file
from tests.workflows.clockwork import World, until_at


async def test_it_climbs_to_the_regulator_s_door(world: World, org: Org) -> None:
    async with world.working():
        case = await file(org)
        await until_at(org, case, Stage.ESCALATED_TO_REGULATOR, filing="sent")
