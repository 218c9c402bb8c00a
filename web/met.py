"""Dates that somebody kept: what was owed, and on the how-manieth day it was done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from services.cases.record import step
from services.cases.views import CaseView, EventView
from services.lifecycle import events as e
from services.lifecycle.agenda import agenda
from services.lifecycle.bells import Bell, BellKind, local_day
from services.lifecycle.case import Case
from services.lifecycle.deadlines import Deadline, explain
from services.lifecycle.events import Event
from services.lifecycle.playbook import Rules
from services.lifecycle.spans import Kind
from services.wording.numbers import say_day
from services.wording.ringing import title
from services.wording.say import phrase
from services.wording.spans import say_lasted, say_spans

MEETS: dict[type[Event], tuple[str, ...]] = {
    e.TakenOn: ("first_look",),
    e.Declined: ("first_look",),
    e.FilingRecorded: ("file_within",),
    e.AnswerRecorded: ("wait", "clock"),
    e.OfferAccepted: ("offer",),
    e.OfferRefused: ("offer",),
    e.Provided: ("question", "choice"),
    e.MediationAccepted: ("wish",),
    e.Fulfilled: ("promise",),
}
"""Which rule's date is kept by which act; a date that is only moved or dropped is not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """`chip` says on which day of those allowed; `line` how many there were, and the date."""

    title: str
    chip: str
    line: str


def met(view: CaseView) -> tuple[Met, ...]:
    """Latest first."""
    found = [told(bell, each, view) for each, bell in kept(view)]
    return tuple(reversed(found))


def kept(view: CaseView) -> Iterator[tuple[EventView, Bell]]:
    """Each act by hand that ended a date still running, found by folding the case anew; the events
    of one command are one moment.
    """
    case: Case | None = None
    for _, moment in groupby(view.events, key=lambda each: each.at):
        before, happened = case, tuple(moment)
        for each in happened:
            case = step(case, each.event)
        for each in happened:
            if before and case and type(each.event) in MEETS and not each.event.bell:
                yield from ((each, bell) for bell in ended(before, case, each.event, view.rules))


def ended(before: Case, after: Case, event: Event, rules: Rules) -> Iterator[Bell]:
    """What was owed before this event, for its door, and is not any more."""
    names, at = MEETS[type(event)], getattr(event, "door", None)
    running = {bell.key for bell in agenda(after, rules)}
    for bell in agenda(before, rules):
        kept = bell.rule.partition("-")[0] in names and at in (None, bell.door)
        if bell.kind is BellKind.DEADLINE and kept and bell.key not in running:
            yield bell


def told(bell: Bell, each: EventView, view: CaseView) -> Met:
    on = day_of(each)
    return Met(
        title=title(bell),
        chip=chip(bell.deadline, on=on, at=each.at),
        line=phrase(
            "Met",
            "line",
            span=say_spans(bell.deadline),
            day=say_day(on, today=local_day(view.now)),
        ),
    )


def day_of(each: EventView) -> date:
    """The day that was told to us, where one was: it is often entered later."""
    on = getattr(each.event, "on", None)
    return on if isinstance(on, date) else local_day(each.at)


def chip(deadline: Deadline, *, on: date, at: datetime) -> str:
    if deadline.last_day is None:
        start = deadline.trigger
        lasted = at - start if isinstance(start, datetime) else at - at
        return phrase("Met", "lasted", lasted=say_lasted(lasted))
    n = nth(deadline, on)
    if not n:
        return phrase("Met", "at_once" if on <= deadline.day_of_event else "early")
    return phrase("Met", "working" if deadline.span.kind is Kind.WORKING_DAYS else "day", n=n)


def nth(deadline: Deadline, on: date) -> int:
    """The number of that day in the sum, or of the last one before it that counted."""
    return max((each.number or 0 for each in explain(deadline) if each.day <= on), default=0)
