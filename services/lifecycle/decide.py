"""May it? One command against one case: the events it comes to, or the reason why not."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from uuid import UUID

from services.lifecycle import commands as c
from services.lifecycle import decide_consents as consents
from services.lifecycle import decide_doors as doors
from services.lifecycle import decide_ends as ends
from services.lifecycle import decide_intake as intake
from services.lifecycle import decide_reachable as reachable
from services.lifecycle import decide_terms as terms
from services.lifecycle.answering import in_time, linked
from services.lifecycle.case import Case
from services.lifecycle.commands import Command
from services.lifecycle.events import Event
from services.lifecycle.evidence import added, shared
from services.lifecycle.kinds import Role
from services.lifecycle.permissions import permitted, possible
from services.lifecycle.playbook import Rules
from services.lifecycle.refusals import Refused, Why
from services.lifecycle.strike import strike


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who gives the command; `person` is set for staff."""

    role: Role
    person: UUID | None = None


CLOCK = Actor(role=Role.CLOCK)


def decide(
    case: Case | None, command: Command, *, by: Actor, now: datetime, rules: Rules
) -> tuple[Event, ...]:
    """Raises `Refused`; a bell that is not owed, or not yet, comes to `()`."""
    if not permitted(by.role, type(command)):
        raise Refused(Why.NOT_PERMITTED)
    if isinstance(command, c.File):
        if case is not None:
            raise Refused(Why.NOT_IN_THIS_STAGE)
        return intake.file(command, now=now, rules=rules)
    assert case is not None
    if isinstance(command, c.StrikeBell):
        return strike(case, command.bell, now=now, rules=rules)
    if not possible(case, type(command)):
        raise Refused(Why.NOT_IN_THIS_STAGE)
    in_time(case, role=by.role, now=now, rules=rules)
    return answer(case, command, by=by, now=now, rules=rules)


def answer(
    case: Case, command: Command, *, by: Actor, now: datetime, rules: Rules
) -> tuple[Event, ...]:
    match command:
        case c.File() | c.StrikeBell():
            raise AssertionError("decided above")
        case c.Ask() | c.Provide() | c.TakeOn() | c.Decline() | c.Assign() | c.Take():
            return intake.decide(case, command, person=by.person, now=now, rules=rules)
        case c.RecordFiling() | c.RecordReceipt() | c.ReadTheirDate() | c.RecordAnswer():
            return doors.told(case, command, role=by.role, now=now)
        case c.OpenDoor() | c.PassDoor() | c.AcceptMediation() | c.EndMediation() | c.GoToLaw():
            return doors.moved(case, command, now=now, rules=rules)
        case c.OpenReport() | c.RecordReport():
            return doors.reported(case, command, now=now)
        case c.MakeOffer() | c.AcceptOffer() | c.RefuseOffer():
            return terms.offered(case, command, role=by.role, now=now)
        case c.Promise() | c.Fulfil() | c.BreakPromise():
            return terms.promised(case, command, role=by.role, now=now)
        case c.Pause() | c.Resume() | c.Extend():
            return ends.timed(case, command, now=now, rules=rules)
        case c.Withdraw() | c.Close() | c.Reopen():
            return ends.ended(case, command, now=now, rules=rules)
        case c.Correct() | c.Note() | c.ReissueLink() | c.MovePlaybook():
            return ends.noted(case, command, now=now)
        case c.GiveConsent() | c.RevokeConsent():
            return consents.decide(case, command, now=now, rules=rules)
        case c.ReissueMerchantLink() | c.RevokeMerchantLink():
            return linked(case, command, now=now)
        case c.AskCode() | c.ConfirmContact() | c.RecoverLink():
            return reachable.decide(case, command, now=now)
        case c.ShareEvidence():
            return (shared(case.evidence, command, now=now),)
        case c.AddEvidence():
            return (added(case.evidence, command, now=now),)
        case _:
            assert_never(command)
