"""Which cases a seat may see at all. What it may not see does not exist."""

from uuid import UUID

from services.lifecycle.kinds import Role
from services.tenants.seats import Seat

ALL_OF_TENANT = frozenset({Role.CASEWORKER, Role.MANAGER, Role.AUDITOR, Role.CLOCK})


def sees_any(seat: Seat) -> bool:
    """The anonymous seat and the operator see none, and their log-in may not even ask."""
    by_link = seat.role in (Role.CONSUMER, Role.MERCHANT) and seat.case is not None
    return by_link or has_queue(seat)


def has_queue(seat: Seat) -> bool:
    """Who works on cases, or looks after those who do."""
    return seat.role is Role.VOLUNTEER or seat.role in ALL_OF_TENANT


def may_see(seat: Seat, *, case_id: UUID, assignee: UUID | None) -> bool:
    """Volunteers see whole the cases they took; who came by a link sees one."""
    match seat.role:
        case Role.CONSUMER | Role.MERCHANT:
            return seat.case == case_id
        case Role.VOLUNTEER:
            return assignee is not None and assignee == seat.person
        case role:
            return role in ALL_OF_TENANT


def may_take(seat: Seat, *, assignee: UUID | None) -> bool:
    return seat.role is Role.VOLUNTEER and assignee is None
