"""The one door for change, for people and bells alike. Nothing else writes a case."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar
from uuid import UUID

import asyncpg

from infra.database import AmbiguousCommit, Tx, tenant_tx
from services.cases import counts
from services.cases.opening import open_case
from services.cases.orders import first_answer, order, with_token
from services.cases.receipts import Conflict, NotFound, Receipt, Stale, receipt_of
from services.cases.record import Chapter, compose
from services.cases.rows import Standing
from services.cases.visible import may_see, may_take, sees_any
from services.cases.write import write
from services.lifecycle import commands as c
from services.lifecycle.case import Case
from services.lifecycle.commands import Command
from services.lifecycle.decide import decide
from services.lifecycle.playbook import Rules
from services.lifecycle.refusals import Refused, Why
from services.lifecycle.wire import case_from
from services.playbooks import library
from services.tenants.seats import Seat

T = TypeVar("T")
TRIES = 3
SEEN = """
select c.real_now, c.business_now, s.content_hash, s.receipt
from clock() c left join command s on s.tenant_id = $1 and s.id = $2
"""
LOCK = """
select id, number, version, state, head_hash, overdue_since, updated_at, assignee
from case_file where tenant_id = $1 and (number = $2 or id = $3) for update
"""


async def apply(
    seat: Seat,
    number: str | None,
    command: Command,
    *,
    command_id: UUID,
    if_version: int | None = None,
) -> Receipt:
    """Decide and record one command; a command_id seen before answers its first receipt.

    Raises `Refused`, `Conflict`, `Stale` or `NotFound`; then nothing was recorded.
    """
    return await settled(
        seat, number or None, command, command_id=command_id, if_version=if_version
    )


async def settled(
    seat: Seat,
    place: str | UUID | None,
    command: Command,
    *,
    command_id: UUID,
    if_version: int | None = None,
) -> Receipt:
    answer, unknown = await persist(
        partial(once, seat, place, command, command_id=command_id, if_version=if_version)
    )
    counts.changed(seat.tenant)
    return replace(answer, replayed=False) if unknown else answer


async def persist(work: Callable[[], Awaitable[T]]) -> tuple[T, bool]:
    """Where nobody knows whether it was recorded (which is told besides), or a twin was quicker,
    the ledger is asked again: it answers the receipt, or does now what had not come to pass.
    """
    unknown: AmbiguousCommit | None = None
    for _ in range(TRIES):
        try:
            return await work(), unknown is not None
        except AmbiguousCommit as error:
            unknown = error
        except asyncpg.UniqueViolationError as error:
            if not is_twin(error):
                raise
    raise unknown or Conflict()


def is_twin(error: asyncpg.UniqueViolationError) -> bool:
    return str(error.constraint_name) == "command_pkey"


async def once(
    seat: Seat,
    place: str | UUID | None,
    command: Command,
    *,
    command_id: UUID,
    if_version: int | None,
) -> Receipt:
    if not isinstance(command, c.File) and not sees_any(seat):
        raise NotFound
    async with tenant_tx(seat) as tx:
        if isinstance(command, c.File):
            asked = order(seat, command, command_id=command_id, case_id=None)
            return await open_case(tx, command, asked)
        chapter = await lock(tx, seat, place, command)
        return await go_on(tx, seat, chapter, command, command_id=command_id, if_version=if_version)


async def go_on(
    tx: Tx,
    seat: Seat,
    chapter: Chapter,
    command: Command,
    *,
    command_id: UUID,
    if_version: int | None,
    heard: bool = False,
) -> Receipt:
    """`heard`: the clock of the case strikes this bell itself and looks next."""
    case, at = chapter.case, chapter.at
    assert case is not None
    asked = order(seat, command, command_id=command_id, case_id=at.id, heard=heard)
    looked = await tx.read_with_clock(SEEN, seat.tenant, command_id)
    if looked["receipt"]:
        return first_answer(looked, asked, case_id=at.id)
    if if_version is not None and if_version != case.version:
        raise Stale(asked=if_version, version=case.version)
    now = max(tx.now, at.updated_at)
    rules = await library.rules_for(tx, case.playbook, door=case.door)
    happened = decide(case, command, by=asked.by, now=now, rules=rules)
    if not happened:
        return receipt_of(case, (), number=at.number, case_id=at.id)
    rules = await rules_after(tx, case, command, rules)
    entry = compose(chapter, happened, asked, now=now, rules=rules)
    await write(tx, entry, asked)
    return with_token(entry.receipt, seat)


async def rules_after(tx: Tx, case: Case, command: Command, rules: Rules) -> Rules:
    """What only the tables know. Raises `Refused` where nobody of that name works here."""
    match command:
        case c.Assign(to=UUID() as person) if not await works_here(tx, person):
            raise Refused(Why.NOT_A_PERSON)
        case c.MovePlaybook(to=playbook):
            return await library.rules_for(tx, playbook, door=case.door)
        case _:
            return rules


async def lock(tx: Tx, seat: Seat, place: str | UUID | None, command: Command) -> Chapter:
    """Whoever comes next waits here. Raises `NotFound`."""
    number, case_id = (None, place) if isinstance(place, UUID) else (place, None)
    row = await tx.fetchrow(LOCK, seat.tenant, number, case_id)
    if row is None:
        raise NotFound
    taking = isinstance(command, c.Take) and may_take(seat, assignee=row["assignee"])
    if not taking and not may_see(seat, case_id=row["id"], assignee=row["assignee"]):
        raise NotFound
    at = Standing(
        tenant=seat.tenant,
        id=row["id"],
        number=row["number"],
        head=row["head_hash"],
        overdue_since=row["overdue_since"],
        updated_at=row["updated_at"],
    )
    return Chapter(case=case_from(row["state"]), at=at)


async def works_here(tx: Tx, person: UUID) -> bool:
    found = await tx.fetchval(
        "select true from person where id = $1 and disabled_at is null "
        "and role in ('volunteer', 'caseworker', 'manager')",
        person,
    )
    return bool(found)
