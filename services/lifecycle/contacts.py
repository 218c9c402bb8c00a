"""Talking to people beside the ladder: whom we tried to reach, what came of it, and when again."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.lifecycle.facts import Words


class ContactKind(StrEnum):
    CALL = "call"
    MESSAGE = "message"
    VISIT = "visit"
    MAIL = "mail"
    OTHER = "other"


class Party(StrEnum):
    """Whom the staff speak with about a case."""

    CONSUMER = "consumer"
    MERCHANT = "merchant"
    PLATFORM = "platform"
    REGULATOR = "regulator"


class ContactOutcome(StrEnum):
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    ARRANGED = "arranged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """`again_on` is the day on which we want to speak with them next; it is kept as a reminder."""

    kind: ContactKind
    whom: Party
    outcome: ContactOutcome | None = None
    again_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The command: something in words, a contact, or both."""

    text: Words | None = None
    contact: Contact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A contact to be made on that day; `seq` is the event that arranged it."""

    seq: int
    at: datetime
    on: date
