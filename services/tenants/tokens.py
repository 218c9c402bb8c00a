"""Keys of programs: one organisation, one role, an end. Only their hash is kept."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from infra.database import Tx, platform_tx, tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.lifecycle.kinds import Role
from services.tenants import fit, seats
from services.tenants.refusals import Denial, Denied
from services.tenants.seats import STAFF, Seat, may_administer
from services.tenants.tables import ApiToken as Row

MARK = "rdt_"  # so that secret scanners know one when they see it
TOKEN_BYTES = 32
LASTS = timedelta(days=90)
LASTS_MAX = timedelta(days=366)
PREFIX = 12  # hex digits of the hash: names a token, opens nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """The only time that the token is seen."""

    token: str = field(repr=False)
    prefix: str
    role: Role
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    prefix: str
    name: str
    role: Role
    created_at: datetime
    expires_at: datetime


async def issue(seat: Seat, *, name: str, role: Role, lasts: timedelta = LASTS) -> Issued:
    may_administer(seat, giving=role)
    if role not in STAFF:
        raise Denied(Denial.ROLE_NOT_YOURS_TO_GIVE)
    if not timedelta(0) < lasts <= LASTS_MAX:
        raise Denied(Denial.EXPIRY_UNFIT)
    token = MARK + secrets.token_urlsafe(TOKEN_BYTES)
    async with tenant_tx(seat) as tx:
        row = Row(
            hash=hash_of(token),
            tenant_id=seat.tenant,
            person_id=seat.person,
            role=role.value,
            name=fit.name(name, longest=80),
            created_at=tx.real_now,
            expires_at=tx.real_now + lasts,
        )
        await Row.insert(row)
        told = {"token": prefix_of(row.hash), "role": role.value}
        await chain.record(tx, Kind.TOKEN_ISSUED, told)
    return Issued(token=token, prefix=prefix_of(row.hash), role=role, expires_at=row.expires_at)


FIND = """
    select a.tenant_id, t.slug, a.role, a.person_id from api_token a
        join tenant t on t.tenant_id = a.tenant_id
    where a.hash = $1 and a.revoked_at is null and a.expires_at > $2
"""


async def resolve(token: str) -> Seat | None:
    hashed = hash_of(token)
    async with platform_tx() as tx:
        tenant = await tx.fetchval("select tenant_id from api_token where hash = $1", hashed)
    if tenant is None:
        return None
    async with tenant_tx(seats.threshold(tenant=tenant)) as tx:
        row = await tx.fetchrow(FIND, hashed, tx.real_now)
    if row is None:
        return None
    return seats.program(
        tenant=row["tenant_id"],
        slug=row["slug"],
        token=prefix_of(hashed),
        role=Role(row["role"]),
        person=row["person_id"],
    )


async def everyone(seat: Seat) -> tuple[Listed, ...]:
    may_administer(seat)
    async with tenant_tx(seat) as tx:
        rows = await tx.fetch(
            """select hash, name, role, created_at, expires_at from api_token
            where revoked_at is null and expires_at > $1
            order by created_at desc, hash limit 100""",
            tx.real_now,
        )
    return tuple(
        Listed(prefix=prefix_of(hashed), name=name, role=Role(role), created_at=at, expires_at=end)
        for hashed, name, role, at, end in rows
    )


async def revoke(seat: Seat, prefix: str) -> None:
    may_administer(seat)
    async with tenant_tx(seat) as tx:
        revoked = await tx.fetchval(
            """update api_token set revoked_at = $1
            where left(encode(hash, 'hex'), $2) = $3 and revoked_at is null returning true""",
            tx.real_now,
            PREFIX,
            prefix,
        )
        if not revoked:
            raise Denied(Denial.NO_SUCH_TOKEN)
        await chain.record(tx, Kind.TOKEN_REVOKED, {"token": prefix})


async def revoke_all(tx: Tx, person: UUID) -> None:
    """Those that this person issued: they would outlive the role that issued them."""
    theirs = (Row.person_id == person) & Row.revoked_at.is_null()
    await Row.update({Row.revoked_at: tx.real_now}).where(theirs)


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token[:200].encode("utf-8", "replace")).digest()


def prefix_of(hashed: bytes) -> str:
    return hashed.hex()[:PREFIX]
