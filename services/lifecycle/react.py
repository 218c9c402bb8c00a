"""Who must hear? The letters that an event owes to people, before anything is sent."""

from dataclasses import dataclass

from services.lifecycle import events as e
from services.lifecycle.case import Case
from services.lifecycle.events import Event
from services.lifecycle.kinds import Audience, Door, Hand

DEMAND = "demand"
MAILBOXES = {
    Door.MERCHANT: Audience.MERCHANT,
    Door.PLATFORM: Audience.PLATFORM,
    Door.REGULATOR: Audience.REGULATOR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter to one audience. `files`: its proven dispatch is the filing at this door."""

    to: Audience
    name: str
    door: Door | None = None
    files: bool = False


LETTERS: dict[type[Event], tuple[tuple[Audience, str], ...]] = {
    e.Filed: ((Audience.CONSUMER, "received"), (Audience.HANDLER, "new_case")),
    e.Asked: ((Audience.CONSUMER, "question"),),
    e.Provided: ((Audience.HANDLER, "provided"),),
    e.FilingRecorded: ((Audience.CONSUMER, "filed"),),
    e.AnswerRecorded: ((Audience.CONSUMER, "answered"),),
    e.OfferMade: ((Audience.CONSUMER, "offer"),),
    e.OfferAccepted: ((Audience.HANDLER, "offer_accepted"),),
    e.OfferRefused: ((Audience.HANDLER, "offer_refused"),),
    e.ConsentRevoked: ((Audience.HANDLER, "consent_revoked"),),
    e.PromiseBroken: ((Audience.HANDLER, "promise_broken"),),
    e.MediationAccepted: ((Audience.CONSUMER, "mediation_accepted"),),
    e.Declined: ((Audience.CONSUMER, "declined"),),
    e.Closed: ((Audience.CONSUMER, "closed"),),
    e.Reopened: ((Audience.CONSUMER, "reopened"),),
    e.Paused: ((Audience.CONSUMER, "paused"),),
    e.Resumed: ((Audience.CONSUMER, "resumed"),),
}
"""Who hears of what; an event that is not named here is told to nobody."""


def react(case: Case, event: Event) -> tuple[Letter, ...]:
    """`case` is as it stands after the event."""
    match event:
        case e.DoorOpened(door=door, hand=hand):
            return at_door(door, hand)
        case e.ConsentGiven(door=Door() as door, hand=Hand() as hand):
            return at_door(door, hand)
        case e.ConsentRevoked(door=Door() as door, hand=Hand() as hand):
            return (Letter(to=Audience.HANDLER, name="consent_revoked"), *at_door(door, hand))
        case e.ReminderDue() | e.Chased():
            return tuple(Letter(to=to, name=event.letter, door=event.door) for to in event.tell)
        case e.Asked(choose_door=True):
            return (Letter(to=Audience.CONSUMER, name="choose_door", door=case.door),)
        case _:
            about = getattr(event, "door", None) or case.door
            named = LETTERS.get(type(event), ())
            return tuple(Letter(to=to, name=name, door=about) for to, name in named)


def at_door(door: Door, hand: Hand) -> tuple[Letter, ...]:
    """Whoever files there is told; where mail files, the demand itself goes out."""
    match hand:
        case Hand.CONSUMER:
            return (Letter(to=Audience.CONSUMER, name="yours_to_file", door=door),)
        case Hand.HANDLER:
            return (Letter(to=Audience.HANDLER, name="ours_to_file", door=door),)
        case Hand.MAIL:
            to = MAILBOXES.get(door, Audience.HANDLER)
            return (Letter(to=to, name=DEMAND, door=door, files=True),)
