"""Rules as data: what a playbook says. Order and stages are code; spans, texts and lists are
here.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.lifecycle.calendars import Calendar
from services.lifecycle.kinds import Audience, DemandKind, Door, Hand, Platform, Problem, Purpose
from services.lifecycle.spans import Roll, Span


class Expiry(StrEnum):
    """What a bell does when our wait at a door is over."""

    CLIMB = "climb"
    ASK = "ask"
    STAY = "stay"
    PASS = "pass"


class ClockKind(StrEnum):
    """Whose time a clock measures. `LAW` and `CHANNEL` are never paused by us; `OWN` is how long
    we wait.
    """

    LAW = "law"
    CHANNEL = "channel"
    OWN = "own"


class Start(StrEnum):
    """From which moment of a filing a clock runs."""

    OPENED = "opened"
    SENT = "sent"
    RECEIVED = "received"
    ACCEPTED = "accepted"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNVERIFIED = "unverified"


class Weight(StrEnum):
    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class FirstLook(StrEnum):
    PERSON = "person"
    FORWARD = "forward"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A sentence of the playbook in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a number comes from and how sure we are of it."""

    source: str
    confidence: Confidence
    checked_on: date

    @property
    def sure(self) -> bool:
        """Only then do we call anybody late or climb on it."""
        return self.confidence in (Confidence.HIGH, Confidence.MEDIUM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    id: str
    span: Span
    start: Start
    kind: ClockKind
    roll: Roll
    source: Source
    pausable: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    """A reminder or a chaser: so long after the clock began, these hear of it by this letter."""

    after: Span
    tell: tuple[Audience, ...]
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One stair: how a filing is made at this door, how long we wait there, and what then."""

    id: Door
    channel: str
    hand: Hand
    mailbox: str | None
    file_within: Span
    chase_every: Span
    unfiled: Expiry
    wait: Clock
    remind: tuple[Nudge, ...]
    chase: tuple[Nudge, ...]
    clocks: tuple[Clock, ...]
    expiry: Expiry
    decide_within: Span
    closed_to: frozenset[Purpose]
    if_nobody_acts: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A clock that began before us: until when a door is open at all. Advice, never a gate."""

    id: str
    door: Door
    start: str
    clock: Clock
    title: Text
    problems: frozenset[Problem] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    id: str
    problems: frozenset[Problem] | None
    doors: frozenset[Door]
    weight: Weight
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandRule:
    kind: DemandKind
    basis: tuple[str, ...]
    closed_to: frozenset[Purpose]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """For which complaints; None means any. The most specific playbook wins."""

    platforms: frozenset[Platform] | None
    problems: frozenset[Problem] | None
    purposes: frozenset[Purpose] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSpans:
    """How long we wait for people on our side, and after what silence a case may rest."""

    first_look: Span
    first_look_chase: Span
    offer: Span
    question: Span
    promise: Span
    choice: Span
    alarm: Span
    report: Span
    reopen: Span
    dormant: Span
    notice: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    id: str
    version: int
    demo: bool
    title: Text
    valid_from: date | None
    scope: Scope
    first_look: FirstLook
    own: OwnSpans
    rungs: tuple[Rung, ...]
    windows: tuple[Window, ...]
    evidence: tuple[EvidenceItem, ...]
    demands: tuple[DemandRule, ...]

    def rung(self, door: Door) -> Rung | None:
        return next((r for r in self.rungs if r.id is door), None)

    @property
    def mediates(self) -> bool:
        return self.rung(Door.ASSOCIATION) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What every decision is taken under: the pinned playbook and the calendar in force."""

    playbook: Playbook
    calendar: Calendar
