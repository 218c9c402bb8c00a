"""Who sits where: the one thing that every read and every command asks for first."""

from dataclasses import dataclass
from uuid import UUID

from infra.database import Login
from services.lifecycle.kinds import Role
from services.tenants.refusals import Denial, Denied

STAFF = (Role.VOLUNTEER, Role.CASEWORKER, Role.MANAGER, Role.AUDITOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    tenant: UUID
    slug: str
    actor: str
    role: Role
    person: UUID | None = None
    case: UUID | None = None
    login: Login = Login.APP


def staff(*, tenant: UUID, slug: str, person: UUID, role: Role) -> Seat:
    return Seat(tenant=tenant, slug=slug, actor=f"person:{person}", role=role, person=person)


def consumer(*, tenant: UUID, slug: str, case: UUID) -> Seat:
    actor = f"consumer:{case}"
    return Seat(tenant=tenant, slug=slug, actor=actor, role=Role.CONSUMER, case=case)


def merchant(*, tenant: UUID, slug: str, case: UUID) -> Seat:
    actor = f"merchant:{case}"
    return Seat(tenant=tenant, slug=slug, actor=actor, role=Role.MERCHANT, case=case)


def public(*, tenant: UUID, slug: str) -> Seat:
    """Files new complaints and reads nothing."""
    return Seat(tenant=tenant, slug=slug, actor="public", role=Role.CONSUMER, login=Login.PUBLIC)


def clock(*, tenant: UUID, slug: str = "") -> Seat:
    """The worker striking a bell; its pages have no address."""
    return Seat(tenant=tenant, slug=slug, actor="clock", role=Role.CLOCK, login=Login.WORKER)


def program(*, tenant: UUID, slug: str, token: str, role: Role, person: UUID | None) -> Seat:
    """A program with an API token; `token` is the beginning of the token's hash."""
    return Seat(tenant=tenant, slug=slug, actor=f"token:{token}", role=role, person=person)


def operator(*, tenant: UUID, slug: str = "") -> Seat:
    """Runs the installation: makes organisations, invites their first manager."""
    return Seat(tenant=tenant, slug=slug, actor="operator", role=Role.OPERATOR)


def threshold(*, tenant: UUID, slug: str = "") -> Seat:
    """Somebody at the door, before we know who: reaches people and keys, no case."""
    return Seat(tenant=tenant, slug=slug, actor="public", role=Role.OPERATOR)


def may_administer(seat: Seat, *, giving: Role | None = None) -> None:
    """Managers look after the staff of their organisation, operators after anybody."""
    if seat.role not in {Role.MANAGER, Role.OPERATOR}:
        raise Denied(Denial.NOT_PERMITTED)
    if giving is not None and giving not in STAFF and seat.role is not Role.OPERATOR:
        raise Denied(Denial.ROLE_NOT_YOURS_TO_GIVE)
