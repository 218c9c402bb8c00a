"""What now? One event more, and the case as it stands after it."""

from dataclasses import replace
from datetime import date
from functools import reduce
from typing import assert_never

from services.lifecycle import events as e
from services.lifecycle.ball import turn
from services.lifecycle.case import Case
from services.lifecycle.contacts import Appointment, Contact
from services.lifecycle.events import Event
from services.lifecycle.evidence import marked
from services.lifecycle.evolve_doors import (
    called_to_account,
    handed_over,
    mediated,
    opened,
    passed,
    reported,
    told_at_door,
    tried_before,
    turned_again,
)
from services.lifecycle.evolve_terms import offered, promised
from services.lifecycle.facts import Extended, Interval, Question
from services.lifecycle.kinds import STAGE_AT, Door, Outcome, Stage
from services.lifecycle.reachable import Code, kept


def fold(events: tuple[Event, ...]) -> Case:
    """The case that these events, from `Filed` on, add up to."""
    filed, *rest = events
    assert isinstance(filed, e.Filed)
    return reduce(evolve, rest, born(filed))


def born(event: e.Filed) -> Case:
    case = Case(
        version=1,
        stage=Stage.SUBMITTED,
        complaint=event.complaint,
        playbook=event.playbook,
        signs=event.signs,
        filed_at=event.at,
        ball_since=event.at,
        touched_at=event.at,
    )
    return tried_before(case, event)


def evolve(case: Case, event: Event) -> Case:
    moved = apply(replace(case, version=case.version + 1), event)
    return turn(struck(moved, event) if event.bell else touched(moved, event), at=event.at)


def struck(case: Case, event: Event) -> Case:
    return replace(case, struck=case.struck | {event.bell or ""})


def touched(case: Case, event: Event) -> Case:
    """Somebody acted: whatever alarm or last notice stood is over."""
    return replace(
        case,
        touched_at=event.at,
        touched_seq=case.version,
        alarmed_at=None,
        alarmed_seq=0,
        noticed_at=None,
        noticed_seq=0,
    )


def apply(case: Case, event: Event) -> Case:
    """Stage and filing for what moves on the ladder; the helpers for what stands beside it."""
    match event:
        case e.Filed():
            raise AssertionError("a case is filed once")
        case e.TakenOn():
            return replace(case, taken_on=True, signs=())
        case e.DoorOpened():
            return opened(case, event)
        case e.DoorPassed():
            return passed(case, event)
        case e.FilingRecorded() | e.ReceiptRecorded() | e.TheirDateRead() | e.AnswerRecorded():
            return told_at_door(case, event)
        case e.MediationAccepted() | e.MediationEnded():
            return mediated(case, event)
        case e.ReportOpened() | e.ReportRecorded():
            return reported(case, event)
        case e.ReminderDue() | e.Chased():
            return called_to_account(case, event)
        case e.Declined() | e.Withdrawn() | e.Closed() | e.Reopened():
            return ended_or_reopened(case, event)
        case e.OfferMade() | e.OfferAccepted() | e.OfferRefused():
            return offered(case, event)
        case e.Promised() | e.Fulfilled() | e.PromiseBroken():
            return promised(case, event)
        case e.Asked() | e.Provided():
            return asked(case, event)
        case e.Paused() | e.Resumed() | e.DeadlineExtended():
            return timed(case, event)
        case e.Assigned() | e.Taken() | e.LinkReissued() | e.PlaybookMoved():
            return managed(case, event)
        case e.MerchantLinkReissued() | e.MerchantLinkRevoked():
            return linked(case, event)
        case e.ConsentGiven() | e.ConsentRevoked() | e.CodeAsked() | e.ContactConfirmed():
            return allowed(case, event)
        case e.Corrected() | e.Noted() | e.WentToLaw() | e.EvidenceAdded() | e.EvidenceShared():
            return noted(case, event)
        case _:
            assert_never(event)


def managed(case: Case, event: e.Assigned | e.Taken | e.LinkReissued | e.PlaybookMoved) -> Case:
    """Whose case it is, which link opens it, and under which rules it stands."""
    match event:
        case e.Assigned(to=person) | e.Taken(by=person):
            return replace(case, assignee=person)
        case e.LinkReissued(generation=generation):
            return replace(case, link_generation=generation)
        case e.PlaybookMoved(to=playbook):
            return replace(case, playbook=playbook)


def linked(case: Case, event: e.MerchantLinkReissued | e.MerchantLinkRevoked) -> Case:
    match event:
        case e.MerchantLinkReissued(at=at):
            return replace(case, merchant_links=(*case.merchant_links, at))
        case e.MerchantLinkRevoked(generation=generation):
            gone = (*case.merchant_links_revoked, generation)
            return replace(case, merchant_links_revoked=gone)


def ended_or_reopened(case: Case, event: e.Declined | e.Withdrawn | e.Closed | e.Reopened) -> Case:
    match event:
        case e.Declined():
            outcome = Outcome.DECLINED
        case e.Withdrawn():
            outcome = Outcome.WITHDRAWN
        case e.Closed(outcome=outcome):
            pass
        case e.Reopened():
            back = replace(
                case,
                outcome=None,
                closed_at=None,
                closed_seq=0,
                reopened_at=event.at,
                reopened_seq=case.version,
            )
            stage = STAGE_AT[case.door] if case.door else Stage.SUBMITTED
            if case.door is None:
                return replace(back, stage=stage)
            return replace(turned_again(back, event), stage=stage)
        case _:
            assert_never(event)
    return replace(
        case,
        stage=Stage.CLOSED,
        outcome=outcome,
        closed_at=event.at,
        closed_seq=case.version,
        questions=(),
        appointments=(),
        wish=None,
        offers=tuple(replace(o, accepted=False) if o.accepted is None else o for o in case.offers),
        promises=tuple(replace(p, kept=False) if p.kept is None else p for p in case.promises),
        pauses=tuple(replace(p, until=event.at) if p.until is None else p for p in case.pauses),
    )


def asked(case: Case, event: e.Asked | e.Provided) -> Case:
    match event:
        case e.Asked():
            question = Question(
                seq=case.version,
                text=event.text,
                blocking=event.blocking,
                choose_door=event.choose_door,
                asked_at=event.at,
            )
            return replace(case, questions=(*case.questions, question), signs=())
        case e.Provided(choice=choice):
            wish = Door.ASSOCIATION if choice is Door.ASSOCIATION else None
            return replace(
                case,
                questions=(),
                wish=wish,
                wish_seq=case.version if wish else 0,
                wished_at=event.at if wish else None,
            )


def consented(case: Case, event: e.ConsentGiven | e.ConsentRevoked) -> Case:
    """What holds now is what everybody asks for: doors, letters and pages alike."""
    held = case.complaint.consents
    is_given = isinstance(event, e.ConsentGiven)
    now = held | {event.consent} if is_given else held - {event.consent}
    return handed_over(replace(case, complaint=replace(case.complaint, consents=now)), event)


def allowed(
    case: Case, event: e.ConsentGiven | e.ConsentRevoked | e.CodeAsked | e.ContactConfirmed
) -> Case:
    match event:
        case e.ConsentGiven() | e.ConsentRevoked():
            return consented(case, event)
        case e.CodeAsked(way=way):
            code = Code(seq=case.version, way=way, at=event.at)
            return replace(case, codes=kept(case.codes, code))
        case e.ContactConfirmed(way=way):
            return replace(case, confirmed=case.confirmed | {way})


def noted(
    case: Case, event: e.Corrected | e.Noted | e.WentToLaw | e.EvidenceAdded | e.EvidenceShared
) -> Case:
    """Words change nothing; a day to speak again is kept, and so is a piece of evidence."""
    match event:
        case e.EvidenceShared():
            return replace(case, evidence=marked(case.evidence, event))
        case e.EvidenceAdded():
            piece = event.as_piece(seq=case.version)
            return replace(case, evidence=(*case.evidence, piece))
        case e.Noted(contact=Contact(again_on=date() as on)):
            again = Appointment(seq=case.version, at=event.at, on=on)
            return replace(case, appointments=(*case.appointments, again))
        case _:
            return case


def timed(case: Case, event: e.Paused | e.Resumed | e.DeadlineExtended) -> Case:
    match event:
        case e.Paused():
            pause = Interval(
                since=event.at,
                until=None,
                holder=event.holder,
                reason=event.reason,
                ends_on=event.until,
                seq=case.version,
            )
            return replace(case, pauses=(*case.pauses, pause))
        case e.Resumed():
            *before, last = case.pauses
            return replace(case, pauses=(*before, replace(last, until=event.at)))
        case e.DeadlineExtended():
            longer = Extended(bell=event.deadline, span=event.span)
            return replace(case, extensions=(*case.extensions, longer))
