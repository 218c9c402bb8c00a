"""The one date that matters to a consumer now: how much is left, and how that is counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from services.cases.views import CaseView
from services.lifecycle.bells import SHANGHAI, Bell
from services.lifecycle.kinds import ADDRESSEE, Door
from services.lifecycle.playbook import ClockKind
from services.wording.say import phrase, vocabulary
from web import dues
from web.dues import Due, Press
from web.moments import Moment, is_yours, moment, party
from web.reckoning import clock_of

GAP = "|"
PRESSING = (Press.SOON, Press.TODAY, Press.OVER)
URGENT = (Press.TODAY, Press.OVER)
RULES = {
    Moment.RECEIVED: "first_look",
    Moment.QUESTION: "question",
    Moment.CHOOSE_DOOR: "choice",
    Moment.OFFER: "offer",
    Moment.ACCEPTED: "promise",
    Moment.PROMISE: "promise",
    Moment.PROMISE_YOURS: "promise",
    Moment.WISH: "wish.over",
    Moment.PAUSED: "pause",
}
PRESSED = frozenset({Moment.QUESTION, Moment.CHOOSE_DOOR, Moment.OFFER, Moment.PROMISE_YOURS})
WITHOUT = frozenset(
    {Moment.LOOK_LATE, Moment.OFFER_LATE, Moment.LAW_YOURS, Moment.ASSOCIATION_ENDED}
)
"""Where the day is over, or where nobody should feel pressed: whether to sue has its own time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Countdown:
    """`before` and `after` stand around the day. `tone` is warm only where the reader must act."""

    due: Due
    before: str
    after: str
    tone: str

    @property
    def note(self) -> str:
        return phrase("CountdownNote", self.due.unit.name.lower())


def countdown(view: CaseView) -> Countdown | None:
    where = moment(view)
    if where is Moment.PROMISE_DUE:
        return built(view, promised(view), "promise_due", tone="soon")
    bell = next(matters(view, where), None)
    if bell is None or where in WITHOUT:
        return None
    due = dues.of_bell(bell, now=view.now, calendar=view.rules.calendar)
    return built(view, due, sentence(view, bell), tone=tone(view, where, due))


def built(view: CaseView, due: Due, key: str, *, tone: str) -> Countdown:
    addressee = party(ADDRESSEE[view.case.door]) if view.case.door else ""
    before, _, after = phrase("Countdown", key, day=GAP, party=addressee).partition(GAP)
    return Countdown(due=due, before=before, after=after, tone=tone)


def promised(view: CaseView) -> Due:
    """A day that has passed has no bell any more."""
    assert view.case.promise
    end = datetime.combine(view.case.promise.due_on + timedelta(days=1), time(), SHANGHAI)
    return dues.days(end, now=view.now, calendar=view.rules.calendar)


def matters(view: CaseView, where: Moment) -> Iterator[Bell]:
    """The date of the moment itself, else that of the door: theirs where it is sure, then ours."""
    filing = view.case.filing
    if where in RULES:
        wanted = [RULES[where]]
    elif filing and filing.owed:
        wanted = ["file_within", "unfiled"] if is_yours(filing) else ["file_within"]
    else:
        yield from (bell for bell in view.agenda if is_theirs(view, bell))
        wanted = ["wait", "decide", "rest"]
    for rule in wanted:
        yield from (bell for bell in view.agenda if bell.rule == rule)


def is_theirs(view: CaseView, bell: Bell) -> bool:
    """An unsure number binds nobody; a date read from their own page does."""
    clock = clock_of(view, bell) if bell.rule.startswith("clock-") else None
    return clock is not None and (clock.source.sure or is_read(view, bell))


def is_read(view: CaseView, bell: Bell) -> bool:
    filing = view.case.filing
    return filing is not None and filing.their_date is not None and bell.of is not ClockKind.OWN


def sentence(view: CaseView, bell: Bell) -> str:
    """Which sentence stands around the day."""
    match bell.rule:
        case "file_within":
            return said_of_filing(view)
        case "unfiled":
            return "last"
        case "wish.over":
            return "wish"
        case "wait":
            return "mediation" if bell.door is Door.ASSOCIATION else "wait"
        case rule if rule.startswith("clock-") and is_read(view, bell):
            return "page"
        case rule:
            return rule if rule in vocabulary()["Countdown"] else "theirs"


def said_of_filing(view: CaseView) -> str:
    if is_yours(view.case.filing):
        return "yours"
    return "ours.merchant" if view.case.door is Door.MERCHANT else "ours"


def tone(view: CaseView, where: Moment, due: Due) -> str:
    """Warm means act: never for what we or others have to do."""
    asked = where in PRESSED or (where not in RULES and is_yours(view.case.filing))
    if not asked or due.press not in PRESSING:
        return "calm"
    return "over" if due.press in URGENT else "soon"
