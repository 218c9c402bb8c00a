"""What was filed, received and answered at the doors, and moving between them."""

from datetime import date, datetime
from typing import assert_never

from services.lifecycle import commands as c
from services.lifecycle import events as e
from services.lifecycle.answering import may_add
from services.lifecycle.bells import local_day
from services.lifecycle.case import Case
from services.lifecycle.decide_intake import left_unfiled, open_door
from services.lifecycle.events import Event
from services.lifecycle.facts import Filing
from services.lifecycle.kinds import Capacity, Consent, Door, FilingState, Hand, Role
from services.lifecycle.next_door import mediation_barred, next_door, shut
from services.lifecycle.playbook import Rules, Rung
from services.lifecycle.refusals import Refused, Why


def told(
    case: Case,
    command: c.RecordFiling | c.RecordReceipt | c.ReadTheirDate | c.RecordAnswer,
    *,
    role: Role,
    now: datetime,
) -> tuple[Event, ...]:
    filing = case.filing_at(command.door)
    if filing is None or filing.before_us or command.door is Door.REPORT:
        raise Refused(Why.DOOR_NOT_OPEN)
    match command:
        case c.RecordFiling():
            return filed(case, command, filing, role=role, now=now)
        case c.RecordReceipt():
            standing(filing)
            not_future(command.on, now)
            return (e.ReceiptRecorded(at=now, door=command.door, on=command.on),)
        case c.ReadTheirDate():
            standing(filing)
            return (e.TheirDateRead(at=now, door=command.door, due_on=command.due_on),)
        case c.RecordAnswer():
            if role is Role.MERCHANT and command.door is not Door.MERCHANT:
                raise Refused(Why.PARTY_NOT_YOURS)
            if role is not Role.MERCHANT or not may_add(case, filing, command):
                standing(filing)
            not_future(command.on, now)
            return (
                e.AnswerRecorded(
                    at=now,
                    door=command.door,
                    verdict=command.verdict,
                    on=command.on,
                    text=command.text,
                ),
            )
        case _:
            assert_never(command)


def filed(
    case: Case, command: c.RecordFiling, filing: Filing, *, role: Role, now: datetime
) -> tuple[Event, ...]:
    if not filing.owed:
        raise Refused(Why.ALREADY_FILED)
    if filing.door is not case.door:
        raise Refused(Why.DOOR_NOT_OPEN)
    if role is Role.CLOCK and filing.hand is not Hand.MAIL:
        raise Refused(Why.NOT_PERMITTED)
    if role is Role.CONSUMER and command.capacity is not Capacity.CONSUMER:
        raise Refused(Why.NOT_YOUR_CAPACITY)
    if command.capacity is Capacity.AGENT and Consent.MANDATE not in case.complaint.consents:
        raise Refused(Why.NO_MANDATE)
    not_future(command.on, now)
    return (
        e.FilingRecorded(
            at=now,
            door=command.door,
            on=command.on,
            proof=command.proof,
            capacity=command.capacity,
            their_number=command.their_number,
        ),
    )


def standing(filing: Filing) -> None:
    if filing.owed or filing.state is FilingState.PASSED:
        raise Refused(Why.NOT_YET_FILED)
    if not filing.filed:
        raise Refused(Why.ALREADY_ANSWERED)


def not_future(on: date, now: datetime) -> None:
    if on > local_day(now):
        raise Refused(Why.IN_THE_FUTURE)


def moved(
    case: Case,
    command: c.OpenDoor | c.PassDoor | c.AcceptMediation | c.EndMediation | c.GoToLaw,
    *,
    now: datetime,
    rules: Rules,
) -> tuple[Event, ...]:
    match command:
        case c.OpenDoor():
            rung = asked_for(case, command.door, rules)
            return (*left_unfiled(case, now=now), open_door(case, rung, now=now, rules=rules))
        case c.PassDoor():
            above = next_door(case, rules.playbook)
            if above is None or case.door is None:
                raise Refused(Why.NO_NEXT_DOOR)
            if case.filing is None or not case.filing.owed:
                raise Refused(Why.ALREADY_FILED)
            passed = e.DoorPassed(at=now, door=case.door, reason=command.reason, text=command.text)
            return (passed, open_door(case, above, now=now, rules=rules))
        case c.AcceptMediation():
            return accept_mediation(case, command, now=now, rules=rules)
        case c.EndMediation():
            ended = e.MediationEnded(at=now, reason=command.reason, text=command.text)
            return (ended, *to_law(case, now=now, rules=rules))
        case c.GoToLaw():
            went = e.WentToLaw(at=now, text=command.text)
            return (went, *left_unfiled(case, now=now), *to_law(case, now=now, rules=rules))
        case _:
            assert_never(command)


def asked_for(case: Case, door: Door, rules: Rules) -> Rung:
    rung = rules.playbook.rung(door)
    if door is case.door:
        raise Refused(Why.ALREADY_AT_THIS_DOOR)
    if door is Door.ASSOCIATION:
        raise Refused(Why.USE_ACCEPT_MEDIATION)
    if door is Door.LAW:
        raise Refused(Why.USE_GO_TO_LAW)
    if rung is None:
        raise Refused(Why.DOOR_NOT_IN_PLAYBOOK)
    if why := shut(case, rung):
        raise Refused(why)
    return rung


def accept_mediation(
    case: Case, command: c.AcceptMediation, *, now: datetime, rules: Rules
) -> tuple[Event, ...]:
    """受理 shuts the regulator's 投诉 for this dispute (order 121 art. 16(2)), so it is confirmed
    first.
    """
    if why := mediation_barred(case, rules.playbook):
        raise Refused(why)
    if not command.confirmed:
        raise Refused(Why.CONFIRM_MEDIATION)
    return (*left_unfiled(case, now=now), e.MediationAccepted(at=now, on=local_day(now)))


def to_law(case: Case, *, now: datetime, rules: Rules) -> tuple[Event, ...]:
    rung = rules.playbook.rung(Door.LAW)
    if rung is None:
        raise Refused(Why.DOOR_NOT_IN_PLAYBOOK)
    return (open_door(case, rung, now=now, rules=rules),)


def reported(
    case: Case, command: c.OpenReport | c.RecordReport, *, now: datetime
) -> tuple[Event, ...]:
    """举报 may run beside everything, mediation too; it moves neither stage nor ball."""
    match command:
        case c.OpenReport():
            if case.report_owed:
                raise Refused(Why.REPORT_OPEN)
            return (e.ReportOpened(at=now, text=command.text),)
        case c.RecordReport():
            if not case.report_owed:
                raise Refused(Why.REPORT_NOT_OPEN)
            not_future(command.on, now)
            return (
                e.ReportRecorded(
                    at=now,
                    on=command.on,
                    proof=command.proof,
                    their_number=command.their_number,
                ),
            )
