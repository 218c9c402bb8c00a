"""An hourly root over the heads of all cases of a tenant, signed, and to be kept outside too.

It covers every event before its hour, so that it can be worked out again at any time: whoever
rewrites a whole chain cannot rewrite the root without the key.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from infra.database import Tx, tenant_tx
from services.cases.checks.findings import Class, Finding
from services.tenants import seats

SETTLED: Final = timedelta(minutes=1)
"""A transaction begun before the hour has ended by then, one way or the other."""
HEADS = """
select distinct on (case_id) case_id, hash from case_event
where tenant_id = $1 and at < $2 order by case_id, seq desc
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    hour: datetime
    root: bytes
    signature: bytes


async def sign_roots(tenant: UUID, *, key: bytes) -> Root:
    """The root of the hour that ended last; said again, it is the same one."""
    async with tenant_tx(seats.clock(tenant=tenant)) as tx:
        hour = (tx.now - SETTLED).replace(minute=0, second=0, microsecond=0)
        root = await root_of(tx, tenant, hour)
        made = Root(hour=hour, root=root, signature=sign(tenant, hour, root, key))
        await tx.execute(
            "insert into chain_root (tenant_id, hour, root, signature) values ($1, $2, $3, $4) "
            "on conflict do nothing",
            *(tenant, made.hour, made.root, made.signature),
        )
        kept = await tx.fetchrow(
            "select hour, root, signature from chain_root where tenant_id = $1 and hour = $2",
            *(tenant, hour),
        )
    assert kept is not None
    return Root(**dict(kept))


async def verify_roots(tenant: UUID, *, key: bytes, newest: int = 24) -> tuple[Finding, ...]:
    """The newest roots, against the key and against the events as they stand."""
    findings: list[Finding] = []
    async with tenant_tx(seats.clock(tenant=tenant)) as tx:
        rows = await tx.fetch(
            "select hour, root, signature from chain_root where tenant_id = $1 "
            "order by hour desc limit $2",
            *(tenant, newest),
        )
        for row in rows:
            where = f"root of {row['hour'].isoformat()}"
            signed = sign(tenant, row["hour"], row["root"], key)
            if not hmac.compare_digest(row["signature"], signed):
                findings.append(Finding(class_=Class.AUDIT, where=where, what="not_signed_by_us"))
            if row["root"] != await root_of(tx, tenant, row["hour"]):
                findings.append(Finding(class_=Class.AUDIT, where=where, what="history_rewritten"))
    return tuple(findings)


async def root_of(tx: Tx, tenant: UUID, hour: datetime) -> bytes:
    found = hashlib.sha256()
    for row in await tx.fetch(HEADS, tenant, hour):
        found.update(row["case_id"].bytes + row["hash"])
    return found.digest()


def sign(tenant: UUID, hour: datetime, root: bytes, key: bytes) -> bytes:
    told = b"/".join((b"chain root", tenant.bytes, hour.isoformat().encode(), root))
    return hmac.digest(key, told, "sha256")
