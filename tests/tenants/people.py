"""The cast at the door: Acme, its manager Leo, its handler Ana, and how they come in."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

import pyotp

from infra.database import tenant_tx
from services.lifecycle.kinds import Role
from services.tenants import invitations, organisations, seats, sign_in
from services.tenants.organisations import Organisation
from services.tenants.seats import Seat
from services.tenants.sign_in import SignedIn, Visit
from tests.database import Database

PASSWORD = "three quiet herons at dawn"
STEP = timedelta(seconds=30)


@dataclass(slots=True, kw_only=True)
class Member:
    """Somebody with an account, and a phone that knows the codes once it is enrolled."""

    acme: Organisation
    id: UUID
    email: str
    role: Role
    visit: Visit
    secret: str = ""
    recovery_codes: tuple[str, ...] = field(default=())

    @property
    def seat(self) -> Seat:
        return seats.staff(
            tenant=self.acme.tenant, slug=self.acme.slug, person=self.id, role=self.role
        )


def somewhere() -> Visit:
    """A home of its own, so that nobody's failures count for another."""
    return Visit(address=f"2001:db8:{uuid4().hex[:4]}::1", browser="Firefox")


async def found_acme() -> Organisation:
    slug = f"acme-{uuid4().hex[:12]}"
    tenant = await organisations.create(name="Acme 消费者协会", slug=slug, demo=True)
    acme = await organisations.by_id(tenant)
    assert acme is not None
    return acme


def operator(acme: Organisation) -> Seat:
    return seats.operator(tenant=acme.tenant, slug=acme.slug)


async def join(acme: Organisation, role: Role = Role.CASEWORKER) -> Member:
    email = f"{uuid4().hex[:12]}@acme.example"
    invited = await invitations.invite(operator(acme), email=email, role=role)
    await invitations.accept(invited.token, name="Ana", password=PASSWORD)
    async with tenant_tx(operator(acme)) as tx:
        person = await tx.fetchval("select id from person where email = $1", email)
    return Member(acme=acme, id=person, email=email, role=role, visit=somewhere())


async def half_way(member: Member, *, visit: Visit | None = None, password: str = PASSWORD) -> str:
    return await sign_in.by_password(
        member.acme, email=member.email, password=password, visit=visit or member.visit
    )


async def come_in(member: Member, database: Database, *, visit: Visit | None = None) -> SignedIn:
    """Password and code; the first time, the phone is enrolled on the way."""
    half = await half_way(member, visit=visit)
    if not member.secret:
        member.secret = (await sign_in.enrol(half)).secret
    code = await next_code(member, database)
    signed_in = await sign_in.by_code(half, code, visit=visit or member.visit)
    member.recovery_codes = signed_in.recovery_codes or member.recovery_codes
    return signed_in


async def next_code(member: Member, database: Database) -> str:
    """The code of this step, as if every code used so far were of the steps before."""
    async with database.as_owner() as owner:
        now = await owner.fetchval("select clock_timestamp()")
        await owner.execute(
            "update person set totp_last_step = 1 where id = $1 and totp_last_step is not null",
            member.id,
        )
    return pyotp.TOTP(member.secret).at(now)
