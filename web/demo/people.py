"""The staff of a demo association, invited and signed in through the same door as anybody."""

from dataclasses import dataclass

import pyotp

from services.lifecycle.kinds import Role
from services.tenants import invitations, organisations, seats, sessions, sign_in
from services.tenants.seats import Seat
from services.tenants.sign_in import Visit

PASSWORD = "maple-kettle-harbour"  # noqa: S105 -- for show, on this machine only
NAMES = {
    "zhou": ("周敏", Role.MANAGER),
    "chen": ("陈立", Role.CASEWORKER),
    "wu": ("吴静", Role.VOLUNTEER),
    "xu": ("许言", Role.AUDITOR),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    email: str
    role: Role
    secret: str
    seat: Seat

    def facts(self) -> dict[str, str]:
        return {
            "email": self.email,
            "password": PASSWORD,
            "role": self.role.value,
            "totp_secret": self.secret,
            "code": f".venv/bin/redress demo --code {self.email}",
        }


async def colleagues(operator: Seat) -> dict[str, Colleague]:
    return {key: await join(operator, key, *NAMES[key]) for key in NAMES}


async def join(operator: Seat, key: str, name: str, role: Role) -> Colleague:
    email = f"{key}@{operator.slug}.example"
    invited = await invitations.invite(operator, email=email, role=role)
    letter = await invitations.accept(invited.token, name=name, password=PASSWORD)
    half, secret = await enrolled(letter.organisation, email)
    code = pyotp.TOTP(secret).now()
    signed_in = await sign_in.by_code(half, code, visit=Visit(address="127.0.0.1"))
    session = await sessions.find(signed_in.token)
    assert session is not None
    return Colleague(email=email, role=role, secret=secret, seat=session.seat)


async def enrolled(organisation: organisations.Organisation, email: str) -> tuple[str, str]:
    """The half-way session and the secret that a phone would have learnt."""
    visit = Visit(address="127.0.0.1")
    half = await sign_in.by_password(organisation, email=email, password=PASSWORD, visit=visit)
    return half, (await sign_in.enrol(half)).secret


def public(operator: Seat) -> Seat:
    return seats.public(tenant=operator.tenant, slug=operator.slug)
