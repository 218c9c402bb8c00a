"""Random lives through the real door: whatever people and bells do, every table tells one story."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.cases import ledger, queries
from services.cases.receipts import Receipt
from services.cases.verify import verify
from services.lifecycle import commands as c
from services.lifecycle.bells import local_day
from services.lifecycle.kinds import Door
from services.lifecycle.refusals import Refused
from services.playbooks.library import NoSuchPlaybook
from tests.cases.cast import Org, file, give, make_org, wait
from tests.cases.stories import strike_next
from tests.database import Database
from tests.lifecycle.cast import proof
from tests.lifecycle.test_laws import commands

LIVES = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


FILED: dict[str, Any] = {"on": date(2026, 1, 5), "proof": proof()}
BEGINNINGS = (
    c.TakeOn(),
    c.RecordFiling(door=Door.MERCHANT, **FILED),
    c.OpenDoor(door=Door.PLATFORM),
    c.RecordFiling(door=Door.PLATFORM, **FILED),
    c.OpenDoor(door=Door.REGULATOR),
    c.RecordFiling(door=Door.REGULATOR, **FILED),
)


@LIVES
@given(data=st.data())
async def test_every_table_tells_the_same_story_as_the_events(
    database: Database, data: st.DataObject
) -> None:
    org = await make_org()
    case = await file(org)
    for command in BEGINNINGS[: data.draw(st.integers(0, len(BEGINNINGS)))]:
        await give(org.ana, case, command)

    for _ in range(data.draw(st.integers(1, 14))):
        await something(org, case, data.draw)

    assert await verify(org.tenant) == ()


async def something(org: Org, case: Receipt, draw: Any) -> None:
    """A person acts within two days, or nobody does and the next bell rings."""
    view = await queries.case(org.leo, case.number)
    until_bell = (await queries.plan(org.tenant, case.case_id)).wait
    pause = timedelta(hours=draw(st.integers(0, 40)))
    if until_bell is not None and (pause >= until_bell or draw(st.integers(0, 2)) == 0):
        await strike_next(org, case)
        return
    await wait(org, pause)
    command = commands(view.case, view.rules, local_day(view.now + pause), draw)
    try:
        await ledger.apply(org.leo, case.number, command, command_id=uuid4())
    except (Refused, NoSuchPlaybook):
        return
