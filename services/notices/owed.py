"""The letters that one event owes, each with its recipient and a name of its own: pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, assert_never
from uuid import UUID, uuid5

from services.lifecycle.case import Case
from services.lifecycle.events import Event
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Audience, Consent, Door, Role
from services.lifecycle.playbook import Rules
from services.lifecycle.reachable import Way
from services.lifecycle.react import ANSWER_CODE, Letter, react

NOTICES: Final = UUID("5b1c5f0e-0d2f-5f0c-9a53-6c9d1c6f7a01")
MAIL: Final = "mail"
SMS: Final = "sms"
DESK: Final = "desk"
MANAGERS: Final = "managers"


class Held(StrEnum):
    """Why a letter that is owed cannot go out, or need not any more."""

    NO_ADDRESS = "no_address"
    NO_CONSENT = "no_consent"
    NO_MAIL_SERVER = "no_mail_server"
    NO_SMS_GATEWAY = "no_sms_gateway"
    TOO_MANY = "too_many"
    NO_LONGER_TRUE = "no_longer_true"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """`address` is the statement that holds a mail address; `mailbox` is one of the playbook's."""

    id: UUID
    seq: int
    recipient: str
    channel: str
    letter: Letter
    bell: str | None
    address: UUID | None = None
    mailbox: str | None = None
    held: Held | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How somebody can be written to, or why not."""

    address: UUID | None = None
    mailbox: str | None = None
    held: Held | None = None


def owed(
    case: Case, event: Event, *, tenant: UUID, case_id: UUID, rules: Rules, by: Role | None = None
) -> Iterator[Notice]:
    """`case` is as it stands after the event. Nobody is written to twice about one thing."""
    named: set[UUID] = set()
    for letter in react(case, event, by=by):
        recipient = recipient_of(letter.to, case)
        name = notice_id(tenant, case_id, case.version, recipient, letter.name)
        if name in named:
            continue
        named.add(name)
        reach = reach_of(letter, case, rules)
        yield Notice(
            id=name,
            seq=case.version,
            recipient=recipient,
            channel=SMS if letter.way is Way.PHONE else MAIL,
            letter=letter,
            bell=event.bell,
            address=reach.address,
            mailbox=reach.mailbox,
            held=reach.held,
        )


def notice_id(tenant: UUID, case_id: UUID, seq: int, recipient: str, letter: str) -> UUID:
    """Named by what it is, never by a run or an attempt."""
    return uuid5(NOTICES, f"{tenant}/{case_id}/{seq}/{recipient}/{MAIL}/{letter}")


def recipient_of(to: Audience, case: Case) -> str:
    """Groups are looked up when the letter leaves: whoever is on duty then."""
    match to:
        case Audience.HANDLER:
            return f"person:{case.assignee}" if case.assignee else DESK
        case Audience.MANAGER:
            return MANAGERS
        case Audience.CONSUMER | Audience.MERCHANT | Audience.PLATFORM | Audience.REGULATOR:
            return to.value
        case _:
            assert_never(to)


def reach_of(letter: Letter, case: Case, rules: Rules) -> Reach:
    complaint = case.complaint
    match letter.to:
        case Audience.HANDLER | Audience.MANAGER:
            return Reach()
        case Audience.CONSUMER if letter.way is Way.PHONE:
            return of_statement(complaint.consumer.phone)
        case Audience.CONSUMER:
            return of_statement(complaint.consumer.email)
        case to if lacks_consent(to, case):
            return Reach(held=Held.NO_CONSENT)
        case Audience.MERCHANT:
            box = mailbox(Door.MERCHANT, rules)
            own = of_statement(complaint.merchant.email)
            verified = letter.files or letter.name == ANSWER_CODE or own.held
            return box if box.mailbox and verified else own
        case Audience.PLATFORM:
            return mailbox(Door.PLATFORM, rules)
        case Audience.REGULATOR:
            return mailbox(Door.REGULATOR, rules)
        case _:
            assert_never(letter.to)


def lacks_consent(to: Audience, case: Case) -> bool:
    """Asked when a letter is owed, and once more when it leaves: it may be taken back meanwhile."""
    match to:
        case Audience.MERCHANT:
            return not case.may_forward
        case Audience.PLATFORM | Audience.REGULATOR:
            return Consent.MANDATE not in case.complaint.consents
        case _:
            return False


def of_statement(words: Words | None) -> Reach:
    return Reach(address=words.id) if words else Reach(held=Held.NO_ADDRESS)


def mailbox(door: Door, rules: Rules) -> Reach:
    rung = rules.playbook.rung(door)
    found = rung.mailbox if rung else None
    return Reach(mailbox=found) if found else Reach(held=Held.NO_ADDRESS)
