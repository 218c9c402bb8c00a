"""What happened to a case, in the past tense; the only thing its history is made of."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.lifecycle.consents import ConsentGiven as ConsentGiven
from services.lifecycle.consents import ConsentRevoked as ConsentRevoked
from services.lifecycle.contacts import Contact
from services.lifecycle.evidence import EvidenceAdded as EvidenceAdded
from services.lifecycle.evidence import EvidenceShared as EvidenceShared
from services.lifecycle.facts import Complaint, PlaybookRef, Proof, Words
from services.lifecycle.happened import Chased as Chased
from services.lifecycle.happened import Happened as Happened
from services.lifecycle.happened import ReminderDue as ReminderDue
from services.lifecycle.kinds import Ball, Capacity, Door, Hand, Outcome, Reason, Verdict
from services.lifecycle.merchant_link import MerchantLinkReissued as MerchantLinkReissued
from services.lifecycle.merchant_link import MerchantLinkRevoked as MerchantLinkRevoked
from services.lifecycle.reachable import CodeAsked as CodeAsked
from services.lifecycle.reachable import ContactConfirmed as ContactConfirmed
from services.lifecycle.reachable import LinkReissued as LinkReissued
from services.lifecycle.signs import Sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Happened):
    complaint: Complaint
    playbook: PlaybookRef
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Happened):
    text: Words | None
    blocking: bool
    choose_door: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Provided(Happened):
    text: Words
    choice: Door | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOn(Happened):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(Happened):
    reason: Reason
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Happened):
    to: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken(Happened):
    by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingRecorded(Happened):
    door: Door
    on: date
    proof: Proof
    capacity: Capacity
    their_number: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRecorded(Happened):
    door: Door
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TheirDateRead(Happened):
    door: Door
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRecorded(Happened):
    door: Door
    verdict: Verdict
    on: date
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMade(Happened):
    door: Door
    party: Ball
    terms: Words
    fulfil_by: date
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAccepted(Happened):
    offer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRefused(Happened):
    offer: int
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorOpened(Happened):
    """The case stands at this door from now on and its filing is owed; nothing was filed by it.
    `linked`: what goes out there brings the merchant a link for the answer.
    """

    door: Door
    hand: Hand
    channel: str
    linked: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorPassed(Happened):
    door: Door
    reason: Reason
    text: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationAccepted(Happened):
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationEnded(Happened):
    reason: Reason
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class WentToLaw(Happened):
    text: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised(Happened):
    door: Door
    promisor: Ball
    what: Words
    due_on: date
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilled(Happened):
    promise: int
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseBroken(Happened):
    promise: int
    text: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Happened):
    holder: Ball
    reason: Reason
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Happened):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineExtended(Happened):
    """Past tense of `Extend`."""

    deadline: str
    span: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOpened(Happened):
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRecorded(Happened):
    on: date
    proof: Proof
    their_number: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Happened):
    seq: int
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Happened):
    text: Words | None = None
    contact: Contact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Happened):
    reason: Reason
    text: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Happened):
    outcome: Outcome
    text: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Happened):
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookMoved(Happened):
    to: PlaybookRef


# fmt: off
Event = (
    Filed | Asked | Provided | TakenOn | Declined | Assigned | Taken | FilingRecorded |
    ReceiptRecorded | TheirDateRead | AnswerRecorded | OfferMade | OfferAccepted | OfferRefused
    | DoorOpened | DoorPassed | MediationAccepted | MediationEnded | WentToLaw | Promised |
    Fulfilled | PromiseBroken | Paused | Resumed | DeadlineExtended | ReportOpened |
    ReportRecorded | Corrected | Noted | Withdrawn | Closed | Reopened | LinkReissued |
    PlaybookMoved | EvidenceAdded | ConsentGiven | ConsentRevoked | ReminderDue | Chased |
    MerchantLinkReissued | MerchantLinkRevoked | CodeAsked | ContactConfirmed | EvidenceShared
)
# fmt: on
