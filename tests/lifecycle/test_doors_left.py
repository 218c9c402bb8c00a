"""What is left behind unfiled was not used; what cannot be done is not offered."""

from dataclasses import replace

from services.lifecycle import commands as c
from services.lifecycle.commands import Command
from services.lifecycle.events import DoorPassed
from services.lifecycle.facts import Order
from services.lifecycle.kinds import Door, FilingState, Purpose, Reason, Role
from services.lifecycle.permissions import allowed
from tests.lifecycle.cast import (
    PLAIN_RULES,
    RULES,
    at_platform,
    at_regulator,
    give,
    sent,
    taken_on,
    told,
)

WAYS_ON: tuple[Command, ...] = (
    c.OpenDoor(door=Door.PLATFORM),
    c.AcceptMediation(confirmed=True),
    c.GoToLaw(),
)


def test_whoever_moves_on_passes_the_door_where_nobody_filed() -> None:
    for way in WAYS_ON:
        events = told(taken_on(), way)

        passed = [event for event in events if isinstance(event, DoorPassed)]
        assert [(p.door, p.reason) for p in passed] == [(Door.MERCHANT, Reason.NOBODY_FILED)], way
        assert give(taken_on(), way).filing_at(Door.MERCHANT).state is FilingState.PASSED


def test_a_door_where_something_was_filed_is_not_passed_by_moving_on() -> None:
    for way in WAYS_ON:
        events = told(sent(taken_on()), way)

        assert not [event for event in events if isinstance(event, DoorPassed)], way


def test_mediation_is_offered_only_where_the_playbook_has_its_stair() -> None:
    case = at_platform()

    assert c.AcceptMediation in allowed(case, Role.MANAGER, RULES.playbook)
    assert c.AcceptMediation not in allowed(case, Role.MANAGER, PLAIN_RULES.playbook)


def test_mediation_is_not_offered_once_the_regulator_has_the_complaint() -> None:
    owed = at_regulator()
    filed = sent(owed, Door.REGULATOR)

    assert c.AcceptMediation in allowed(owed, Role.MANAGER, RULES.playbook)
    assert c.AcceptMediation not in allowed(filed, Role.MANAGER, RULES.playbook)


def test_no_other_door_is_offered_where_none_is_open() -> None:
    short = replace(PLAIN_RULES.playbook, rungs=PLAIN_RULES.playbook.rungs[::2][:2])
    resale = taken_on(order=Order(purpose=Purpose.RESALE))

    assert c.OpenDoor not in allowed(resale, Role.MANAGER, short)
    assert c.OpenDoor in allowed(resale, Role.MANAGER, PLAIN_RULES.playbook)
    assert c.PassDoor not in allowed(sent(taken_on()), Role.MANAGER, PLAIN_RULES.playbook)
