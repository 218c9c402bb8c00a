"""What a reader of one case gets to see, according to where they sit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from services.lifecycle import events as e
from services.lifecycle.answering import Window, window
from services.lifecycle.bells import Bell
from services.lifecycle.case import Case
from services.lifecycle.events import Event
from services.lifecycle.evidence import Piece
from services.lifecycle.facts import Complaint, Consumer, Words
from services.lifecycle.kinds import Audience, Ball, Consent, Door, Role
from services.lifecycle.playbook import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """`actor_name` is known to staff only."""

    seq: int
    kind: str
    at: datetime
    actor: str
    actor_name: str | None
    role: Role
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    id: UUID
    seq: int
    recipient: str
    letter: str
    state: str
    body: Mapping[str, Any]
    proof: Mapping[str, Any] | None
    queued_at: datetime
    sent_at: datetime | None


UNKNOWN = Window()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """`now` is the ledger's clock; erased words have no text. `answering`, for the merchant alone,
    is reckoned from the whole case, of which they see a part.
    """

    id: UUID
    number: str
    title: str
    now: datetime
    case: Case
    rules: Rules
    agenda: tuple[Bell, ...]
    events: tuple[EventView, ...]
    notices: tuple[NoticeView, ...]
    next_due: datetime | None
    overdue_since: datetime | None
    assignee_name: str | None = None
    answering: Window = UNKNOWN


GONE = Words()
INTERNAL = (e.Noted, e.Corrected, e.Assigned, e.Taken, e.PlaybookMoved, e.LinkReissued)
AT_THE_DESK = (e.MerchantLinkReissued, e.MerchantLinkRevoked, e.EvidenceShared)
BETWEEN_PARTIES = (e.OfferMade, e.OfferAccepted, e.OfferRefused, e.Promised, e.Fulfilled)
AT_DOORS = (e.DoorOpened, e.FilingRecorded, e.ReceiptRecorded, e.AnswerRecorded)


def seen_by(role: Role, view: CaseView) -> CaseView:
    match role:
        case Role.CONSUMER:
            return own_evidence(limited(view, for_consumer, Audience.CONSUMER))
        case Role.MERCHANT:
            return replace(
                limited(view, partial(for_merchant, view.case), Audience.MERCHANT),
                title="",
                agenda=tuple(bell for bell in view.agenda if is_for_merchant(bell)),
                next_due=None,
                overdue_since=None,
                case=case_for_merchant(view.case),
                answering=window(view.case, view.rules),
            )
        case _:
            return view


def limited(view: CaseView, shown: Callable[[Event], bool], reader: Audience) -> CaseView:
    """Names of staff and their internal work stay inside."""
    return replace(
        view,
        events=tuple(
            replace(each, actor="", actor_name=None) for each in view.events if shown(each.event)
        ),
        notices=tuple(each for each in view.notices if each.recipient == reader),
        assignee_name=None,
    )


def for_consumer(event: Event) -> bool:
    if isinstance(event, e.ReminderDue | e.Chased):
        return Audience.CONSUMER in event.tell
    return not isinstance(event, INTERNAL + AT_THE_DESK)


def own_evidence(view: CaseView) -> CaseView:
    """What staff added may come from the other side: it is theirs to show."""
    own = tuple(each for each in view.events if is_own(each))
    seqs = {each.seq for each in own}
    pieces = tuple(piece for piece in view.case.evidence if piece.seq in seqs)
    return replace(view, events=own, case=replace(view.case, evidence=pieces))


def is_own(each: EventView) -> bool:
    return each.role is Role.CONSUMER or not isinstance(each.event, e.EvidenceAdded)


def shared(case: Case) -> tuple[Piece, ...]:
    """What a person marked, as long as the consumer agrees that the merchant sees anything."""
    agreed = Consent.SHARE_WITH_MERCHANT in case.complaint.consents
    return tuple(piece for piece in case.evidence if agreed and piece.shared)


def for_merchant(case: Case, event: Event) -> bool:
    """What happened at the merchant's own door, what the two parties agreed, and shared proof."""
    if isinstance(event, e.EvidenceAdded):
        return event.piece in {piece.id for piece in shared(case)}
    if isinstance(event, AT_DOORS):
        return event.door is Door.MERCHANT
    if isinstance(event, e.ReminderDue | e.Chased):
        return Audience.MERCHANT in event.tell
    return isinstance(event, BETWEEN_PARTIES)


def is_for_merchant(bell: Bell) -> bool:
    """What reaches the merchant, and until when we wait for them."""
    return bell.door is Door.MERCHANT and (Audience.MERCHANT in bell.tell or bell.rule == "wait")


def case_for_merchant(case: Case) -> Case:
    """Order and demand suffice to answer; who complains and their story only with consent."""
    return replace(
        case,
        complaint=complaint_for_merchant(case.complaint),
        filings=tuple(f for f in case.filings if f.door is Door.MERCHANT),
        offers=tuple(o for o in case.offers if o.party is Ball.MERCHANT),
        promises=tuple(p for p in case.promises if p.promisor is Ball.MERCHANT),
        questions=(),
        evidence=shared(case),
        pauses=(),
        wish=None,
        assignee=None,
    )


def complaint_for_merchant(complaint: Complaint) -> Complaint:
    if Consent.SHARE_WITH_MERCHANT in complaint.consents:
        shared = replace(complaint.consumer, phone=GONE, email=None)
        return replace(complaint, consumer=shared, tried=())
    return replace(complaint, consumer=Consumer(name=GONE, phone=GONE), facts=GONE, tried=())
