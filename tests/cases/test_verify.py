"""The look at the ledger: clean when all is well, and every seeded fault reported by its class."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.cases import bells, ledger, queries
from services.cases.receipts import Receipt
from services.cases.verify import Class, verify
from services.lifecycle import commands as c
from services.lifecycle.decide import decide
from services.lifecycle.kinds import Door
from tests.cases.cast import Org, file, give, make_org, wait
from tests.cases.seeds import SEEDS
from tests.cases.stories import climb, strike_next
from tests.database import Database
from tests.lifecycle.cast import proof, words


@asynccontextmanager
async def without_walls(database: Database) -> AsyncIterator[asyncpg.Connection]:
    """The owner of the machine, whom no policy and no trigger stops."""
    async with database.as_owner() as connection:
        await connection.execute("set session_replication_role = replica")
        yield connection


async def a_case(org: Org) -> Receipt:
    case = await file(org)
    await give(org.ana, case, c.TakeOn())
    today = (await queries.case(org.ana, case.number)).now.date()
    return await give(org.ana, case, c.RecordFiling(door=Door.MERCHANT, on=today, proof=proof()))


async def findings(org: Org) -> set[tuple[Class, str]]:
    return {(found.class_, found.what) for found in await verify(org.tenant)}


async def test_a_life_of_silence_leaves_a_clean_ledger(database: Database) -> None:
    org = await make_org()
    await climb(org, await file(org), bells=14)
    org_of_one = await make_org()
    await a_case(org_of_one)

    assert await verify(org.tenant) == ()
    assert await verify(org_of_one.tenant) == ()


@pytest.mark.parametrize("fault", SEEDS)
async def test_a_seeded_fault_is_reported(database: Database, fault: str) -> None:
    class_, what, sql = SEEDS[fault]
    org, bystander = await make_org(), await make_org()
    case = await a_case(org)
    await a_case(bystander)

    async with without_walls(database) as owner:
        await owner.execute(sql, case.case_id)

    assert (class_, what) in await findings(org)
    assert await findings(bystander) == set()


async def test_a_command_applied_twice_is_reported(database: Database) -> None:
    org, name = await make_org(), uuid4()
    case = await a_case(org)
    await ledger.apply(org.ana, case.number, c.Note(text=words()), command_id=name)

    async with without_walls(database) as owner:
        await owner.execute("delete from command where id = $1", name)
    await ledger.apply(org.ana, case.number, c.Note(text=words()), command_id=name)

    assert (Class.DOUBLED, "event_beyond_receipt") in await findings(org)


async def test_a_case_written_under_the_wrong_tenant_is_reported(database: Database) -> None:
    org, other = await make_org(), await make_org()
    case = await a_case(org)

    async with without_walls(database) as owner:
        await move(owner, case.case_id, other.tenant)

    assert (Class.TENANTS, "chain_of_another_case") in await findings(other)
    assert (Class.LOST, "number_missing") in await findings(org)


async def move(owner: asyncpg.Connection, case_id: UUID, tenant: UUID) -> None:
    await owner.execute("update case_file set tenant_id = $2 where id = $1", case_id, tenant)
    for table in "case_event command deadline statement filing notice outbox wake".split():
        sql = f"update {table} set tenant_id = $2 where case_id = $1"
        await owner.execute(sql, case_id, tenant)


async def test_a_bell_that_nobody_struck_is_reported(database: Database) -> None:
    org = await make_org()
    await a_case(org)

    await wait(org, timedelta(days=30))

    assert await findings(org) == {(Class.DEADLINES, "did_not_ring")}


async def test_a_bell_that_rang_a_second_early_is_reported(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    org = await make_org()
    case = await a_case(org)
    plan = await queries.plan(org.tenant, case.case_id)
    assert plan.bell
    assert plan.due
    due = next(b.due for b in (await queries.case(org.ana, case.number)).agenda)
    now = (await queries.case(org.ana, case.number)).now
    await wait(org, due - now - timedelta(seconds=5))

    def hasty(*args: Any, now: Any, **more: Any) -> Any:
        events = decide(*args, now=now + timedelta(seconds=60), **more)
        return tuple(replace(event, at=now) for event in events)

    monkeypatch.setattr(ledger, "decide", hasty)
    rung = await bells.apply_bell(org.tenant, case.case_id, plan.bell)

    assert rung.events
    assert (Class.DEADLINES, "rang_early") in await findings(org)


async def test_a_bell_named_by_a_run_is_reported(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    org = await make_org()
    case = await a_case(org)

    monkeypatch.setattr(bells, "bell_id", lambda *_: uuid4())
    await strike_next(org, case)

    assert (Class.DOUBLED, "bell_under_another_name") in await findings(org)
