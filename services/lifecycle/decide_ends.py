"""Standing still, ending, coming back, and what is only noted."""

from datetime import datetime
from typing import assert_never

from services.lifecycle import commands as c
from services.lifecycle import events as e
from services.lifecycle.agenda import agenda
from services.lifecycle.bells import Act, Trigger, local_day, ring
from services.lifecycle.case import Case
from services.lifecycle.contacts import ContactOutcome
from services.lifecycle.events import Event
from services.lifecycle.kinds import Ball, Consent, Outcome, Stage
from services.lifecycle.playbook import ClockKind, Rules
from services.lifecycle.refusals import Refused, Why
from services.lifecycle.spans import Span, SpanFault

STAFF_OUTCOMES = (Outcome.SOLVED, Outcome.PARTLY, Outcome.NOT_SOLVED, Outcome.NOT_PURSUED)


def timed(
    case: Case, command: c.Pause | c.Resume | c.Extend, *, now: datetime, rules: Rules
) -> tuple[Event, ...]:
    match command:
        case c.Pause():
            if case.pause:
                raise Refused(Why.ALREADY_PAUSED)
            if command.until and command.until < local_day(now):
                raise Refused(Why.IN_THE_PAST)
            if command.holder is Ball.NOBODY:
                raise Refused(Why.NOT_A_PERSON)
            return (
                e.Paused(at=now, holder=command.holder, reason=command.reason, until=command.until),
            )
        case c.Resume():
            if case.pause is None:
                raise Refused(Why.NOT_PAUSED)
            return (e.Resumed(at=now),)
        case c.Extend():
            return (extended(case, command, now=now, rules=rules),)
        case _:
            assert_never(command)


def extended(case: Case, command: c.Extend, *, now: datetime, rules: Rules) -> e.DeadlineExtended:
    """More of our own time, in the clock's own unit; other people's time is not ours to give."""
    bell = next((b for b in agenda(case, rules) if b.key == command.bell), None)
    if bell is None:
        raise Refused(Why.NO_SUCH_DEADLINE)
    if bell.of is not ClockKind.OWN:
        raise Refused(Why.NOT_OUR_TIME)
    try:
        span = Span.parse(command.span)
    except SpanFault as fault:
        raise Refused(Why.OTHER_UNIT) from fault
    if span.kind is not bell.deadline.span.kind or not span.n:
        raise Refused(Why.OTHER_UNIT)
    return e.DeadlineExtended(at=now, deadline=command.bell, span=str(span), reason=command.reason)


def ended(
    case: Case, command: c.Withdraw | c.Close | c.Reopen, *, now: datetime, rules: Rules
) -> tuple[Event, ...]:
    match command:
        case c.Withdraw():
            return (e.Withdrawn(at=now, reason=command.reason, text=command.text),)
        case c.Close():
            return (closed(case, command, now=now),)
        case c.Reopen():
            if Consent.PRIVACY not in case.complaint.consents:
                raise Refused(Why.CONSENT_NEEDED)
            within_window(case, now=now, rules=rules)
            return (e.Reopened(at=now, text=command.text),)
        case _:
            assert_never(command)


def closed(case: Case, command: c.Close, *, now: datetime) -> e.Closed:
    """Solved means that something arrived: `Fulfil` says so, with proof, and closes by itself."""
    if command.outcome not in STAFF_OUTCOMES:
        raise Refused(Why.NO_SUCH_OUTCOME)
    if command.outcome in (Outcome.SOLVED, Outcome.PARTLY):
        if case.promise:
            raise Refused(Why.PROMISE_OPEN)
        if not any(p.kept for p in case.promises):
            raise Refused(Why.NOTHING_FULFILLED)
    return e.Closed(at=now, outcome=command.outcome, text=command.text)


def within_window(case: Case, *, now: datetime, rules: Rules) -> None:
    end = reopen_until(case, rules)
    if end and now >= end:
        raise Refused(Why.REOPEN_WINDOW_OVER)


def reopen_until(case: Case, rules: Rules) -> datetime | None:
    """The exclusive end of the time in which a closed case can be reopened."""
    assert case.closed_at is not None
    trigger = Trigger(seq=case.closed_seq, at=case.closed_at)
    span = rules.playbook.own.reopen
    bell = ring(case, rules, trigger, ("reopen", span), act=Act.REMIND, pausable=False)
    return bell.due if bell else None


def noted(
    case: Case, command: c.Correct | c.Note | c.ReissueLink | c.MovePlaybook, *, now: datetime
) -> tuple[Event, ...]:
    match command:
        case c.Correct():
            if not 1 <= command.seq <= case.version:
                raise Refused(Why.NO_SUCH_EVENT)
            return (e.Corrected(at=now, seq=command.seq, text=command.text),)
        case c.Note():
            return (written_down(case, command, now=now),)
        case c.ReissueLink():
            return (e.LinkReissued(at=now, generation=case.link_generation + 1),)
        case c.MovePlaybook():
            if command.to == case.playbook:
                raise Refused(Why.SAME_PLAYBOOK)
            return (e.PlaybookMoved(at=now, to=command.to),)
        case _:
            assert_never(command)


def written_down(case: Case, command: c.Note, *, now: datetime) -> e.Noted:
    """A note in words, a contact, or both; a day to speak again needs an open case to remind in."""
    contact = command.contact
    if command.text is None and not (contact and (contact.outcome or contact.again_on)):
        raise Refused(Why.TEXT_MISSING)
    if contact and contact.again_on:
        if case.stage is Stage.CLOSED:
            raise Refused(Why.NOT_IN_THIS_STAGE)
        if contact.again_on < local_day(now):
            raise Refused(Why.IN_THE_PAST)
    if contact and contact.outcome is ContactOutcome.ARRANGED and contact.again_on is None:
        raise Refused(Why.DAY_MISSING)
    return e.Noted(at=now, text=command.text, contact=contact)
