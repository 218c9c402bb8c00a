"""Opening what was kept. Whoever opens a file of a case is on record before the first byte."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from uuid import UUID

from infra import storage
from infra.database import Tx
from services.evidence import case_keys
from services.evidence.receiving import key_of
from services.evidence.sealing import opened

KEPT = """
select id, place, sha256 from evidence
where tenant_id = $1 and case_id = $2 and state = 'kept' order by seq
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file that lies in storage, and the key that opens it."""

    id: UUID
    sha256: str
    place: str
    key: bytes = field(repr=False)

    def bytes(self) -> AsyncIterator[bytes]:
        """Raises `NotThere` or `Tampered` where it is not as it was."""
        return opened(storage.current().get(self.place), key=self.key)

    async def is_as_it_came(self) -> bool:
        """Raises the same as `bytes`."""
        found = hashlib.sha256()
        async for chunk in self.bytes():
            found.update(chunk)
        return found.hexdigest() == self.sha256


async def kept(tx: Tx, *, tenant: UUID, case: UUID) -> dict[UUID, Kept]:
    """By id, in the order in which they came; erased ones are not among them."""
    rows = await tx.fetch(KEPT, tenant, case)
    if not rows:
        return {}
    key = await case_keys.of_case(tx, tenant, case)
    return {
        row["id"]: Kept(
            id=row["id"],
            sha256=row["sha256"].hex(),
            place=key_of(tenant, row["place"]),
            key=case_keys.of_file(key, row["place"]),
        )
        for row in rows
    }
