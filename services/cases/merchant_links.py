"""The link over which a merchant answers follows its case: it goes out with the demand, is made
anew or taken back by a person, and ends with the time in which an answer is taken.
"""

from datetime import datetime
from uuid import UUID

from infra.database import Tx
from services.lifecycle.case import Case
from services.tenants import links
from services.tenants.links import LinkRef, Scope


def merchant_link(tenant: UUID, case_id: UUID, generation: int) -> LinkRef:
    return LinkRef(tenant=tenant, case=case_id, scope=Scope.MERCHANT, generation=generation)


async def keep_merchant_link(
    tx: Tx,
    before: Case | None,
    after: Case,
    *,
    tenant: UUID,
    case_id: UUID,
    ends: tuple[datetime | None, datetime | None],
) -> None:
    """`ends` by the clock of the tenant, before and now; links themselves live in real time."""
    was, now = ends
    at = now - (tx.now - tx.real_now) if now else None
    generation = after.merchant_generation
    if generation > (before.merchant_generation if before else 0):
        await links.issue(tx, merchant_link(tenant, case_id, generation), expires_at=at)
    elif before and before.merchant_link and not after.merchant_link:
        await links.revoke(tx, case=case_id, scope=Scope.MERCHANT)
    elif was != now:
        await links.expire(tx, case=case_id, scope=Scope.MERCHANT, at=at)
