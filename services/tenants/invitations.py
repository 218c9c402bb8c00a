"""Letters of entry: for one address in one role, once. To somebody already here, a new password.

The token begins with the organisation's address, so that its page needs no other."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from infra.database import Tx, tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.lifecycle.kinds import Role
from services.tenants import crockford, fit, organisations, passwords, seats, sessions
from services.tenants.organisations import Organisation
from services.tenants.refusals import Denial, Denied
from services.tenants.seats import Seat, may_administer
from services.tenants.tables import Invitation as Row
from services.tenants.tables import Person

LASTS = timedelta(hours=72)
RESET_LASTS = timedelta(minutes=30)
SYMBOLS = 26  # 130 bits
ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtextextended('invitation/' || cur_tenant(), 0))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """The only time that the token is seen."""

    token: str = field(repr=False)
    email: str
    role: Role
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    id: UUID
    email: str
    role: Role
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What the page of an invitation shows. `member` means that only a password is asked."""

    organisation: Organisation
    email: str
    role: Role
    member: bool


async def invite(seat: Seat, *, email: str, role: Role) -> Invited:
    """Sending again kills the letter from before."""
    may_administer(seat, giving=role)
    mailbox = fit.mailbox(email)
    if mailbox is None:
        raise Denied(Denial.EMAIL_MALFORMED)
    token = f"{seat.slug}.{crockford.random(SYMBOLS)}"
    async with tenant_tx(seat) as tx:
        await tx.execute(ONE_AT_A_TIME)
        member = await Person.select(Person.role).where(Person.email == mailbox).first()
        if member and member["role"] != role.value:
            raise Denied(Denial.ALREADY_A_MEMBER)
        expires_at = tx.real_now + (RESET_LASTS if member else LASTS)
        await Row.update({Row.used_at: tx.real_now}).where(
            Row.email == mailbox, Row.used_at.is_null()
        )
        row = Row(
            tenant_id=seat.tenant,
            id=uuid7(),
            email=mailbox,
            role=role.value,
            token_hash=hash_of(token),
            expires_at=expires_at,
        )
        await Row.insert(row)
        told = {"invitation": row.id, "role": role.value}
        await chain.record(tx, Kind.PERSON_INVITED, told)
    return Invited(token=token, email=mailbox, role=role, expires_at=expires_at)


async def pending(seat: Seat) -> tuple[Pending, ...]:
    may_administer(seat)
    async with tenant_tx(seat) as tx:
        rows = (
            await Row.select(Row.id, Row.email, Row.role, Row.expires_at)
            .where(Row.used_at.is_null(), Row.expires_at > tx.real_now)
            .order_by(Row.expires_at, Row.id)
        )
    return tuple(Pending(**{**row, "role": Role(row["role"])}) for row in rows)


async def revoke(seat: Seat, invitation: UUID) -> None:
    may_administer(seat)
    async with tenant_tx(seat) as tx:
        unused = (Row.id == invitation) & Row.used_at.is_null()
        if not await Row.update({Row.used_at: tx.real_now}).where(unused).returning(Row.id):
            raise Denied(Denial.NO_SUCH_INVITATION)
        await chain.record(tx, Kind.INVITATION_REVOKED, {"invitation": invitation})


async def read(token: str) -> Letter:
    """Changes nothing: previews of mail programs read it, too."""
    organisation = await organisations.by_slug(token[:41].partition(".")[0])
    if organisation is None:
        raise Denied(Denial.INVITATION_VOID)
    async with tenant_tx(seats.threshold(tenant=organisation.tenant)) as tx:
        row = await tx.fetchrow(
            """select i.email, i.role, p.id is not null as member from invitation i
            left join person p on p.tenant_id = i.tenant_id and p.email = i.email
            where i.token_hash = $1 and i.used_at is null and i.expires_at > $2
                and (p.id is null or (p.role = i.role and p.disabled_at is null))""",
            hash_of(token),
            tx.real_now,
        )
    if row is None:
        raise Denied(Denial.INVITATION_VOID)
    role = Role(row["role"])
    return Letter(organisation=organisation, email=row["email"], role=role, member=row["member"])


async def accept(token: str, *, name: str, password: str) -> Letter:
    """Uses the letter up. A member's name stays, all sessions end, the second factor is kept."""
    letter = await read(token)
    called = "" if letter.member else fit.name(name, longest=80)
    about = (letter.organisation.name, letter.organisation.slug, letter.email, called)
    fault = passwords.fault(password, about=about)
    if fault is not None:
        raise Denied(fault)
    hashed = await passwords.hash_of(password)
    seat = seats.threshold(tenant=letter.organisation.tenant, slug=letter.organisation.slug)
    async with tenant_tx(seat) as tx:
        await use_up(tx, token)
        if letter.member:
            await renew(tx, letter, hashed)
        else:
            await join(tx, letter, called, hashed)
    return letter


async def use_up(tx: Tx, token: str) -> None:
    used = await tx.fetchval(
        """update invitation set used_at = $1
        where token_hash = $2 and used_at is null and expires_at > $1 returning true""",
        tx.real_now,
        hash_of(token),
    )
    if not used:
        raise Denied(Denial.INVITATION_VOID)


async def join(tx: Tx, letter: Letter, name: str, hashed: str) -> None:
    row = Person(
        tenant_id=letter.organisation.tenant,
        id=uuid7(),
        email=letter.email,
        name=name,
        role=letter.role.value,
        password_hash=hashed,
        created_at=tx.real_now,
    )
    await Person.insert(row)
    told = {"person": row.id, "role": letter.role.value}
    await chain.record(tx, Kind.PERSON_JOINED, told, actor=f"person:{row.id}")


async def renew(tx: Tx, letter: Letter, hashed: str) -> None:
    """A role that has changed since the letter was written makes it void."""
    person = await tx.fetchval(
        """update person set password_hash = $1
        where email = $2 and role = $3 and disabled_at is null returning id""",
        hashed,
        letter.email,
        letter.role.value,
    )
    if person is None:
        raise Denied(Denial.INVITATION_VOID)
    await sessions.end_all(tx, person)
    await chain.record(tx, Kind.PASSWORD_CHANGED, {"person": person}, actor=f"person:{person}")


def hash_of(token: str) -> bytes:
    """Without the case of letters: people read such tokens aloud."""
    return hashlib.sha256(token[:100].upper().encode("utf-8", "replace")).digest()
