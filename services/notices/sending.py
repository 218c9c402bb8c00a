"""Sending what was posted: to whom, and what came of it. Marked after it happened, never before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, Final
from uuid import UUID

from infra.database import Tx, tenant_tx
from services.lifecycle.kinds import Audience, Door, Role
from services.notices.owed import DESK, MANAGERS, Held
from services.tenants import seats

LEASE: Final = timedelta(seconds=45)
"""Longer than one try may take, so that two workers never speak of one letter at once."""
READ = """
select n.*, s.text as address from notice n
left join statement s on s.tenant_id = n.tenant_id and s.id = n.address_statement
where n.tenant_id = $1 and n.id = $2
"""
STAFF = """
select id, email, role from person where tenant_id = $1 and disabled_at is null
and role in ('caseworker', 'manager', 'volunteer') order by email
"""
CLAIM = """
update notice set state = 'sending', attempts = attempts + 1,
    message_id = coalesce(message_id, $3), claimed_until = clock_timestamp() + $4
where tenant_id = $1 and id = $2 and state in ('queued', 'sending')
    and (claimed_until is null or claimed_until < clock_timestamp())
returning message_id
"""
STRANDED = """
select id from notice where tenant_id = $1 and state in ('queued', 'sending') and queued_at < $2
order by queued_at limit 500
"""


class Outcome(Enum):
    """How a try ended that brought no proof: the next state of the letter."""

    NOT_SENT = "queued"
    UNKNOWN = "sending"
    REFUSED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """`addresses` is empty where nobody can be reached any more: say so with `mark_held`.
    `files`: proven dispatch is the filing at this door.
    """

    id: UUID
    case_id: UUID
    seq: int
    to: Audience
    recipient: str
    channel: str
    letter: str
    door: Door | None
    bell: str | None
    files: bool
    addresses: tuple[str, ...]
    state: str
    attempts: int
    message_id: str | None
    proof: Mapping[str, Any]
    sent_at: datetime | None


async def read(tenant: UUID, notice_id: UUID) -> Sending | None:
    """None if there is no such notice."""
    async with tenant_tx(seats.clock(tenant=tenant)) as tx:
        row = await tx.fetchrow(READ, tenant, notice_id)
        if row is None:
            return None
        body = row["body"]
        return Sending(
            id=row["id"],
            case_id=row["case_id"],
            seq=row["seq"],
            to=Audience(body["to"]),
            recipient=row["recipient"],
            channel=row["channel"],
            letter=row["letter"],
            door=Door(body["door"]) if "door" in body else None,
            bell=row["bell"],
            files=body.get("files", False),
            addresses=await addresses(tx, row),
            state=row["state"],
            attempts=row["attempts"],
            message_id=row["message_id"],
            proof=row["proof"] or {},
            sent_at=row["sent_at"],
        )


async def addresses(tx: Tx, row: Mapping[str, Any]) -> tuple[str, ...]:
    fixed = row["body"].get("mailbox") or row["address"]
    if fixed:
        return (fixed,)
    recipient: str = row["recipient"]
    if recipient in (DESK, MANAGERS) or recipient.startswith("person:"):
        return on_duty(recipient, await tx.fetch(STAFF, tx.tenant))
    return ()


def on_duty(recipient: str, staff: list[Any]) -> tuple[str, ...]:
    """The person; if gone, the desk, which is the caseworkers; without any, the managers."""
    groups = (
        [one["email"] for one in staff if recipient == f"person:{one['id']}"],
        [one["email"] for one in staff if one["role"] == Role.CASEWORKER and recipient != MANAGERS],
        [one["email"] for one in staff if one["role"] == Role.MANAGER],
    )
    return tuple(next((group for group in groups if group), ()))


async def claim(
    tenant: UUID, notice_id: UUID, *, message_id: str, lease: timedelta = LEASE
) -> str | None:
    """The Message-ID to send under, always that of the first try; None while somebody else is at
    it, or when there is nothing more to send. From now on nobody can be sure that it did not go.
    """
    async with tenant_tx(seats.clock(tenant=tenant)) as tx:
        claimed: str | None = await tx.fetchval(CLAIM, tenant, notice_id, message_id, lease)
    return claimed


async def mark_sent(tenant: UUID, notice_id: UUID, *, proof: Mapping[str, Any]) -> None:
    """The server took it. Said twice, the first proof stays."""
    async with tenant_tx(seats.clock(tenant=tenant)) as tx:
        await tx.execute(
            "update notice set state = 'sent', proof = $3, sent_at = $4, claimed_until = null "
            "where tenant_id = $1 and id = $2 and state <> 'sent'",
            *(tenant, notice_id, dict(proof), tx.now),
        )


async def mark_failed(tenant: UUID, notice_id: UUID, *, why: str, outcome: Outcome) -> None:
    """One try that came to nothing, as far as we know."""
    async with tenant_tx(seats.clock(tenant=tenant)) as tx:
        await tx.execute(
            "update notice set state = $4, claimed_until = null, "
            "body = body || jsonb_build_object('failed', $3::text) "
            "where tenant_id = $1 and id = $2 and state = 'sending'",
            *(tenant, notice_id, why[:200], outcome.value),
        )


async def mark_held(tenant: UUID, notice_id: UUID, *, why: Held = Held.NO_ADDRESS) -> None:
    async with tenant_tx(seats.clock(tenant=tenant)) as tx:
        await tx.execute(
            "update notice set state = 'suppressed', "
            "body = body || jsonb_build_object('held', $3::text) "
            "where tenant_id = $1 and id = $2 and state = 'queued'",
            *(tenant, notice_id, why.value),
        )


async def stranded(tenant: UUID, *, older_than: timedelta) -> tuple[UUID, ...]:
    """Letters that ought to be on their way for longer than that, oldest first."""
    async with tenant_tx(seats.clock(tenant=tenant)) as tx:
        rows = await tx.fetch(STRANDED, tenant, tx.now - older_than)
    return tuple(row["id"] for row in rows)
