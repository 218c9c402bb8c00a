"""Reading cases. Every read takes a seat first; what it may not see does not exist."""

from collections.abc import Mapping
from uuid import UUID

from infra.database import Record, Tx, tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.cases.counts import Counts, counts
from services.cases.filters import Filters
from services.cases.plans import Plan, plan
from services.cases.queue import Queue, queue
from services.cases.queue_rows import QueueRow, Whole
from services.cases.receipts import NotFound
from services.cases.sealing import filled
from services.cases.views import CaseView, EventView, NoticeView, seen_by
from services.cases.visible import may_see, sees_any
from services.lifecycle.agenda import agenda
from services.lifecycle.kinds import Role
from services.lifecycle.wire import case_from, event_from
from services.playbooks import library
from services.tenants.seats import STAFF, Seat

__all__ = [
    "CaseView",
    "Counts",
    "EventView",
    "Filters",
    "NotFound",
    "NoticeView",
    "Plan",
    "Queue",
    "QueueRow",
    "Whole",
    "case",
    "counts",
    "events",
    "id_of",
    "plan",
    "queue",
]

LIMIT_MAX = 100
FILE = "select * from case_file where tenant_id = $1 and (number = $2 or id = $3)"
EVENTS = """
select seq, kind, at, actor, role, body from case_event
where tenant_id = $1 and case_id = $2 and seq > $3 order by seq limit $4
"""
NOTICES = """
select id, seq, recipient, letter, state, body, proof, queued_at, sent_at from notice
where tenant_id = $1 and case_id = $2 order by seq, recipient, letter
"""

Texts = Mapping[UUID, str | None]
Names = Mapping[str, str]


async def case(seat: Seat, place: str | UUID) -> CaseView:
    """By number or by id. Raises `NotFound`."""
    if not sees_any(seat):
        raise NotFound
    async with tenant_tx(seat) as tx:
        row = await file_of(tx, seat, place)
        texts, names = await texts_of(tx, row), await names_of(tx, seat)
        found = filled(case_from(row["state"]), texts)
        rules = await library.rules_for(tx, found.playbook, door=found.door)
        view = CaseView(
            id=row["id"],
            number=row["number"],
            title=row["title"],
            now=tx.now,
            case=found,
            rules=rules,
            agenda=agenda(found, rules),
            events=await events_of(tx, row, texts, names, after=0, limit=found.version),
            notices=await notices_of(tx, row),
            next_due=row["next_due"],
            overdue_since=row["overdue_since"],
            assignee_name=names.get(f"person:{found.assignee}"),
        )
        if seat.role in STAFF:
            await chain.record_reading(tx, Kind.CASE_READ, {"case": view.id})
    return seen_by(seat.role, view)


async def id_of(seat: Seat, number: str) -> UUID:
    """Of a case that this seat may see whole. Raises `NotFound`."""
    if not sees_any(seat):
        raise NotFound
    async with tenant_tx(seat) as tx:
        found: UUID = (await file_of(tx, seat, number))["id"]
    return found


async def events(
    seat: Seat, place: str | UUID, *, after: int = 0, limit: int = LIMIT_MAX
) -> tuple[EventView, ...]:
    """Those after event `after` that this seat may see. Raises `NotFound`."""
    view = await case(seat, place)
    later = tuple(each for each in view.events if each.seq > after)
    return later[: min(limit, LIMIT_MAX)]


async def file_of(tx: Tx, seat: Seat, place: str | UUID) -> Record:
    number, case_id = (None, place) if isinstance(place, UUID) else (place, None)
    row = await tx.fetchrow(FILE, seat.tenant, number, case_id)
    if row is None or not may_see(seat, case_id=row["id"], assignee=row["assignee"]):
        raise NotFound
    return row


async def texts_of(tx: Tx, row: Record) -> Texts:
    said = await tx.fetch(
        "select id, text from statement where tenant_id = $1 and case_id = $2",
        *(row["tenant_id"], row["id"]),
    )
    return {one["id"]: one["text"] for one in said}


async def names_of(tx: Tx, seat: Seat) -> Names:
    """Who acted, by name: for colleagues only."""
    if seat.role in (Role.CONSUMER, Role.MERCHANT):
        return {}
    people = await tx.fetch("select id, name from person where tenant_id = $1", seat.tenant)
    return {f"person:{one['id']}": one["name"] for one in people}


async def events_of(
    tx: Tx, row: Record, texts: Texts, names: Names, *, after: int, limit: int
) -> tuple[EventView, ...]:
    told = await tx.fetch(EVENTS, row["tenant_id"], row["id"], after, limit)
    return tuple(
        EventView(
            seq=one["seq"],
            kind=one["kind"],
            at=one["at"],
            actor=one["actor"],
            actor_name=names.get(one["actor"]),
            role=Role(one["role"]),
            event=filled(event_from(one["kind"], one["body"]), texts),
        )
        for one in told
    )


async def notices_of(tx: Tx, row: Record) -> tuple[NoticeView, ...]:
    found = await tx.fetch(NOTICES, row["tenant_id"], row["id"])
    return tuple(NoticeView(**dict(one)) for one in found)
