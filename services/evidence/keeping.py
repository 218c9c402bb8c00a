"""What the ledger says of a file, in the transaction of the event: it is on the case, or erased."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from infra import storage
from infra.database import Tx
from services.evidence import copies
from services.evidence.receiving import key_of
from services.lifecycle.evidence import Piece
from services.lifecycle.refusals import Refused, Why

KEEP = """
update evidence e set state = 'kept', seq = p.seq
from jsonb_to_recordset($3) p (id uuid, kind text, size bigint, sha256 text, seq integer)
where e.tenant_id = $1 and e.case_id = $2 and e.id = p.id and e.state = 'received'
    and e.kind = p.kind and e.size = p.size and e.sha256 = decode(p.sha256, 'hex')
"""
ERASE = """
update evidence set state = 'erased' where tenant_id = $1 and case_id = $2 and state = 'kept'
returning place
"""
FORGET_KEY = "delete from evidence_key where tenant_id = $1 and case_id = $2"


async def keep(tx: Tx, pieces: Sequence[Piece], *, tenant: UUID, case: UUID) -> None:
    """Raises `Refused` where a command speaks of a file that did not come in as it says."""
    told = [
        {
            "id": str(piece.id),
            "kind": piece.kind.value,
            "size": piece.size,
            "sha256": piece.sha256,
            "seq": piece.seq,
        }
        for piece in pieces
    ]
    if told and await tx.execute(KEEP, tenant, case, told) != f"UPDATE {len(told)}":
        raise Refused(Why.EVIDENCE_NOT_RECEIVED)
    if told:
        await copies.owe(tx, [piece.id for piece in pieces], tenant=tenant)


async def forget(tx: Tx, *, tenant: UUID, case: UUID) -> tuple[str, ...]:
    """The files of this case open never again, wherever copies of them lie. Their storage keys are
    for `cleared`, after the commit.
    """
    rows = await tx.fetch(ERASE, tenant, case)
    drawn = await copies.erased(tx, tenant=tenant, case=case)
    await tx.execute(FORGET_KEY, tenant, case)
    return (*(key_of(tenant, row["place"]) for row in rows), *drawn)


async def cleared(keys: Iterable[str]) -> None:
    for key in keys:
        await storage.current().delete(key)
