"""One line of the queue, and what stands beside the case in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from infra.database import Record, Tx
from services.cases.tables import CaseFile
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

SHOWN = (
    CaseFile.id,
    CaseFile.number,
    CaseFile.title,
    CaseFile.version,
    CaseFile.stage,
    CaseFile.door,
    CaseFile.filing_state,
    CaseFile.ball,
    CaseFile.hand,
    CaseFile.problem,
    CaseFile.platform,
    CaseFile.purpose,
    CaseFile.assignee,
    CaseFile.next_due,
    CaseFile.next_provisional,
    CaseFile.paused,
    CaseFile.overdue_since,
    CaseFile.filed_at,
    CaseFile.updated_at,
    CaseFile.closed_at,
)
BESIDE = """
select f.id, f.state #>> '{complaint,order,amount}' as amount, max(p.name) as assignee_name,
    max(s.text) filter (where s.kind = 'complaint.consumer.name') as consumer,
    coalesce(max(s.text) filter (where s.kind = 'complaint.merchant.shop'),
        max(s.text) filter (where s.kind = 'complaint.merchant.company')) as merchant
from case_file f
left join person p on p.tenant_id = f.tenant_id and p.id = f.assignee
left join statement s on s.tenant_id = f.tenant_id and s.case_id = f.id and s.kind in
    ('complaint.consumer.name', 'complaint.merchant.shop', 'complaint.merchant.company')
where f.tenant_id = $1 and f.id = any($2) group by f.tenant_id, f.id
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


async def details(tx: Tx, ids: list[UUID]) -> dict[UUID, Record]:
    if not ids:
        return {}
    return {row["id"]: row for row in await tx.fetch(BESIDE, tx.tenant, ids)}


def row_of(row: Mapping[str, Any], beside: Record | None) -> QueueRow:
    return QueueRow(
        id=row["id"],
        number=row["number"],
        problem=Problem(row["problem"]),
        door=Door(row["door"]) if row["door"] else None,
        next_due=row["next_due"],
        next_provisional=row["next_provisional"],
        overdue_since=row["overdue_since"],
        whole=whole_of(row, beside) if beside else None,
    )


def whole_of(row: Mapping[str, Any], beside: Record) -> Whole:
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
        assignee_name=beside["assignee_name"],
        consumer=beside["consumer"],
        merchant=beside["merchant"],
        amount=Decimal(beside["amount"]) if beside["amount"] else None,
        paused=row["paused"],
        filed_at=row["filed_at"],
        updated_at=row["updated_at"],
        closed_at=row["closed_at"],
    )
