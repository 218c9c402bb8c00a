"""A case and its bells as rows: copies for lists, sums and clocks, never second truths."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, TypeVar
from uuid import UUID, uuid5

from services.lifecycle import events as e
from services.lifecycle.bells import Bell, BellKind
from services.lifecycle.case import Case
from services.lifecycle.events import Event
from services.lifecycle.facts import Filing, Offer, Promise
from services.lifecycle.kinds import Audience
from services.lifecycle.wire import plain

Row = dict[str, Any]
T = TypeVar("T")
BELLS: Final = UUID("8d3c2f52-6c1e-5b7e-8a0c-3b9a6c1e2d10")
OURS: Final = frozenset({Audience.HANDLER, Audience.MANAGER, Audience.CONSUMER})
TITLE_CHARS_MAX: Final = 60
SPREAD: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a case stands in its own row, beyond what its events fold to."""

    tenant: UUID
    id: UUID
    number: str
    head: bytes
    overdue_since: datetime | None
    updated_at: datetime


def file_row(case: Case, at: Standing, bells: tuple[Bell, ...]) -> Row:
    filing, due = case.filing, next_due(bells)
    return {
        "tenant_id": str(at.tenant),
        "id": str(at.id),
        "number": at.number,
        "version": case.version,
        "stage": case.stage.value,
        "door": filing.door.value if filing else None,
        "filing_state": filing.state.value if filing else None,
        "ball": case.ball.value,
        "hand": filing.hand.value if filing else None,
        "problem": case.complaint.problem.value,
        "platform": case.complaint.platform.value,
        "purpose": case.complaint.order.purpose.value,
        "playbook_id": case.playbook.id,
        "playbook_version": case.playbook.version,
        "assignee": plain(case.assignee),
        "next_due": stamp(at.overdue_since or (due.due if due else None)),
        "next_provisional": due is not None and due.provisional and not at.overdue_since,
        "paused": case.pause is not None,
        "overdue_since": stamp(at.overdue_since),
        "title": title(case),
        "state": plain(case),
        "head_hash": to_bytea(at.head),
        "link_generation": case.link_generation,
        "filed_at": stamp(case.filed_at),
        "updated_at": stamp(at.updated_at),
        "closed_at": stamp(case.closed_at),
    }


def next_due(bells: tuple[Bell, ...]) -> Bell | None:
    """What the queue counts down to: the next deadline, or whatever else rings next."""
    deadlines = (bell for bell in bells if bell.kind is BellKind.DEADLINE)
    return next(deadlines, next(iter(bells), None))


def overdue_after(event: Event, since: datetime | None) -> datetime | None:
    """Since when somebody on our side is late: until a person does something about the case or it
    moves on. To lay it in other hands does nothing about it.
    """
    match event:
        case e.Chased(tell=tell) if OURS & set(tell):
            return since or event.due
        case e.Chased() | e.ReminderDue() | e.Assigned() | e.Taken():
            return since
        case _:
            return None


def title(case: Case) -> str:
    """The first line of what the consumer told; blank once that is erased."""
    lines = (case.complaint.facts.text or "").strip().splitlines()
    first = lines[0].strip() if lines else ""
    return first if len(first) <= TITLE_CHARS_MAX else first[: TITLE_CHARS_MAX - 1] + "…"


def bell_id(tenant: UUID, case_id: UUID, key: str) -> UUID:
    """Re-dated it is the same bell; a new trigger makes a new one."""
    return uuid5(BELLS, f"{tenant}/{case_id}/{key}")


def wake_at(bell: Bell, case_id: UUID) -> datetime:
    """A thousand bells of one midnight ring within a minute; minutes and hours ring when due."""
    spread = case_id.int % SPREAD if bell.deadline.last_day else 0
    return bell.due + timedelta(seconds=spread)


def deadline_rows(bells: Iterable[Bell], *, tenant: UUID, case_id: UUID) -> list[Row]:
    return [
        {
            "key": bell.key,
            "bell_id": str(bell_id(tenant, case_id, bell.key)),
            "kind": bell.kind.value,
            "door": plain(bell.door),
            "due": stamp(bell.due),
            "wake_at": stamp(wake_at(bell, case_id)),
            "provisional": bell.provisional,
            "because": bell.rule,
            "moves_to": plain(bell.moves_to),
        }
        for bell in bells
    ]


def wake_row(case: Case, bells: Iterable[Bell], case_id: UUID) -> Row:
    first = min((wake_at(bell, case_id) for bell in bells), default=None)
    return {"wake_at": stamp(first), "seq": case.version, "closed": case.closed_at is not None}


def filing_row(filing: Filing) -> Row:
    return {
        "id": f"{filing.door}-{filing.seq}",
        "door": filing.door.value,
        "state": filing.state.value,
        "hand": filing.hand.value,
        "capacity": filing.capacity.value,
        "channel": filing.channel,
        "before_us": filing.before_us,
        "opened_at": stamp(filing.opened_at),
        "sent_on": plain(filing.sent_on),
        "sent_at": stamp(filing.sent_at),
        "received_on": plain(filing.received_on),
        "their_date": plain(filing.their_date),
        "verdict": plain(filing.verdict),
        "body": plain(filing),
    }


def offer_row(offer: Offer) -> Row:
    return {
        "id": f"offer-{offer.seq}",
        "door": offer.door.value,
        "party": offer.party.value,
        "amount": money(offer.amount),
        "fulfil_by": plain(offer.fulfil_by),
        "made_at": stamp(offer.made_at),
        "accepted": offer.accepted,
        "body": plain(offer),
    }


def promise_row(promise: Promise) -> Row:
    return {
        "id": f"promise-{promise.seq}",
        "door": promise.door.value,
        "promisor": promise.promisor.value,
        "amount": money(promise.amount),
        "due_on": plain(promise.due_on),
        "made_at": stamp(promise.made_at),
        "kept": promise.kept,
        "body": plain(promise),
    }


def by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {row["id"]: row for row in rows}


def changed(before: tuple[T, ...], after: tuple[T, ...], row: Callable[[T], Row]) -> list[Row]:
    """A fold never forgets: facts are added or changed, none goes away."""
    return [row(fact) for fact in after if fact not in before]


def plain_row(row: Mapping[str, Any], *without: str) -> Row:
    """A row as it was read, in the words in which it was written."""
    return {name: plain_cell(cell) for name, cell in row.items() if name not in without}


def plain_cell(cell: Any) -> Any:
    match cell:
        case datetime():
            return stamp(cell)
        case bytes():
            return to_bytea(cell)
        case UUID() | date() | Decimal():
            return str(cell)
        case _:
            return cell


def stamp(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def money(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def to_bytea(value: bytes) -> str:
    return f"\\x{value.hex()}"
