"""What somebody may ask of a case. Commands command; what came of them is told by events."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.lifecycle.consents import GiveConsent as GiveConsent
from services.lifecycle.consents import RevokeConsent as RevokeConsent
from services.lifecycle.contacts import Note as Note
from services.lifecycle.evidence import AddEvidence as AddEvidence
from services.lifecycle.evidence import ShareEvidence as ShareEvidence
from services.lifecycle.facts import Complaint, PlaybookRef, Proof, Words
from services.lifecycle.happened import StrikeBell as StrikeBell
from services.lifecycle.kinds import Ball, Capacity, Door, Outcome, Reason, Verdict
from services.lifecycle.merchant_link import ReissueMerchantLink as ReissueMerchantLink
from services.lifecycle.merchant_link import RevokeMerchantLink as RevokeMerchantLink
from services.lifecycle.reachable import AskCode as AskCode
from services.lifecycle.reachable import ConfirmContact as ConfirmContact
from services.lifecycle.reachable import RecoverLink as RecoverLink
from services.lifecycle.reachable import ReissueLink as ReissueLink
from services.lifecycle.signs import Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    complaint: Complaint
    playbook: PlaybookRef
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    text: Words
    blocking: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Provide:
    """The answer; `choice` names a door where a choice of doors was asked."""

    text: Words
    choice: Door | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOn:
    """We advise, draft and forward in the consumer's name; 受理 is `AcceptMediation` alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    reason: Reason
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    to: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFiling:
    """Somebody filed at this door on that day, and this shows it."""

    door: Door
    on: date
    proof: Proof
    capacity: Capacity = Capacity.CONSUMER
    their_number: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReceipt:
    """They have the filing: the day from which order 121 art. 15 counts."""

    door: Door
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTheirDate:
    """A date read from their own page; it overrides every clock of ours for their time."""

    door: Door
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnswer:
    door: Door
    verdict: Verdict
    on: date
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeOffer:
    party: Ball
    terms: Words
    fulfil_by: date
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptOffer:
    offer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseOffer:
    offer: int
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDoor:
    door: Door


@dataclass(frozen=True, slots=True, kw_only=True)
class PassDoor:
    """This door is not used, and why; the next one opens."""

    reason: Reason
    text: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptMediation:
    """受理. `confirmed`: the consumer knows that it shuts the 投诉 (order 121 art. 16(2))."""

    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndMediation:
    reason: Reason
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class GoToLaw:
    text: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    promisor: Ball
    what: Words
    due_on: date
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfil:
    """The promised thing arrived, and this shows it."""

    promise: int
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakPromise:
    promise: int
    text: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Our own clocks stand still from today; theirs and the law's run on."""

    holder: Ball
    reason: Reason
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
    """More time on one of our own clocks: `bell` is its key, `span` of the clock's own unit."""

    bell: str
    span: str
    reason: Reason = Reason.OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReport:
    """举报: leads for the regulator, beside the ladder."""

    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReport:
    on: date
    proof: Proof
    their_number: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    seq: int
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    reason: Reason
    text: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    outcome: Outcome
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePlaybook:
    to: PlaybookRef


# fmt: off
Command = (
    File | Ask | Provide | TakeOn | Decline | Assign | Take | RecordFiling | RecordReceipt |
    ReadTheirDate | RecordAnswer | MakeOffer | AcceptOffer | RefuseOffer | OpenDoor | PassDoor |
    AcceptMediation | EndMediation | GoToLaw | Promise | Fulfil | BreakPromise | Pause | Resume
    | Extend | OpenReport | RecordReport | Correct | Note | Withdraw | Close | Reopen |
    ReissueLink | MovePlaybook | AddEvidence | GiveConsent | RevokeConsent | StrikeBell | AskCode |
    ReissueMerchantLink | RevokeMerchantLink | ConfirmContact | RecoverLink | ShareEvidence
)
# fmt: on
