"""Password, then second factor. Every way to fail does the same work and gets the same answer."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from infra.database import Tx, platform_tx, tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.tenants import devices, fit, passwords, seats, second_factor, sessions, throttle
from services.tenants.organisations import Organisation
from services.tenants.refusals import Denial, Denied
from services.tenants.second_factor import Enrolment
from services.tenants.sessions import Session
from services.tenants.throttle import About, Counters, bucket


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Where somebody comes from: address, browser, and the cookie of a known device."""

    address: str = field(repr=False)
    browser: str = ""
    device: str = field(default="", repr=False)

    @property
    def place(self) -> str:
        """The same for the same address, and no address."""
        return bucket(About.ADDRESS, throttle.block(self.address))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Recovery codes are shown once, to whoever has just enrolled."""

    token: str = field(repr=False)
    device: str = field(repr=False)
    recovery_codes: tuple[str, ...] = field(default=(), repr=False)


async def by_password(
    organisation: Organisation, *, email: str, password: str, visit: Visit
) -> str:
    """The first step. Answers the token of a session that opens only the second."""
    mailbox = fit.mailbox(email) or ""
    seat = seats.threshold(tenant=organisation.tenant, slug=organisation.slug)
    async with platform_tx() as tx:
        counters = counters_for(About.ACCOUNT, seat.tenant, mailbox, visit, now=tx.real_now)
        await throttle.admit(tx, counters)
    async with tenant_tx(seat) as tx:
        known = await tx.fetchrow("select id, password_hash from person where email = $1", mailbox)
    right = await passwords.matches(known["password_hash"] if known else None, password)
    fresh = await rehashed(known["password_hash"], password) if known and right else None
    async with tenant_tx(seat) as tx:
        token = await half_way(tx, known, fresh, visit) if known and fresh else None
        if token is None:
            await failed(tx, known["id"] if known else None, visit, step="password")
    if token is None:
        raise Denied(Denial.WRONG_CREDENTIALS)
    await throttle.forgive(counters)
    return token


async def enrol(half_token: str) -> Enrolment:
    """What to show to somebody who has no second factor yet; `by_code` confirms it."""
    half = await half_of(half_token)
    async with tenant_tx(half.seat) as tx:
        return await second_factor.begin(tx, half.person, issuer=half.organisation)


async def by_code(half_token: str, code: str, *, visit: Visit) -> SignedIn:
    """The second step: a code of the phone, or one of the codes on paper."""
    half = await half_of(half_token)
    async with platform_tx() as tx:
        tenant = half.seat.tenant
        counters = counters_for(About.SECOND_FACTOR, tenant, half.email, visit, now=tx.real_now)
        await throttle.admit(tx, counters)
    async with tenant_tx(half.seat) as tx:
        signed_in = await judge(tx, half, code, visit)
    if signed_in is None:
        raise Denied(Denial.WRONG_CODE)
    await throttle.forgive(counters)
    return signed_in


def counters_for(
    about: About, tenant: UUID, mailbox: str, visit: Visit, *, now: datetime
) -> Counters:
    """Account and place are counted apart; a known device is counted by itself alone."""
    device = devices.recognise(visit.device, tenant=tenant, email=mailbox, now=now)
    if device is not None:
        return Counters(own=bucket(About.DEVICE, about.value, tenant, mailbox, device))
    return Counters(own=bucket(about, tenant, mailbox), shared=(visit.place,))


async def rehashed(stored: str, password: str) -> str:
    return await passwords.hash_of(password) if passwords.is_outdated(stored) else stored


async def half_way(tx: Tx, known: Any, fresh: str, visit: Visit) -> str | None:
    """Only if the password is still the one that was compared, and the person still welcome."""
    tenant = await tx.fetchval(
        """update person set password_hash = $3
        where id = $1 and password_hash = $2 and disabled_at is null returning tenant_id""",
        known["id"],
        known["password_hash"],
        fresh,
    )
    if tenant is None:
        return None
    await sessions.forget_old(tx)
    return await sessions.begin(tx, tenant=tenant, person=known["id"], device=visit.browser)


async def half_of(token: str) -> Session:
    half = await sessions.find_half(token)
    if half is None:
        raise Denied(Denial.SIGN_IN_AGAIN)
    return half


async def judge(tx: Tx, half: Session, code: str, visit: Visit) -> SignedIn | None:
    by_phone = await second_factor.accepts(tx, half.person, code)
    by_paper = not by_phone and await second_factor.spends(tx, half.person, code)
    if not (by_phone or by_paper):
        await failed(tx, half.person, visit, step="code")
        return None
    tenant = half.seat.tenant
    token = await sessions.complete(tx, half=half, device=visit.browser)
    codes = (
        ()
        if half.enrolled
        else await second_factor.new_recovery_codes(tx, half.person, tenant=tenant)
    )
    told = {"session": sessions.hash_of(token).hex()[:16], "place": visit.place[:16]}
    await chain.record(tx, kind_of(half, by_paper=by_paper), told)
    device = devices.remember(tenant=tenant, email=half.email, now=tx.real_now)
    return SignedIn(token=token, device=device, recovery_codes=codes)


def kind_of(half: Session, *, by_paper: bool) -> Kind:
    if not half.enrolled:
        return Kind.SIGNED_IN_AND_ENROLLED
    return Kind.SIGNED_IN_ON_PAPER if by_paper else Kind.SIGNED_IN


async def failed(tx: Tx, person: UUID | None, visit: Visit, *, step: str) -> None:
    told = {"person": person, "step": step, "place": visit.place[:16]}
    await chain.record(tx, Kind.SIGN_IN_FAILED, told)
