"""Who must hear? The letters that an event owes to people, before anything is sent."""

from dataclasses import dataclass

from services.lifecycle import events as e
from services.lifecycle.case import Case
from services.lifecycle.events import Event
from services.lifecycle.kinds import Audience, Door, Hand, Role
from services.lifecycle.reachable import Way

DEMAND = "demand"
ANSWER_CODE = "answer_code"
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
    way: Way = Way.EMAIL


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


def react(case: Case, event: Event, *, by: Role | None = None) -> tuple[Letter, ...]:
    """`case` is as it stands after the event; `by` told it to us."""
    if by is Role.MERCHANT:
        return (*of_event(case, event), *over_the_link(event))
    return of_event(case, event)


def over_the_link(event: Event) -> tuple[Letter, ...]:
    """What staff record they know, and have told; what a merchant says by themselves is news."""
    handler = Letter(to=Audience.HANDLER, name="merchant_answered", door=Door.MERCHANT)
    if isinstance(event, e.Promised):
        return (Letter(to=Audience.CONSUMER, name="promised", door=event.door), handler)
    return (handler,)


def of_event(case: Case, event: Event) -> tuple[Letter, ...]:
    match event:
        case e.Filed(signs=(_, *_)):
            return ()
        case e.DoorOpened(door=door, hand=hand, linked=linked):
            return at_door(door, hand, linked=linked)
        case e.ConsentGiven(door=Door() as door, hand=Hand() as hand, linked=linked):
            return at_door(door, hand, linked=linked)
        case e.ConsentRevoked(door=Door() as door, hand=Hand() as hand):
            return (Letter(to=Audience.HANDLER, name="consent_revoked"), *at_door(door, hand))
        case e.ReminderDue() | e.Chased():
            return tuple(Letter(to=to, name=event.letter, door=event.door) for to in event.tell)
        case e.CodeAsked(way=way):
            return (Letter(to=Audience.CONSUMER, name=f"code_{way}", way=way),)
        case e.LinkReissued(way=Way() as way):
            return (Letter(to=Audience.CONSUMER, name=f"new_link_{way}", way=way),)
        case e.Asked(choose_door=True):
            return (Letter(to=Audience.CONSUMER, name="choose_door", door=case.door),)
        case _:
            about = getattr(event, "door", None) or case.door
            named = LETTERS.get(type(event), ())
            return tuple(Letter(to=to, name=name, door=about) for to, name in named)


def at_door(door: Door, hand: Hand, *, linked: bool | None = None) -> tuple[Letter, ...]:
    """Whoever files there is told; where mail files, the demand itself goes out. The code that
    opens the merchant's link travels apart from it.
    """
    match hand:
        case Hand.CONSUMER:
            return (Letter(to=Audience.CONSUMER, name="yours_to_file", door=door),)
        case Hand.HANDLER:
            return (Letter(to=Audience.HANDLER, name="ours_to_file", door=door),)
        case Hand.MAIL:
            to = MAILBOXES.get(door, Audience.HANDLER)
            demand = Letter(to=to, name=DEMAND, door=door, files=True)
            code = Letter(to=to, name=ANSWER_CODE, door=door)
            return (demand, code) if linked else (demand,)
