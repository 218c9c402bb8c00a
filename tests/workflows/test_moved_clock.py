"""When the hour of a house moves and nothing happens to its cases, their clocks ring in time."""

from datetime import timedelta

from services.cases import rebuild
from services.lifecycle.kinds import Stage
from tests.cases.cast import file, make_org
from tests.workflows.clockwork import World, advance, caught_up, until_at
from tests.workflows.ladders import ladder, rung

AN_HOUR = timedelta(hours=1)
WITH_AN_HOUR_S_LOOK = ladder(
    rung("merchant"), rung("regulator", expiry="stay"), first_look="60 minutes"
)


async def test_a_clock_that_has_seen_its_case_rings_by_the_new_hour(world: World) -> None:
    org = await make_org(WITH_AN_HOUR_S_LOOK)
    async with world.working():
        case = await file(org)
        await caught_up(world, org, case)

        await advance(org, AN_HOUR - timedelta(seconds=3))
        await rebuild.poke_all(org.tenant)

        await until_at(org, case, Stage.AWAITING_MERCHANT)
