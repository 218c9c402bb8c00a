"""How many cases stand in each view and group: summed up once for a house, kept for half a minute.

A reader whose sum has grown old waits a moment for a new one, and is told the old one rather than
wait longer; one new sum at a time is worked out for a house.
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from infra.database import Record, tenant_tx
from services.calendars import library as calendars
from services.cases.filters import end_of_soon
from services.cases.receipts import NotFound
from services.cases.visible import has_queue
from services.lifecycle.deadlines import ASIA_SHANGHAI
from services.lifecycle.kinds import Ball, Role
from services.lifecycle.stillness import local_day, midnight
from services.tenants.seats import Seat

KEPT_SECONDS: Final = 30.0
PATIENCE_SECONDS: Final = 0.1
QUICK_SECONDS: Final = 0.05
RESTS: Final = 20  # so many times as long as a sum took that was not quick
HOUSES_MAX: Final = 1_000
SUM = """
select assignee, ball, paused, count(*) as cases, case
    when next_due <= $2 then 'over' when next_due <= $3 then 'today' when next_due < $4 then 'soon'
    else 'later' end as due
from case_file where tenant_id = $1 and closed_at is null group by assignee, ball, paused, due
"""


class When(StrEnum):
    OVER = "over"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Of the open cases a seat may see. A view counts what it lists; the groups `overdue`, `today`
    and `later` leave out what is paused, which is a group of its own. A day ends at midnight.
    """

    open: int
    mine: int
    unassigned: int
    soon: int
    merchant: int
    consumer: int
    paused: int
    overdue: int
    today: int
    later: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """So many open cases of a house that are alike in everything that is counted."""

    assignee: UUID | None
    ball: Ball
    paused: bool
    due: When
    cases: int


@dataclass(slots=True)
class House:
    """What is known of one house, and what was told whom. By this process's clock a sum is kept
    `until`; if it is stale, until the database has `rested` from it.
    """

    heaps: tuple[Heap, ...] | None = None
    told: dict[tuple[Role, UUID | None], Counts] = field(default_factory=dict)
    until: float = 0.0
    rested: float = 0.0
    stale: bool = False
    summing: asyncio.Task[None] | None = None


_HOUSES: dict[UUID, House] = {}


async def counts(seat: Seat) -> Counts:
    """Raises `NotFound` for who has no queue."""
    if not has_queue(seat):
        raise NotFound
    house = await up_to_date(seat)
    assert house.heaps is not None
    return told_to(seat, house, house.heaps)


def known(seat: Seat) -> Counts | None:
    """What was counted last, however old: for a number at the side that nobody shall wait for."""
    house = _HOUSES.get(seat.tenant)
    if house is None or house.heaps is None or not has_queue(seat):
        return None
    return told_to(seat, house, house.heaps)


def told_to(seat: Seat, house: House, heaps: tuple[Heap, ...]) -> Counts:
    reader = seat.role, seat.person
    if reader not in house.told:
        house.told[reader] = counted(seen(seat, heaps), seat)
    return house.told[reader]


def changed(tenant: UUID) -> None:
    """Something was recorded in this process: whoever asks next would like to see it counted. A sum
    that takes its time is not worked out anew for every command.
    """
    if house := _HOUSES.get(tenant):
        house.stale = True


async def up_to_date(seat: Seat) -> House:
    house = house_of(seat.tenant)
    if time.monotonic() < (house.rested if house.stale else house.until):
        return house
    if house.summing is None or house.summing.done():
        house.summing = asyncio.create_task(renew(house, seat))
    first = house.heaps is None
    await asyncio.wait({house.summing}, timeout=None if first else PATIENCE_SECONDS)
    if house.heaps is None:
        house.summing.result()
    return house


def house_of(tenant: UUID) -> House:
    if tenant not in _HOUSES and len(_HOUSES) >= HOUSES_MAX:
        _HOUSES.pop(next(iter(_HOUSES)))
    return _HOUSES.setdefault(tenant, House())


async def renew(house: House, seat: Seat) -> None:
    """What changes while it is summed up makes the new sum old at once. Where there is no old sum
    to tell, the reader hears what went wrong; else the next one tries again.
    """
    began = time.monotonic()
    house.until, house.stale = began + KEPT_SECONDS, False
    try:
        house.heaps = await summed(seat)
        house.told.clear()
        house.rested = began + RESTS * max(time.monotonic() - began - QUICK_SECONDS, 0.0)
    except Exception:
        house.until = 0.0
        if house.heaps is None:
            raise


async def summed(seat: Seat) -> tuple[Heap, ...]:
    async with tenant_tx(seat) as tx:
        calendar = await calendars.in_force(tx)
        today = local_day(tx.now, ASIA_SHANGHAI)
        tonight = midnight(today + timedelta(days=1), ASIA_SHANGHAI)
        soon = end_of_soon(today, calendar)
        return tuple(map(heap, await tx.fetch(SUM, seat.tenant, tx.now, tonight, soon)))


def heap(row: Record) -> Heap:
    told = {**row, "ball": Ball(row["ball"]), "due": When(row["due"])}
    return Heap(**told)


def seen(seat: Seat, heaps: Iterable[Heap]) -> tuple[Heap, ...]:
    """Volunteers: their own, and those they could take."""
    if seat.role is not Role.VOLUNTEER:
        return tuple(heaps)
    return tuple(
        one
        for one in heaps
        if one.assignee == seat.person or (one.assignee is None and not one.paused)
    )


def counted(heaps: tuple[Heap, ...], seat: Seat) -> Counts:
    """What may not be told of a case to a volunteer is not counted of it either."""

    def of(holds: Callable[[Heap], bool]) -> int:
        return sum(one.cases for one in heaps if holds(one))

    def told(one: Heap) -> bool:
        return seat.role is not Role.VOLUNTEER or one.assignee == seat.person

    return Counts(
        open=sum(one.cases for one in heaps),
        mine=of(lambda one: one.assignee is not None and one.assignee == seat.person),
        unassigned=of(lambda one: one.assignee is None),
        soon=of(lambda one: one.due is not When.LATER),
        merchant=of(lambda one: told(one) and one.ball is Ball.MERCHANT),
        consumer=of(lambda one: told(one) and one.ball is Ball.CONSUMER),
        paused=of(lambda one: told(one) and one.paused),
        overdue=of(lambda one: not one.paused and one.due is When.OVER),
        today=of(lambda one: not one.paused and one.due is When.TODAY),
        later=of(lambda one: not one.paused and one.due is When.LATER),
    )
