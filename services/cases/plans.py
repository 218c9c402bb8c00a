"""What the clock of a case is told: how long to wait, and for which bell."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from infra.database import Record, Tx, tenant_tx
from services.cases.ledger import go_on, lock, persist
from services.cases.receipts import NotFound
from services.cases.rows import bell_id
from services.lifecycle.commands import StrikeBell
from services.lifecycle.kinds import Ball, FilingState, Stage
from services.tenants import seats
from services.tenants.seats import Seat

PLAN = """
select f.number, f.version, f.stage, f.filing_state, f.ball, f.next_due, f.closed_at,
    d.key, d.wake_at
from case_file f left join lateral (
    select key, wake_at from deadline where tenant_id = f.tenant_id and case_id = f.id
    order by wake_at, key limit 1
) d on true
where f.tenant_id = $1 and f.id = $2
"""
NOTE = """
with noted as (
    update wake w set plan_seq = f.version from case_file f
    where w.tenant_id = $1 and w.case_id = $2 and f.tenant_id = $1 and f.id = $2
        and w.plan_seq <> f.version
)
"""
NOTED = f"{NOTE}{PLAN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the clock is told: how long to wait by the ledger's clock, and which bell to strike
    then. `due` is what the queue counts down to.
    """

    number: str
    seq: int
    wait: timedelta | None
    bell: str | None
    stage: Stage
    filing: FilingState | None
    ball: Ball
    due: datetime | None
    finished: bool


async def plan(tenant: UUID, case_id: UUID) -> Plan:
    """Raises `NotFound`."""
    async with tenant_tx(seats.clock(tenant=tenant)) as tx:
        return plan_of(await tx.fetchrow(PLAN, tenant, case_id), now=tx.now)


async def attend(tenant: UUID, case_id: UUID, bell: str | None) -> Plan:
    """The clock's own turn, in one transaction: its bell is struck, if there is one, the plan is
    read, and that it was read is noted. Nobody tells the clock what it thus hears here: where the
    answer is lost on the way, the clock asks again, and a clock that is lost finds its case behind
    or its bell overdue. Raises `NotFound`.
    """
    seat = seats.clock(tenant=tenant)
    found, _ = await persist(partial(turn, seat, case_id, bell))
    return found


async def turn(seat: Seat, case_id: UUID, bell: str | None) -> Plan:
    async with tenant_tx(seat) as tx:
        if bell:
            await strike(tx, seat, case_id, bell)
        return plan_of(await tx.fetchrow(NOTED, seat.tenant, case_id), now=tx.now)


async def strike(tx: Tx, seat: Seat, case_id: UUID, bell: str) -> None:
    command, name = StrikeBell(bell=bell), bell_id(seat.tenant, case_id, bell)
    chapter = await lock(tx, seat, case_id, command)
    await go_on(tx, seat, chapter, command, command_id=name, if_version=None, heard=True)


def plan_of(row: Record | None, *, now: datetime) -> Plan:
    if row is None:
        raise NotFound
    wake_at: datetime | None = row["wake_at"]
    return Plan(
        number=row["number"],
        seq=row["version"],
        wait=max(wake_at - now, timedelta(0)) if wake_at else None,
        bell=row["key"],
        stage=Stage(row["stage"]),
        filing=FilingState(row["filing_state"]) if row["filing_state"] else None,
        ball=Ball(row["ball"]),
        due=row["next_due"],
        finished=row["closed_at"] is not None,
    )
