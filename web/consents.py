"""What a consumer allows, each with its day and the words that were read."""

from dataclasses import dataclass
from datetime import date, datetime

from services.cases.views import CaseView
from services.lifecycle import events as e
from services.lifecycle.bells import local_day
from services.lifecycle.events import Event
from services.lifecycle.facts import ShownText
from services.lifecycle.kinds import Consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One consent as it stands. `on` is when it came to that, None where it was never given;
    `shown` is None where somebody else filed, and no text of ours is on record.
    """

    consent: Consent
    given: bool
    on: date | None = None
    shown: ShownText | None = None


def lines(view: CaseView) -> tuple[Line, ...]:
    """Every consent there is, as the latest event about it tells."""
    found = {consent: Line(consent=consent, given=False) for consent in Consent}
    for each in view.events:
        found |= {line.consent: line for line in told(each.event, at=each.at)}
    return tuple(found.values())


def told(event: Event, *, at: datetime) -> tuple[Line, ...]:
    on = local_day(at)
    match event:
        case e.Filed(complaint=complaint):
            read = {text.consent: text for text in complaint.shown}
            return tuple(
                Line(consent=each, given=True, on=on, shown=read.get(each))
                for each in complaint.consents
            )
        case e.ConsentGiven(consent=consent, shown=shown):
            return (Line(consent=consent, given=True, on=on, shown=shown),)
        case e.ConsentRevoked(consent=consent):
            return (Line(consent=consent, given=False, on=on),)
        case _:
            return ()
