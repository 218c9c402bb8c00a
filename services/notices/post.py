"""Putting letters into the post, in the transaction of the event that owes them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from infra.database import Tx
from services.notices.owed import Notice

POST = """
insert into notice (tenant_id, id, case_id, seq, recipient, channel, letter, bell, state,
    address_statement, body, queued_at)
select $1, n.id, $2, n.seq, n.recipient, n.channel, n.letter, n.bell, n.state,
    n.address_statement, n.body, $3
from jsonb_populate_recordset(null::notice, $4) n
"""
FORGET = """
update notice set body = body - 'failed', proof = proof - 'response'
where tenant_id = $1 and case_id = $2
"""


async def post(
    tx: Tx, notices: Iterable[Notice], *, tenant: UUID, case_id: UUID, now: datetime
) -> None:
    rows = [row(notice) for notice in notices]
    if rows:
        await tx.execute(POST, tenant, case_id, now, rows)


async def forget(tx: Tx, *, case_id: UUID) -> None:
    """That a letter went out stays on record; what servers said of it may name people."""
    await tx.execute(FORGET, tx.tenant, case_id)


def row(notice: Notice) -> dict[str, Any]:
    letter = notice.letter
    body = {
        "to": letter.to.value,
        "door": letter.door.value if letter.door else None,
        "files": letter.files or None,
        "mailbox": notice.mailbox,
        "held": notice.held.value if notice.held else None,
    }
    return {
        "id": str(notice.id),
        "seq": notice.seq,
        "recipient": notice.recipient,
        "channel": notice.channel,
        "letter": letter.name,
        "bell": notice.bell,
        "state": "suppressed" if notice.held else "queued",
        "address_statement": str(notice.address) if notice.address else None,
        "body": {key: value for key, value in body.items() if value is not None},
    }
