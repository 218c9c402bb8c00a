"""Filing with us, asking, taking on, and whose case it is."""

from datetime import datetime
from typing import assert_never
from uuid import UUID

from services.lifecycle import commands as c
from services.lifecycle import events as e
from services.lifecycle.bells import local_day
from services.lifecycle.case import Case
from services.lifecycle.demands import unfit
from services.lifecycle.events import Event
from services.lifecycle.kinds import Consent, Door, Reason
from services.lifecycle.merchant_link import brings_link
from services.lifecycle.next_door import hand_at, may_choose_mediation, next_door
from services.lifecycle.playbook import Rules, Rung
from services.lifecycle.refusals import Refused, Why


def file(command: c.File, *, now: datetime, rules: Rules) -> tuple[Event, ...]:
    complaint = command.complaint
    today = local_day(now)
    order = complaint.order
    days = [order.paid_on, order.received_on, order.completed_on, *(t.on for t in complaint.tried)]
    if Consent.PRIVACY not in complaint.consents:
        raise Refused(Why.PRIVACY_CONSENT_MISSING)
    if any(day and day > today for day in days):
        raise Refused(Why.IN_THE_FUTURE)
    for each in unfit(complaint, rules.playbook.demands):
        raise Refused(each.why)
    return (e.Filed(at=now, complaint=complaint, playbook=command.playbook, signs=command.signs),)


def decide(
    case: Case,
    command: c.Ask | c.Provide | c.TakeOn | c.Decline | c.Assign | c.Take,
    *,
    person: UUID | None,
    now: datetime,
    rules: Rules,
) -> tuple[Event, ...]:
    match command:
        case c.Ask():
            return (e.Asked(at=now, text=command.text, blocking=command.blocking),)
        case c.Provide():
            return provide(case, command, now=now, rules=rules)
        case c.TakeOn():
            return (e.TakenOn(at=now), *to_first_door(case, now=now, rules=rules))
        case c.Decline():
            return (e.Declined(at=now, reason=command.reason, text=command.text),)
        case c.Assign():
            if command.to == case.assignee:
                raise Refused(Why.ALREADY_YOURS)
            return (e.Assigned(at=now, to=command.to),)
        case c.Take():
            if person is None:
                raise Refused(Why.NOT_A_PERSON)
            if person == case.assignee:
                raise Refused(Why.ALREADY_YOURS)
            return (e.Taken(at=now, by=person),)
        case _:
            assert_never(command)


def provide(case: Case, command: c.Provide, *, now: datetime, rules: Rules) -> tuple[Event, ...]:
    """A choice of doors is answered by a choice: mediation waits for our 受理, any other door
    opens at once.
    """
    question = case.question
    if question is None:
        raise Refused(Why.NOTHING_ASKED)
    if not question.choose_door:
        return (e.Provided(at=now, text=command.text),)
    provided = e.Provided(at=now, text=command.text, choice=command.choice)
    rung = next_door(case, rules.playbook)
    match command.choice:
        case Door.ASSOCIATION:
            if not may_choose_mediation(case, rules.playbook):
                raise Refused(Why.NO_MEDIATION_HERE)
            return (provided,)
        case None:
            raise Refused(Why.CHOICE_MISSING)
        case door:
            if rung is None or door is not rung.id:
                raise Refused(Why.DOOR_NOT_OPEN)
            passed = left_unfiled(case, now=now)
            return (provided, *passed, open_door(case, rung, now=now, rules=rules))


def to_first_door(case: Case, *, now: datetime, rules: Rules) -> tuple[Event, ...]:
    rung = next_door(case, rules.playbook)
    if rung is None:
        raise Refused(Why.NO_NEXT_DOOR)
    return (open_door(case, rung, now=now, rules=rules),)


def left_unfiled(case: Case, *, now: datetime) -> tuple[e.DoorPassed, ...]:
    """A door that is left while its filing is still owed was not used, and that is recorded."""
    if case.door is None or case.filing is None or not case.filing.owed:
        return ()
    return (e.DoorPassed(at=now, door=case.door, reason=Reason.NOBODY_FILED),)


def open_door(
    case: Case,
    rung: Rung,
    *,
    now: datetime,
    rules: Rules,
    bell: str | None = None,
    due: datetime | None = None,
) -> e.DoorOpened:
    """Moving to a door is our decision; its filing is owed from then on, and nothing more is
    claimed.
    """
    hand = hand_at(case, rules.playbook, rung)
    linked = brings_link(rung.id, hand)
    return e.DoorOpened(
        at=now, door=rung.id, hand=hand, channel=rung.channel, linked=linked, bell=bell, due=due
    )
