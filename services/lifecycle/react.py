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


def react(case: Case, event: Event) -> tuple[Letter, ...]:
    """`case` is as it stands after the event."""
    match event:
        case e.Filed():
            return (
                Letter(to=Audience.CONSUMER, name="received"),
                Letter(to=Audience.HANDLER, name="new_case"),
            )
        case e.DoorOpened():
            return at_door(event)
        case e.ReminderDue() | e.Chased():
            return tuple(Letter(to=to, name=event.letter, door=event.door) for to in event.tell)
        case e.Asked(choose_door=choose):
            return (
                Letter(
                    to=Audience.CONSUMER,
                    name="choose_door" if choose else "question",
                    door=case.door,
                ),
            )
        case e.Assigned() | e.Taken() | e.Provided() | e.Noted() | e.Corrected() | e.LinkReissued():
            return (
                (Letter(to=Audience.HANDLER, name="provided"),)
                if isinstance(event, e.Provided)
                else ()
            )
        case e.FilingRecorded(door=door) | e.AnswerRecorded(door=door):
            name = "filed" if isinstance(event, e.FilingRecorded) else "answered"
            return (Letter(to=Audience.CONSUMER, name=name, door=door),)
        case e.OfferMade(door=door):
            return (Letter(to=Audience.CONSUMER, name="offer", door=door),)
        case e.OfferAccepted() | e.OfferRefused() | e.PromiseBroken():
            return (Letter(to=Audience.HANDLER, name=f"{name_of(event)}", door=case.door),)
        case (
            e.MediationAccepted()
            | e.Declined()
            | e.Closed()
            | e.Reopened()
            | e.Paused()
            | e.Resumed()
        ):
            return (Letter(to=Audience.CONSUMER, name=name_of(event), door=case.door),)
        case _:
            return ()


def at_door(event: e.DoorOpened) -> tuple[Letter, ...]:
    """Whoever files there is told; where mail files, the demand itself goes out."""
    match event.hand:
        case Hand.CONSUMER:
            return (Letter(to=Audience.CONSUMER, name="yours_to_file", door=event.door),)
        case Hand.HANDLER:
            return (Letter(to=Audience.HANDLER, name="ours_to_file", door=event.door),)
        case Hand.MAIL:
            to = MAILBOXES.get(event.door, Audience.HANDLER)
            return (Letter(to=to, name=DEMAND, door=event.door, files=True),)


LETTER_NAMES: dict[type[Event], str] = {
    e.OfferAccepted: "offer_accepted",
    e.OfferRefused: "offer_refused",
    e.PromiseBroken: "promise_broken",
    e.MediationAccepted: "mediation_accepted",
    e.Declined: "declined",
    e.Closed: "closed",
    e.Reopened: "reopened",
    e.Paused: "paused",
    e.Resumed: "resumed",
}


def name_of(event: Event) -> str:
    return LETTER_NAMES[type(event)]
