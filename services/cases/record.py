"""What one command adds to the ledger, worked out before anything is written."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.cases import rows, search_row
from services.cases.chain import link
from services.cases.orders import Order
from services.cases.receipts import Receipt, receipt_of
from services.cases.rows import Row, Standing
from services.cases.sealing import Statement, seal
from services.lifecycle.agenda import agenda
from services.lifecycle.answering import link_ends
from services.lifecycle.bells import Bell
from services.lifecycle.case import Case
from services.lifecycle.events import Event, Filed
from services.lifecycle.evolve import born, evolve
from services.lifecycle.playbook import Rules
from services.lifecycle.wire import kind_of, plain
from services.notices.owed import Notice, owed


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A case as it stands before a command; there is none before it is filed."""

    case: Case | None
    at: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event as it stands in the chain."""

    seq: int
    kind: str
    body: dict[str, Any]
    prev: bytes
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    before: Case | None
    case: Case
    at: Standing
    told: tuple[Told, ...]
    statements: tuple[Statement, ...]
    notices: tuple[Notice, ...]
    bells: tuple[Bell, ...]
    searched: Row | None
    receipt: Receipt
    merchant_link_ends: tuple[datetime | None, datetime | None]


def compose(
    chapter: Chapter, happened: tuple[Event, ...], order: Order, *, now: datetime, rules: Rules
) -> Entry:
    case, at = chapter.case, replace(chapter.at, updated_at=now)
    told: list[Told] = []
    said: list[Statement] = []
    letters: list[Notice] = []
    for plain_event in happened:
        event, texts = seal(plain_event)
        case = step(case, event)
        told.append(tell(event, order, seq=case.version, at=now, prev=at.head))
        overdue = rows.overdue_after(event, at.overdue_since)
        at = replace(at, head=told[-1].hash, overdue_since=overdue)
        said += texts
        letters += owed(case, event, tenant=at.tenant, case_id=at.id, rules=rules, by=order.by.role)
    assert case is not None
    return Entry(
        before=chapter.case,
        case=case,
        at=at,
        told=tuple(told),
        statements=tuple(said),
        notices=tuple(letters),
        bells=agenda(case, rules),
        searched=searched(chapter, happened, case),
        receipt=receipt_of(case, happened, number=at.number, case_id=at.id),
        merchant_link_ends=(
            link_ends(chapter.case, rules) if chapter.case else None,
            link_ends(case, rules),
        ),
    )


def searched(chapter: Chapter, happened: tuple[Event, ...], case: Case) -> Row | None:
    """Of a new case all that is searched; later what is new, if anything is."""
    before, at, closed = chapter.case, chapter.at, case.closed_at is not None
    if before is None:
        return search_row.row(happened, number=at.number, tenant=at.tenant, closed=closed)
    was_closed = before.closed_at is not None
    return search_row.addition(happened, tenant=at.tenant, closed=closed, was_closed=was_closed)


def step(case: Case | None, event: Event) -> Case:
    if isinstance(event, Filed):
        return born(event)
    assert case is not None
    return evolve(case, event)


def tell(event: Event, order: Order, *, seq: int, at: datetime, prev: bytes) -> Told:
    body, kind = plain(event), kind_of(type(event))
    hash_ = link(
        prev,
        seq=seq,
        kind=kind,
        at=at,
        actor=order.seat.actor,
        role=order.seat.role.value,
        command_id=order.command_id,
        body=body,
    )
    return Told(seq=seq, kind=kind, body=body, prev=prev, hash=hash_)
