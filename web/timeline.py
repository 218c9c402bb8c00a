"""What happened, one row an event: who, what, when, why by itself, and in whose words."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from services.cases.views import CaseView, EventView
from services.lifecycle import events as e
from services.lifecycle.bells import local_day
from services.lifecycle.contacts import Contact, ContactKind
from services.lifecycle.events import Event
from services.lifecycle.facts import Complaint, PlaybookRef, Proof, Words
from services.lifecycle.kinds import Hand, ProofKind, Role
from services.lifecycle.reachable import Way
from services.lifecycle.spans import Span
from services.wording.numbers import say_day, say_money
from services.wording.say import phrase, say, vocabulary
from services.wording.spans import say_span
from web.because import because_of
from web.dues import A_MOMENT

SIDES = {Role.CONSUMER: "consumer", Role.MERCHANT: "merchant", Role.CLOCK: "sys"}
ICONS = {"consumer": "user", "merchant": "store", "sys": "bolt", "us": "house"}
WAYS = {
    ContactKind.CALL: "phone",
    ContactKind.MESSAGE: "talk",
    ContactKind.VISIT: "user",
    ContactKind.MAIL: "mail",
    ContactKind.OTHER: "note",
}
INTERNAL = (e.Noted, e.Corrected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`because` explains a step that nobody took by hand; `due` is the legal date it kept.
    `marks` are what came of a contact, in a word each, or by which way something came.
    """

    seq: int
    side: str
    icon: str
    who: str
    told: str
    at: datetime
    said: tuple[Words, ...] = ()
    marks: tuple[str, ...] = ()
    private: bool = False
    because: str | None = None
    due_day: date | None = None

    @property
    def named(self) -> bool:
        """Whether the sentence itself leaves open who did it."""
        return self.who not in self.told


def rows(view: CaseView, *, reader: Role) -> tuple[Row, ...]:
    """Newest first. A consumer reads of the association, never of its people."""
    return tuple(row(each, view, reader=reader) for each in reversed(view.events))


def row(each: EventView, view: CaseView, *, reader: Role) -> Row:
    side = SIDES.get(each.role, "us")
    event = each.event
    return Row(
        seq=each.seq,
        side=side,
        icon=icon(event, side),
        who=who(each, reader=reader),
        told=tell(event, names(view), today=local_day(view.now)),
        at=each.at,
        said=once(said(event)),
        marks=tuple(marks(each, today=local_day(view.now))),
        private=isinstance(event, INTERNAL),
        because=because_of(event.bell) if event.bell else None,
        due_day=local_day(event.due - A_MOMENT) if event.due else None,
    )


def icon(event: Event, side: str) -> str:
    match event:
        case e.Noted(contact=Contact(kind=way)):
            return WAYS[way]
        case e.Noted() | e.Corrected():
            return "note"
        case _:
            return ICONS[side]


def marks(each: EventView, *, today: date) -> Iterable[str]:
    event = each.event
    if each.role is Role.MERCHANT:
        yield phrase("Mark", "by_link")
    if not isinstance(event, e.Noted) or event.contact is None:
        return
    if event.contact.outcome:
        yield say(event.contact.outcome)
    if event.contact.again_on:
        yield phrase("Mark", "again", day=say_day(event.contact.again_on, today=today))


def tell(event: Event, people: dict[UUID, str], *, today: date) -> str:
    """The event as one sentence in the reader's language."""
    return phrase("Timeline", key(event), **gaps(event, people, today=today))


def foretell(event: Event, people: dict[UUID, str], *, today: date) -> str:
    """The same, of what will come by itself."""
    group = "Foretold" if key(event) in vocabulary()["Foretold"] else "Timeline"
    return phrase(group, key(event), **gaps(event, people, today=today))


def who(each: EventView, *, reader: Role) -> str:
    if each.role is Role.CONSUMER and reader is Role.CONSUMER:
        return phrase("Who", "you")
    if reader is Role.CONSUMER and each.role not in SIDES:
        return phrase("Who", "association")
    return each.actor_name or phrase("Who", each.role.value)


def key(event: Event) -> str:
    """The kind, told apart where one kind means several things to a reader."""
    kind = type(event).__name__
    match event:
        case e.DoorOpened(hand=hand):
            return f"{kind}.{hand.value}"
        case e.ConsentGiven(hand=Hand() as hand) | e.ConsentRevoked(hand=Hand() as hand):
            return f"{kind}.{hand.value}"
        case e.Asked(choose_door=True):
            return f"{kind}.choose"
        case e.Provided(choice=door) if door:
            return f"{kind}.choice"
        case e.Chased(alarm=True) | e.Chased(last_notice=True):
            return f"{kind}.{'alarm' if event.alarm else 'last_notice'}"
        case e.OfferMade(amount=None) | e.Promised(amount=None) | e.Paused(until=None):
            return f"{kind}.open"
        case e.Noted(contact=Contact(kind=way)):
            return f"{kind}.{way.value}"
        case e.ReminderDue(letter="contact_due"):
            return f"{kind}.contact"
        case e.LinkReissued(way=Way()):
            return f"{kind}.sent"
        case e.EvidenceShared(shared=False):
            return f"{kind}.not"
        case e.Assigned(to=None):
            return f"{kind}.nobody"
        case _:
            return kind


def gaps(event: Event, people: dict[UUID, str], *, today: date) -> dict[str, str]:
    """Every field of the event in words; what people wrote themselves stands below the line."""
    told = {f.name: getattr(event, f.name) for f in fields(event)}
    if isinstance(event, e.DeadlineExtended):
        told["span"] = Span.parse(event.span)
    if isinstance(event, e.Noted) and event.contact:
        told["whom"] = event.contact.whom
    return {name: in_words(value, people, today=today) for name, value in told.items()}


def in_words(value: Any, people: dict[UUID, str], *, today: date) -> str:
    match value:
        case Enum():
            return say(value)
        case datetime():
            return ""
        case date():
            return say_day(value, today=today)
        case Decimal():
            return say_money(value)
        case UUID():
            return people.get(value, phrase("Who", "somebody"))
        case Proof(kind=kind):
            return say(kind)
        case Span():
            return say_span(value)
        case PlaybookRef():
            return f"{value.id} · {value.version}"
        case tuple():
            return phrase("Who", "and").join(say(each) for each in value)
        case str() | int() if not isinstance(value, bool):
            return str(value)
        case _:
            return ""


def said(event: Event) -> Iterable[Words]:
    """The words that stand in the event itself; a complaint has its own place on the page, and a
    mail server's receipt stands with the filing that it proves.
    """
    for field in fields(event):
        match getattr(event, field.name):
            case Complaint():
                continue
            case Words() as words:
                yield words
            case Proof(kind=kind, reference=reference) if kind is not ProofKind.SMTP:
                yield reference


def once(words: Iterable[Words]) -> tuple[Words, ...]:
    """A number that proves a filing is often its number too."""
    return tuple({each.text or each.id: each for each in words}.values())


def names(view: CaseView) -> dict[UUID, str]:
    """Whom the events name; the view knows those who acted themselves, and the assignee."""
    known = {
        UUID(each.actor.removeprefix("person:")): each.actor_name
        for each in view.events
        if each.actor_name and each.actor.startswith("person:")
    }
    if view.case.assignee and view.assignee_name:
        known[view.case.assignee] = view.assignee_name
    return known
