"""What a bell comes to when it rings: it reminds, presses, or moves our own case; it claims
nothing of others.
"""

from datetime import datetime
from typing import assert_never

from services.lifecycle import events as e
from services.lifecycle.agenda import agenda
from services.lifecycle.bells import Act, Bell
from services.lifecycle.case import Case
from services.lifecycle.decide_intake import open_door, to_first_door
from services.lifecycle.events import Event
from services.lifecycle.kinds import Outcome, Reason
from services.lifecycle.next_door import next_door
from services.lifecycle.playbook import Rules


def strike(case: Case, key: str, *, now: datetime, rules: Rules) -> tuple[Event, ...]:
    """A bell that is settled, re-dated or already struck comes to nothing: late bells are
    normal.
    """
    bell = next((b for b in agenda(case, rules) if b.key == key), None)
    return rung_out(case, bell, now=now, rules=rules) if bell and bell.due <= now else ()


def rung_out(case: Case, bell: Bell, *, now: datetime, rules: Rules) -> tuple[Event, ...]:
    rung = next_door(case, rules.playbook)
    match bell.act:
        case Act.REMIND:
            return (reminded(bell, now=now),)
        case Act.CHASE | Act.ALARM | Act.LAST_NOTICE:
            return (chased(bell, now=now),)
        case Act.FORWARD:
            taken = e.TakenOn(at=now, bell=bell.key, due=bell.due)
            return (taken, *to_first_door(case, now=now, rules=rules))
        case Act.ASK:
            return (
                e.Asked(
                    at=now, bell=bell.key, due=bell.due, text=None, blocking=True, choose_door=True
                ),
            )
        case Act.CLIMB:
            assert rung is not None
            return (open_door(case, rung, now=now, rules=rules, bell=bell.key, due=bell.due),)
        case Act.PASS:
            assert rung is not None
            assert bell.door is not None
            passed = e.DoorPassed(
                at=now, bell=bell.key, due=bell.due, door=bell.door, reason=Reason.NOBODY_FILED
            )
            return (passed, open_door(case, rung, now=now, rules=rules))
        case Act.RESUME:
            return (e.Resumed(at=now, bell=bell.key, due=bell.due),)
        case Act.REST:
            return (e.Closed(at=now, bell=bell.key, due=bell.due, outcome=Outcome.NOT_PURSUED),)
        case _:
            assert_never(bell.act)


def reminded(bell: Bell, *, now: datetime) -> e.ReminderDue:
    return e.ReminderDue(
        at=now, bell=bell.key, due=bell.due, door=bell.door, tell=bell.tell, letter=bell.letter
    )


def chased(bell: Bell, *, now: datetime) -> e.Chased:
    return e.Chased(
        at=now,
        bell=bell.key,
        due=bell.due,
        door=bell.door,
        tell=bell.tell,
        letter=bell.letter,
        alarm=bell.act is Act.ALARM,
        last_notice=bell.act is Act.LAST_NOTICE,
    )
