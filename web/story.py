"""What happened, told to the consumer: “you” are the reader, and of us there is the association."""

from dataclasses import replace

from services.cases.views import CaseView, EventView
from services.lifecycle import events as e
from services.lifecycle.bells import local_day
from services.lifecycle.events import Event
from services.lifecycle.kinds import Ball, Door, Role
from services.wording.say import phrase, vocabulary
from web.timeline import ICONS, Row, gaps, key, row, tell

GROUP = "ForConsumer"


def story(view: CaseView) -> tuple[Row, ...]:
    """Newest first. Each sentence names who acted, so that no second line has to."""
    return tuple(entry(each, view) for each in reversed(view.events))


def entry(each: EventView, view: CaseView) -> Row:
    told = row(each, view, reader=Role.CONSUMER)
    side = side_of(each.event) or told.side
    return replace(
        told,
        told=in_words(each.event, view),
        who="",
        side=side,
        icon=ICONS[side],
    )


def side_of(event: Event) -> str | None:
    """Whose doing it is, where somebody else put it on record."""
    match event:
        case e.OfferMade(party=Ball.MERCHANT) | e.Promised(promisor=Ball.MERCHANT):
            return "merchant"
        case e.AnswerRecorded(door=Door.MERCHANT):
            return "merchant"
        case _:
            return None


def in_words(event: Event, view: CaseView) -> str:
    today = local_day(view.now)
    known = vocabulary()[GROUP]
    door = getattr(event, "door", None)
    found = next((k for k in (f"{key(event)}.{door}", key(event)) if k in known), None)
    if found is None:
        return tell(event, {}, today=today)
    return phrase(GROUP, found, **gaps(event, {}, today=today))
