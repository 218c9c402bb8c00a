"""The first command: a case is filed, numbered, pinned to a playbook and given its link."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from infra.database import Tx, tenant_tx
from services.cases.chain import genesis
from services.cases.orders import Order, first_answer, with_token
from services.cases.receipts import Receipt, from_plain
from services.cases.record import Chapter, compose
from services.cases.rows import Standing
from services.cases.write import write
from services.lifecycle.bells import local_day
from services.lifecycle.commands import File
from services.lifecycle.decide import decide
from services.playbooks import library
from services.tenants.seats import Seat


async def open_case(tx: Tx, command: File, asked: Order) -> Receipt:
    """Inserts and two look-up functions only: the public log-in may do no more."""
    answered = await tx.fetchrow(
        "select content_hash, receipt from intake_receipt($1)", asked.command_id
    )
    if answered:
        return first_answer(answered, asked, case_id=None)
    playbook = await library.pin(tx, command.playbook, command.complaint)
    rules = await library.rules_for(tx, playbook)
    happened = decide(
        None, replace(command, playbook=playbook), by=asked.by, now=tx.now, rules=rules
    )
    chapter = await blank(tx, asked.seat.tenant)
    entry = compose(chapter, happened, asked, now=tx.now, rules=rules)
    await write(tx, entry, asked)
    return with_token(entry.receipt, asked.seat)


async def filed_before(seat: Seat, command_id: UUID) -> Receipt | None:
    """What a filing under this id was answered with; None if nothing was filed under it."""
    async with tenant_tx(seat) as tx:
        row = await tx.fetchrow("select receipt from intake_receipt($1)", command_id)
    return from_plain(row["receipt"]) if row else None


def filed_at(receipt: Receipt) -> datetime:
    """In real time: the id of a case begins with the moment at which it was made (RFC 9562)."""
    return datetime.fromtimestamp(int.from_bytes(receipt.case_id.bytes[:6]) / 1000, UTC)


async def blank(tx: Tx, tenant: UUID) -> Chapter:
    """The number is taken last: whoever files next waits for it until this is committed."""
    year, case_id = local_day(tx.now).year, uuid7()
    last = await tx.fetchval("select next_case_number($1)", year)
    at = Standing(
        tenant=tenant,
        id=case_id,
        number=f"{year}-{last}",
        head=genesis(tenant, case_id),
        overdue_since=None,
        updated_at=tx.now,
    )
    return Chapter(case=None, at=at)
