"""What programs are answered with. Names are the contract of the API; `rung` is our door."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.lifecycle.bells import BellKind
from services.lifecycle.evidence import FileKind
from services.lifecycle.kinds import (
    Ball,
    Capacity,
    DemandKind,
    Door,
    FilingState,
    Hand,
    Outcome,
    Platform,
    Problem,
    Purpose,
    Role,
    Stage,
    Verdict,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingNow:
    rung: Door | None
    state: FilingState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """`at` is the exclusive end; `key` is stable over re-dating."""

    key: str
    at: datetime
    kind: BellKind
    rung: Door | None
    because: str
    provisional: bool
    moves_to: Stage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingAnswer:
    rung: Door
    state: FilingState
    hand: Hand
    capacity: Capacity
    channel: str
    before_us: bool
    opened_at: datetime
    sent_on: str | None
    their_number: str | None
    their_date: str | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAnswer:
    offer: int
    party: Ball
    amount: Decimal | None
    terms: str | None
    fulfil_by: str
    accepted: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseAnswer:
    promise: int
    promisor: Ball
    amount: Decimal | None
    what: str | None
    due_on: str
    kept: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAnswer:
    """`sha256` is of the bytes as they came; `name` is None once it is erased."""

    no: int
    id: UUID
    kind: FileKind
    size: int
    sha256: str
    name: str | None
    received_at: datetime
    received_from: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Demanded:
    kind: DemandKind
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    consumer: dict[str, str | None]
    merchant: dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAnswer:
    number: str
    stage: Stage
    filing: FilingNow
    ball: Ball
    version: int
    platform: Platform
    problem: Problem
    purpose: Purpose
    playbook: dict[str, Any]
    filed_at: datetime
    facts: str | None
    demands: tuple[Demanded, ...]
    parties: Parties
    filings: tuple[FilingAnswer, ...]
    offers: tuple[OfferAnswer, ...]
    promises: tuple[PromiseAnswer, ...]
    evidence: tuple[EvidenceAnswer, ...]
    outcome: Outcome | None
    agenda: tuple[AgendaItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventAnswer:
    seq: int
    event: str
    at: datetime
    role: Role
    facts: dict[str, Any]
