"""Speaking with people: what is noted, what is refused, and the day that is remembered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.lifecycle import commands as c
from services.lifecycle.agenda import agenda
from services.lifecycle.bells import Bell
from services.lifecycle.case import Case
from services.lifecycle.contacts import Contact, ContactKind, ContactOutcome, Party
from services.lifecycle.decide import CLOCK
from services.lifecycle.events import Noted
from services.lifecycle.kinds import Audience, Ball, Reason, Stage
from services.lifecycle.refusals import Refused, Why
from services.lifecycle.rehearse import rehearse
from services.lifecycle.wire import command_from, event_from, plain
from tests.lifecycle.cast import (
    MONDAY,
    RULES,
    VERA,
    day,
    filed,
    give,
    sent,
    strike,
    taken_on,
    told,
    words,
)

THURSDAY = date(2026, 11, 5)


def call(**more: Any) -> Contact:
    return Contact(kind=ContactKind.CALL, whom=Party.CONSUMER, **more)


def to_call_again(case: Case, on: date = THURSDAY) -> Case:
    return give(case, c.Note(contact=call(outcome=ContactOutcome.ARRANGED, again_on=on)))


def reminder(case: Case) -> Bell | None:
    return next((bell for bell in agenda(case, RULES) if bell.rule == "contact"), None)


def refusal(case: Case, note: c.Note) -> Why:
    with pytest.raises(Refused) as refused:
        told(case, note)
    return refused.value.why


def test_a_call_is_logged_without_a_word_and_by_a_volunteer() -> None:
    note = c.Note(contact=call(outcome=ContactOutcome.NO_ANSWER))

    (noted,) = told(filed(), note, by=VERA)

    assert noted.contact == call(outcome=ContactOutcome.NO_ANSWER)
    assert noted.text is None


def test_a_note_says_something_or_what_came_of_a_contact() -> None:
    assert refusal(filed(), c.Note()) is Why.TEXT_MISSING
    assert refusal(filed(), c.Note(contact=call())) is Why.TEXT_MISSING


def test_what_was_arranged_has_its_day_and_the_day_lies_ahead() -> None:
    arranged = call(outcome=ContactOutcome.ARRANGED)
    yesterday = call(again_on=date(2026, 11, 1))

    assert refusal(filed(), c.Note(contact=arranged)) is Why.DAY_MISSING
    assert refusal(filed(), c.Note(contact=yesterday)) is Why.IN_THE_PAST


def test_the_handler_is_reminded_in_the_morning_of_the_day() -> None:
    bell = reminder(to_call_again(filed()))

    assert bell is not None
    assert bell.due == datetime(2026, 11, 5, 1, 0, tzinfo=UTC)
    assert bell.tell == (Audience.HANDLER,)
    assert bell.moves_to is None


def test_a_contact_later_today_is_remembered_at_once_and_not_before_it_was_noted() -> None:
    case = to_call_again(filed(), on=MONDAY.date())

    bell = reminder(case)

    assert bell is not None
    assert bell.due == MONDAY


def test_the_reminder_rings_once() -> None:
    case = to_call_again(filed())
    bell = reminder(case)
    assert bell is not None

    rung = strike(case, bell.key, now=bell.due)

    assert reminder(rung) is None
    assert told(rung, c.StrikeBell(bell=bell.key), by=CLOCK, now=bell.due) == ()


def test_neither_a_pause_nor_a_move_shifts_the_day() -> None:
    case = to_call_again(taken_on())
    before = reminder(case)

    paused = give(case, c.Pause(holder=Ball.CONSUMER, reason=Reason.APPRAISAL))
    moved = give(case, c.PassDoor(reason=Reason.NOT_USEFUL))

    assert reminder(paused) == before
    assert reminder(moved) == before


def test_a_climb_does_not_wait_for_it() -> None:
    far = to_call_again(sent(taken_on()), on=date(2026, 12, 24))

    steps = rehearse(far, RULES, now=MONDAY, until=day(20))

    assert Stage.ESCALATED_TO_PLATFORM in {step.stage for step in steps}


def test_what_was_arranged_ends_with_the_case_and_nothing_is_arranged_after_it() -> None:
    closed = give(to_call_again(filed()), c.Withdraw(reason=Reason.CHANGED_MIND))
    reopened = give(closed, c.Reopen(text=words()), now=day(5))

    assert refusal(closed, c.Note(contact=call(again_on=THURSDAY))) is Why.NOT_IN_THIS_STAGE
    assert reminder(reopened) is None


def test_a_note_of_old_is_read_and_written_as_ever() -> None:
    body = {"at": MONDAY.isoformat(), "text": {"id": str(VERA.person), "digest": "ab"}}

    noted = event_from("noted", body)

    assert isinstance(noted, Noted)
    assert noted.contact is None
    assert plain(noted) == body
    assert plain(command_from("note", {"text": "hello"})) == {"text": "hello"}
    assert "appointments" not in plain(give(filed(), c.Note(text=words())))


def test_a_contact_survives_the_wire() -> None:
    contact = call(outcome=ContactOutcome.ARRANGED, again_on=THURSDAY)
    noted = Noted(at=MONDAY + timedelta(hours=1), contact=contact)

    assert event_from("noted", plain(noted)) == noted
    assert replace(noted, contact=None) != noted
