"""A new password for oneself: with the present one and a code, as whoever signs in shows both."""

from uuid import UUID

from infra.database import Tx, platform_tx, tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.tenants import passwords, second_factor, sessions, throttle
from services.tenants.refusals import Denial, Denied
from services.tenants.sessions import Session
from services.tenants.sign_in import Visit, counters_for, failed
from services.tenants.throttle import About

SET = "update person set password_hash = $3 where id = $1 and password_hash = $2 returning true"


async def change(session: Session, *, password: str, code: str, new: str, visit: Visit) -> None:
    """Ends every other session of this person. Which of the two proofs was wrong is not told."""
    about = (session.organisation, session.seat.slug, session.email, session.name)
    if fault := passwords.fault(new, about=about):
        raise Denied(fault)
    async with platform_tx() as tx:
        tenant, now = session.seat.tenant, tx.real_now
        counters = counters_for(About.ACCOUNT, tenant, session.email, visit, now=now)
        await throttle.admit(tx, counters)
    stored = await stored_for(session)
    right = await passwords.matches(stored, password)
    hashed = await passwords.hash_of(new) if right else None
    async with tenant_tx(session.seat) as tx:
        done = hashed and stored and await proven(tx, session.person, code)
        done = done and await tx.fetchval(SET, session.person, stored, hashed)
        if done:
            await sessions.end_others(tx, session)
            await chain.record(tx, Kind.PASSWORD_CHANGED, {"person": session.person})
        else:
            await failed(tx, session.person, visit, step="own_password")
    if not done:
        raise Denied(Denial.WRONG_PROOF)
    await throttle.forgive(counters)


async def stored_for(session: Session) -> str | None:
    async with tenant_tx(session.seat) as tx:
        stored: str | None = await tx.fetchval(
            "select password_hash from person where id = $1", session.person
        )
    return stored


async def proven(tx: Tx, person: UUID, code: str) -> bool:
    """A code of the phone, or one of those on paper; either is used up."""
    by_phone = await second_factor.accepts(tx, person, code)
    return by_phone or await second_factor.spends(tx, person, code)
