"""What changed, as the database tells it at the commit (`02_news.sql`), and who may hear of it."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from services.cases.visible import ALL_OF_TENANT
from services.lifecycle.kinds import Role
from services.tenants.seats import STAFF, Seat

CHANNEL: Final = "redress_news"


class About(StrEnum):
    QUEUE = "queue"
    """A case: it is there, or it changed."""
    PRESENCE = "presence"
    """Somebody came to a case, or does something else there now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """`holders` are those whose case it was or is; `free`: it was or is any volunteer's to take;
    `by` is the person that it tells of.
    """

    about: About
    tenant: UUID
    number: str
    holders: frozenset[UUID]
    free: bool
    by: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded:
    """`session` is the beginning of its hash."""

    tenant: UUID
    session: str


def read(told: str) -> News | SessionEnded:
    found: dict[str, Any] = json.loads(told)
    if found["kind"] == "session":
        return SessionEnded(tenant=UUID(found["tenant"]), session=found["session"])
    return News(
        about=About(found["kind"]),
        tenant=UUID(found["tenant"]),
        number=found["number"],
        holders=frozenset(map(UUID, found["holders"])),
        free=found["free"],
        by=UUID(found["by"]) if found.get("by") else None,
    )


def may_hear(seat: Seat, news: News) -> bool:
    """Those whom the list or the case itself would show it; nobody hears of their own presence."""
    if seat.tenant != news.tenant or seat.role not in STAFF or seat.person == news.by:
        return False
    if seat.role is Role.VOLUNTEER:
        return news.free or seat.person in news.holders
    return seat.role in ALL_OF_TENANT
