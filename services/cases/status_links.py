"""The link to the status page follows its case: issued, issued anew, and over some time after the
end. Its token is derived, never stored.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from infra.database import Tx
from services.lifecycle.case import Case
from services.tenants import links
from services.tenants.links import LinkRef, Scope

AFTER_CLOSING: Final = timedelta(days=60)


def status_token(tenant: UUID, case_id: UUID, *, generation: int) -> str:
    return links.token_of(status_link(tenant, case_id, generation))


def status_link(tenant: UUID, case_id: UUID, generation: int) -> LinkRef:
    return LinkRef(tenant=tenant, case=case_id, scope=Scope.STATUS, generation=generation)


async def keep_link(
    tx: Tx, before: Case | None, after: Case, *, tenant: UUID, case_id: UUID
) -> None:
    """Links live in real time, whatever the clock of the tenant says."""
    ends = tx.real_now + AFTER_CLOSING if after.closed_at else None
    if before is None or after.link_generation > before.link_generation:
        ref = status_link(tenant, case_id, after.link_generation)
        phone = None if before else after.complaint.consumer.phone.text
        await links.issue(tx, ref, phone=phone, expires_at=ends)
    elif (before.closed_at is None) != (after.closed_at is None):
        await links.expire(tx, case=case_id, scope=Scope.STATUS, at=ends)
