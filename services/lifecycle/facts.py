"""The facts a case is made of. Every free text of a person is `Words`, so that it can be erased."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from services.lifecycle.kinds import (
    Ball,
    Capacity,
    Consent,
    DemandKind,
    Door,
    FilingState,
    Hand,
    Platform,
    Problem,
    ProofKind,
    Purpose,
    Reason,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Words:
    """Something a person typed. Kept outside the events so that it can be erased: they hold `id`
    and salted `digest` only.
    """

    text: str | None = field(default=None, compare=False)
    id: UUID | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Without one no filing is `sent`: their number, a picture of the page, a postal or SMTP
    receipt, or a named witness.
    """

    kind: ProofKind
    reference: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    number: Words | None = None
    paid_on: date | None = None
    received_on: date | None = None
    completed_on: date | None = None
    amount: Decimal | None = None
    purpose: Purpose = Purpose.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Merchant:
    shop: Words | None = None
    company: Words | None = None
    credit_code: Words | None = None
    email: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumer:
    name: Words
    phone: Words
    email: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    kind: DemandKind
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A door knocked at before the complaint reached us."""

    door: Door
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownText:
    """The words that stood beside a tick: which of our texts, in which language, and the SHA-256 of
    them as they were read, in hexadecimal.
    """

    consent: Consent
    version: int
    language: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """`consents` are those that hold now, `shown` the texts that were read when it was filed."""

    platform: Platform
    problem: Problem
    facts: Words
    order: Order
    merchant: Merchant
    consumer: Consumer
    demands: tuple[Demand, ...] = ()
    consents: frozenset[Consent] = frozenset()
    tried: tuple[Tried, ...] = ()
    shown: tuple[ShownText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookRef:
    """The numbered version that a case is pinned to."""

    id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What happened at one door. `seq` is the event that opened it; a door reached twice has two
    filings. `handed_seq` is the event that laid it in other hands, if one did.
    """

    seq: int
    door: Door
    state: FilingState
    hand: Hand
    opened_at: datetime
    channel: str = ""
    linked: bool | None = None
    capacity: Capacity = Capacity.CONSUMER
    before_us: bool = False
    sent_on: date | None = None
    sent_at: datetime | None = None
    proof: Proof | None = None
    their_number: Words | None = None
    received_on: date | None = None
    accepted_on: date | None = None
    their_date: date | None = None
    verdict: Verdict | None = None
    turned_at: datetime | None = None
    turned_seq: int = 0
    handed_at: datetime | None = None
    handed_seq: int | None = None

    @property
    def owed(self) -> bool:
        return self.state is FilingState.OWED

    @property
    def asked_seq(self) -> int:
        """The event since which whoever files is asked to."""
        return self.handed_seq or self.seq

    @property
    def asked_at(self) -> datetime:
        return self.handed_at or self.opened_at

    @property
    def filed(self) -> bool:
        """Sent or received, and not answered so far."""
        return self.state in (FilingState.SENT, FilingState.RECEIVED)

    @property
    def waits(self) -> bool:
        """The other side has the word, and nothing has brought the case back to us since."""
        return self.filed and not self.turned_seq


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    seq: int
    door: Door
    party: Ball
    amount: Decimal | None
    terms: Words
    fulfil_by: date
    made_at: datetime
    accepted: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something to be done by a date; `kept` is None while it is open."""

    seq: int
    door: Door
    promisor: Ball
    what: Words
    amount: Decimal | None
    due_on: date
    made_at: datetime
    kept: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    seq: int
    text: Words | None
    blocking: bool
    choose_door: bool = False
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A stretch in which our own clocks stood still; `until` is None while it lasts."""

    since: datetime
    until: datetime | None
    holder: Ball
    reason: Reason
    ends_on: date | None = None
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """More time given on one clock of ours: `span` is text as in playbooks, of the clock's own
    unit.
    """

    bell: str
    span: str
