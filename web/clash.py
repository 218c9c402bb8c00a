"""Somebody was quicker: what happened meanwhile, and where both wrote into the same field."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.cases.views import CaseView, EventView
from services.lifecycle import commands as c
from services.lifecycle import events as e
from services.lifecycle.bells import local_day
from services.lifecycle.commands import Command
from services.lifecycle.events import Event
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Role
from services.wording.numbers import say_day, say_money
from services.wording.say import say
from web import reading
from web.act_forms import ActForm, FormField
from web.fields import Input
from web.timeline import Row, in_words, names, row, who

PAST: dict[type[Command], type[Event]] = {
    c.Assign: e.Assigned,
    c.RecordFiling: e.FilingRecorded,
    c.RecordReceipt: e.ReceiptRecorded,
    c.ReadTheirDate: e.TheirDateRead,
    c.RecordAnswer: e.AnswerRecorded,
    c.MakeOffer: e.OfferMade,
    c.Promise: e.Promised,
    c.OpenDoor: e.DoorOpened,
    c.PassDoor: e.DoorPassed,
    c.EndMediation: e.MediationEnded,
    c.Pause: e.Paused,
    c.Extend: e.DeadlineExtended,
    c.RecordReport: e.ReportRecorded,
    c.Decline: e.Declined,
    c.Withdraw: e.Withdrawn,
    c.Close: e.Closed,
}
"""What an act leaves behind that has the same fields as its form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that both filled, as each of them put it."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """`happened` since the form was made; `differences` where `by` did the very same act."""

    happened: tuple[Row, ...]
    by: str = ""
    differences: tuple[Difference, ...] = ()


def clash(shown: ActForm, view: CaseView, *, since: int, reader: Role) -> Clash:
    later = [each for each in view.events if each.seq > since]
    happened = tuple(row(each, view, reader=reader) for each in reversed(later))
    same = [each for each in later if type(each.event) is PAST.get(shown.act.command)]
    if not same:
        return Clash(happened=happened)
    return Clash(
        happened=happened,
        by=who(same[-1], reader=reader),
        differences=tuple(differences(shown, same[-1], view)),
    )


def differences(shown: ActForm, theirs: EventView, view: CaseView) -> Iterator[Difference]:
    today = local_day(view.now)
    for field in shown.fields:
        found = told(value_at(theirs.event, field.field.path), view, today=today)
        typed = as_typed(field, shown.form.value(field.field.path), today=today)
        if (found or typed) and found != typed:
            yield Difference(label=field.label, theirs=found, yours=typed)


def value_at(event: Event, path: str) -> Any:
    """What stands at `proof.kind` in an event; None where it has no such field."""
    found: Any = event
    for name in path.split("."):
        found = getattr(found, name, None)
    return found


def told(value: Any, view: CaseView, *, today: date) -> str:
    return (
        value.text or "" if isinstance(value, Words) else in_words(value, names(view), today=today)
    )


def as_typed(field: FormField, typed: str, *, today: date) -> str:
    """In the words in which the other side is told, as far as it can be read."""
    chosen = next((choice for choice in field.choices if choice.value == typed), None)
    if chosen:
        return say(chosen.code) if chosen.code else chosen.label
    match field.field.input:
        case Input.DAY:
            day = reading.day(typed, today=today, ahead=True)
            return say_day(day, today=today) if day else typed
        case Input.MONEY:
            sum_ = reading.money(typed)
            return say_money(sum_) if sum_ is not None else typed
        case _:
            return typed
