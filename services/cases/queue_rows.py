"""One line of the queue, and what stands beside the case in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from infra.database import Record, Tx
from services.cases.visible import may_see
from services.lifecycle.kinds import (
    Ball,
    Door,
    FilingState,
    Hand,
    Platform,
    Problem,
    Purpose,
    Stage,
)
from services.tenants.seats import Seat

ROWS = """
select f.id, f.number, f.title, f.version, f.stage, f.door, f.filing_state, f.ball, f.hand,
    f.problem, f.platform, f.purpose, f.assignee, f.next_due, f.next_provisional, f.paused,
    f.overdue_since, f.filed_at, f.updated_at, f.closed_at,
    f.state #>> '{complaint,order,amount}' as amount, f.state ? 'signs' as look_first,
    p.name as assignee_name,
    said.consumer, coalesce(said.shop, said.company) as merchant
from unnest($2::uuid[]) with ordinality listed (id, place)
join case_file f on f.tenant_id = $1 and f.id = listed.id
left join person p on p.tenant_id = f.tenant_id and p.id = f.assignee
left join lateral (
    select max(s.text) filter (where s.kind = 'complaint.consumer.name') as consumer,
        max(s.text) filter (where s.kind = 'complaint.merchant.shop') as shop,
        max(s.text) filter (where s.kind = 'complaint.merchant.company') as company
    from statement s where s.tenant_id = f.tenant_id and s.case_id = f.id
) said on true
order by listed.place
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What is told of a case to whoever may see all of it."""

    title: str
    version: int
    stage: Stage
    filing_state: FilingState | None
    ball: Ball
    hand: Hand | None
    platform: Platform
    purpose: Purpose
    assignee: UUID | None
    assignee_name: str | None
    consumer: str | None
    merchant: str | None
    amount: Decimal | None
    paused: bool
    filed_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    look_first: bool = False
    """It came the slow lane: nothing goes out before a person has looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """A volunteer is told this much of a case that nobody took so far; `whole` is None then."""

    id: UUID
    number: str
    problem: Problem
    door: Door | None
    next_due: datetime | None
    next_provisional: bool
    overdue_since: datetime | None
    whole: Whole | None


async def rows(tx: Tx, seat: Seat, ids: Sequence[UUID]) -> tuple[QueueRow, ...]:
    """Of these cases, in this order, as much as the seat may see."""
    if not ids:
        return ()
    return tuple(row_of(row, seat) for row in await tx.fetch(ROWS, tx.tenant, ids))


def row_of(row: Record, seat: Seat) -> QueueRow:
    return QueueRow(
        id=row["id"],
        number=row["number"],
        problem=Problem(row["problem"]),
        door=Door(row["door"]) if row["door"] else None,
        next_due=row["next_due"],
        next_provisional=row["next_provisional"],
        overdue_since=row["overdue_since"],
        whole=whole_of(row) if may_see(seat, case_id=row["id"], assignee=row["assignee"]) else None,
    )


def whole_of(row: Record) -> Whole:
    return Whole(
        title=row["title"],
        version=row["version"],
        stage=Stage(row["stage"]),
        filing_state=FilingState(row["filing_state"]) if row["filing_state"] else None,
        ball=Ball(row["ball"]),
        hand=Hand(row["hand"]) if row["hand"] else None,
        platform=Platform(row["platform"]),
        purpose=Purpose(row["purpose"]),
        assignee=row["assignee"],
        assignee_name=row["assignee_name"],
        consumer=row["consumer"],
        merchant=row["merchant"],
        amount=Decimal(row["amount"]) if row["amount"] else None,
        paused=row["paused"],
        filed_at=row["filed_at"],
        updated_at=row["updated_at"],
        closed_at=row["closed_at"],
        look_first=row["look_first"],
    )
