"""Who is signed in. The cookie holds 256 random bits; we keep their hash, and read everything else
from the database at each request. Real time, whatever the tenant's clock says."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from infra.database import Tx, platform_tx, tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.lifecycle.kinds import Role
from services.tenants import seats
from services.tenants.refusals import Denial, Denied
from services.tenants.seats import Seat
from services.tenants.tables import Session as Row

TOKEN_BYTES = 32
TO_THE_SECOND_STEP = timedelta(minutes=10)
SEEN_EVERY = timedelta(minutes=1)  # a write for every request would buy nothing
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    idle: timedelta
    whole: timedelta


STAFF = Span(idle=timedelta(minutes=30), whole=timedelta(hours=12))
VOLUNTEER = Span(idle=timedelta(minutes=15), whole=timedelta(hours=4))


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody at a browser, as the database tells it now."""

    seat: Seat
    person: UUID
    name: str
    email: str
    organisation: str
    hue: int
    clock_offset: timedelta
    prefix: str
    enrolled: bool
    csrf: bytes = field(repr=False)
    hash: bytes = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """One line of the page where people see where they are signed in; `id` is no key to it."""

    id: str
    device: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


def span_of(role: Role) -> Span:
    return VOLUNTEER if role is Role.VOLUNTEER else STAFF


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


async def begin(tx: Tx, *, tenant: UUID, person: UUID, device: str) -> str:
    """The step between password and second factor."""
    return await put(
        tx, tenant=tenant, person=person, device=device, lasts=TO_THE_SECOND_STEP, mfa_at=None
    )


async def complete(tx: Tx, *, half: Session, device: str) -> str:
    """A new token for the signed-in; the one from before the second factor is dead."""
    if not await end(tx, half.hash):
        raise Denied(Denial.SIGN_IN_AGAIN)
    return await put(
        tx,
        tenant=half.seat.tenant,
        person=half.person,
        device=device,
        lasts=span_of(half.seat.role).whole,
        mfa_at=tx.real_now,
    )


async def put(
    tx: Tx,
    *,
    tenant: UUID,
    person: UUID,
    device: str,
    lasts: timedelta,
    mfa_at: datetime | None,
) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = Row(
        hash=hash_of(token),
        tenant_id=tenant,
        person_id=person,
        csrf=secrets.token_bytes(TOKEN_BYTES),
        mfa_at=mfa_at,
        created_at=tx.real_now,
        seen_at=tx.real_now,
        expires_at=tx.real_now + lasts,
        device="".join(sign for sign in device if sign.isprintable())[:200],
    )
    await Row.insert(row)
    return token


FIND = """
    select s.hash, s.csrf, s.seen_at, s.expires_at, s.tenant_id, s.person_id,
        p.name, p.email, p.role, p.totp_last_step is not null as enrolled,
        t.slug, t.prefix, t.name as organisation, t.hue, t.clock_offset
    from session s
        join person p on p.tenant_id = s.tenant_id and p.id = s.person_id
        join tenant t on t.tenant_id = s.tenant_id
    where s.hash = $1 and s.ended_at is null and s.expires_at > $2 and p.disabled_at is null
        and (s.mfa_at is not null) = $3
"""


async def find(token: str, *, seen: bool = True) -> Session | None:
    """Who is signed in with this token: role, name and organisation as they stand, or nobody. What
    no person did (`seen` is false) keeps nobody signed in."""
    return await look_up(token, complete=True, seen=seen)


async def find_half(token: str) -> Session | None:
    """Who gave a password and owes the second factor. Such a session opens that step alone."""
    return await look_up(token, complete=False)


async def look_up(token: str, *, complete: bool, seen: bool = True) -> Session | None:
    hashed = hash_of(token)
    async with platform_tx() as tx:
        tenant = await tx.fetchval("select tenant_id from session where hash = $1", hashed)
    if tenant is None:
        return None
    async with tenant_tx(seats.threshold(tenant=tenant)) as tx:
        row = await tx.fetchrow(FIND, hashed, tx.real_now, complete)
        if row is None or tx.real_now - row["seen_at"] >= span_of(Role(row["role"])).idle:
            return None
        if seen and tx.real_now - row["seen_at"] >= SEEN_EVERY:
            await Row.update({Row.seen_at: tx.real_now}).where(Row.hash == hashed)
    return session_of(row)


def session_of(row: Mapping[str, Any]) -> Session:
    seat = seats.staff(
        tenant=row["tenant_id"],
        slug=row["slug"],
        person=row["person_id"],
        role=Role(row["role"]),
    )
    return Session(
        seat=seat,
        person=row["person_id"],
        name=row["name"],
        email=row["email"],
        organisation=row["organisation"],
        hue=row["hue"],
        clock_offset=row["clock_offset"],
        prefix=row["prefix"],
        enrolled=row["enrolled"],
        csrf=row["csrf"],
        hash=row["hash"],
        expires_at=row["expires_at"],
    )


async def sign_out(session: Session) -> None:
    async with tenant_tx(session.seat) as tx:
        await end(tx, session.hash)
        await chain.record(tx, Kind.SIGNED_OUT, {"session": session.hash.hex()[:16]})


async def mine(seat: Seat) -> tuple[OpenSession, ...]:
    async with tenant_tx(seat) as tx:
        rows = await tx.fetch(
            """select encode(hash, 'hex') as id, device, created_at, seen_at, expires_at
            from session where person_id = $1 and mfa_at is not null
                and ended_at is null and expires_at > $2
            order by seen_at desc, hash limit 100""",
            seat.person,
            tx.real_now,
        )
    return tuple(OpenSession(**row) for row in rows)


async def revoke(seat: Seat, session: str) -> None:
    """One of one's own, by the id in the list."""
    async with tenant_tx(seat) as tx:
        ended = await tx.fetchval(
            """update session set ended_at = $1 where encode(hash, 'hex') = $2
            and person_id = $3 and ended_at is null returning true""",
            tx.real_now,
            session,
            seat.person,
        )
        if not ended:
            raise Denied(Denial.NO_SUCH_SESSION)
        await chain.record(tx, Kind.SESSION_REVOKED, {"session": session[:16]})


async def revoke_others(session: Session) -> None:
    """Everywhere but here."""
    async with tenant_tx(session.seat) as tx:
        ended = await end_others(tx, session)
        await chain.record(tx, Kind.SESSION_REVOKED, {"session": "all_others", "ended": ended})


async def end_others(tx: Tx, session: Session) -> int:
    """How many had not ended before."""
    others = (Row.person_id == session.person) & (Row.hash != session.hash)
    ended = Row.update({Row.ended_at: tx.real_now}).where(others & Row.ended_at.is_null())
    return len(await ended.returning(Row.hash))


async def end(tx: Tx, hashed: bytes) -> bool:
    """Whether it had not ended before."""
    one = (Row.hash == hashed) & Row.ended_at.is_null()
    return bool(await Row.update({Row.ended_at: tx.real_now}).where(one).returning(Row.hash))


async def end_all(tx: Tx, person: UUID) -> None:
    theirs = (Row.person_id == person) & Row.ended_at.is_null()
    await Row.update({Row.ended_at: tx.real_now}).where(theirs)


async def forget_old(tx: Tx) -> None:
    await tx.execute("delete from session where expires_at < $1", tx.real_now - KEPT)
