"""What an event does to the filing at a door."""

from dataclasses import replace
from datetime import datetime
from typing import Any, assert_never

from services.lifecycle import events as e
from services.lifecycle.case import Case
from services.lifecycle.facts import Filing
from services.lifecycle.kinds import STAGE_AT, Capacity, Door, FilingState, Hand, Stage, Verdict


def replaced(case: Case, door: Door, **facts: Any) -> Case:
    """The case with the latest filing at this door changed."""
    now = case.filing_at(door)
    assert now is not None
    return replace(
        case, filings=tuple(replace(f, **facts) if f is now else f for f in case.filings)
    )


def turned(case: Case, door: Door, state: FilingState, *, at: datetime) -> Case:
    """The door has spoken: from here on it is for us to decide what next."""
    return replaced(case, door, state=state, turned_at=at, turned_seq=case.version)


def tried_before(case: Case, event: e.Filed) -> Case:
    """Doors knocked at before the complaint reached us enter as filings done, before us."""
    done = tuple(
        Filing(
            seq=1,
            door=tried.door,
            state=FilingState.DONE,
            hand=Hand.CONSUMER,
            opened_at=event.at,
            before_us=True,
            sent_on=tried.on,
        )
        for tried in event.complaint.tried
    )
    return replace(case, filings=done)


def opened(case: Case, event: e.DoorOpened) -> Case:
    filing = Filing(
        seq=case.version,
        door=event.door,
        state=FilingState.OWED,
        hand=event.hand,
        channel=event.channel,
        linked=event.linked,
        opened_at=event.at,
    )
    return replace(
        case,
        stage=STAGE_AT[event.door],
        door=event.door,
        filings=(*case.filings, filing),
        wish=None,
        wish_seq=0,
        questions=tuple(q for q in case.questions if not q.choose_door),
    )


def passed(case: Case, event: e.DoorPassed) -> Case:
    return turned(case, event.door, FilingState.PASSED, at=event.at)


def told_at_door(
    case: Case, event: e.FilingRecorded | e.ReceiptRecorded | e.TheirDateRead | e.AnswerRecorded
) -> Case:
    match event:
        case e.FilingRecorded():
            return recorded(case, event)
        case e.ReceiptRecorded():
            return replaced(case, event.door, state=FilingState.RECEIVED, received_on=event.on)
        case e.TheirDateRead():
            return replaced(case, event.door, their_date=event.due_on)
        case e.AnswerRecorded():
            return answered(case, event)


def recorded(case: Case, event: e.FilingRecorded) -> Case:
    return replaced(
        case,
        event.door,
        state=FilingState.SENT,
        sent_on=event.on,
        sent_at=event.at,
        proof=event.proof,
        capacity=event.capacity,
        their_number=event.their_number,
    )


def answered(case: Case, event: e.AnswerRecorded) -> Case:
    match event.verdict:
        case Verdict.ACCEPTED:
            return replaced(
                case,
                event.door,
                state=FilingState.RECEIVED,
                accepted_on=event.on,
                verdict=event.verdict,
                turned_at=None,
                turned_seq=0,
            )
        case Verdict.REFUSED | Verdict.OUT_OF_SCOPE | Verdict.WRONG_PARTY:
            state = FilingState.REFUSED
        case Verdict.ENDED:
            state = FilingState.DONE
        case Verdict.AGREED | Verdict.PARTLY | Verdict.EXPLAINED:
            state = FilingState.ANSWERED
        case _:
            assert_never(event.verdict)
    said = replaced(case, event.door, verdict=event.verdict)
    return turned(said, event.door, state, at=event.at)


def handed_over(case: Case, event: e.ConsentGiven | e.ConsentRevoked) -> Case:
    """What is owed at the door is asked of somebody else, who has the whole time for it."""
    if event.door is None or event.hand is None:
        return case
    asked = {"hand": event.hand, "handed_at": event.at, "handed_seq": case.version}
    if isinstance(event, e.ConsentGiven) and event.linked:
        asked["linked"] = True
    return replaced(case, event.door, **asked)


def mediated(case: Case, event: e.MediationAccepted | e.MediationEnded) -> Case:
    if isinstance(event, e.MediationEnded):
        return turned(case, Door.ASSOCIATION, FilingState.DONE, at=event.at)
    return accepted(case, event)


def accepted(case: Case, event: e.MediationAccepted) -> Case:
    """受理: the association has it. Its own filing is received at once."""
    today = event.on
    filing = Filing(
        seq=case.version,
        door=Door.ASSOCIATION,
        state=FilingState.RECEIVED,
        hand=Hand.HANDLER,
        capacity=Capacity.CONSUMER,
        opened_at=event.at,
        sent_on=today,
        sent_at=event.at,
        received_on=today,
        accepted_on=today,
    )
    return replace(
        case,
        stage=Stage.IN_MEDIATION,
        door=Door.ASSOCIATION,
        filings=(*case.filings, filing),
        wish=None,
        wish_seq=0,
        questions=tuple(q for q in case.questions if not q.choose_door),
    )


def reported(case: Case, event: e.ReportOpened | e.ReportRecorded) -> Case:
    match event:
        case e.ReportOpened():
            filing = Filing(
                seq=case.version,
                door=Door.REPORT,
                state=FilingState.OWED,
                hand=Hand.HANDLER,
                opened_at=event.at,
            )
            return replace(case, filings=(*case.filings, filing))
        case e.ReportRecorded():
            return replaced(
                case,
                Door.REPORT,
                state=FilingState.SENT,
                sent_on=event.on,
                sent_at=event.at,
                proof=event.proof,
                their_number=event.their_number,
            )


def called_to_account(case: Case, event: e.ReminderDue | e.Chased) -> Case:
    """An alarm starts the count towards "not pursued"; the last notice ends it."""
    match event:
        case e.Chased(alarm=True):
            return replace(case, alarmed_at=event.at, alarmed_seq=case.version)
        case e.Chased(last_notice=True):
            return replace(case, noticed_at=event.at, noticed_seq=case.version)
        case _:
            return case


def turned_again(case: Case, event: e.Reopened | e.PromiseBroken | e.OfferRefused) -> Case:
    """Back at the door: what was filed there stays as it is, and our time to decide starts anew."""
    filing = case.filing
    if case.door is None or filing is None or filing.owed:
        return case
    return replaced(case, case.door, turned_at=event.at, turned_seq=case.version)
