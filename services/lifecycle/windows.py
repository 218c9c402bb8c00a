"""The clocks that began before us: which doors are still open, which are shut, and how sure that
is. Advice, never a gate: nothing is refused for being late.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from services.lifecycle.calendars import Calendar
from services.lifecycle.deadlines import Deadline, deadline
from services.lifecycle.facts import Order
from services.lifecycle.kinds import Problem, Purpose
from services.lifecycle.playbook import Playbook, Window
from services.lifecycle.spans import Kind

CONSUMER_LAW: Final = "消费者权益保护法"


class Standing(StrEnum):
    OPEN = "open"
    PERHAPS_SHUT = "perhaps_shut"
    """By a rule that we are not sure of: worth a try."""
    SHUT = "shut"
    NOT_YOURS = "not_yours"
    NO_DAY = "no_day"


ORDER: Final = tuple(Standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorTime:
    """`last_day` is the last on which the door is open; `by_receipt`: counted from the day of
    receipt, the earlier one, as the day on which the trade was completed is not known.
    """

    window: Window
    standing: Standing
    last_day: date | None = None
    days_left: int | None = None
    by_receipt: bool = False
    provisional: bool = False


def door_times(
    playbook: Playbook, order: Order, *, problem: Problem | None, today: date, calendar: Calendar
) -> tuple[DoorTime, ...]:
    """What shuts first comes first; then what is shut, is not for this purchase, or has no day."""
    found = [
        door_time(playbook, window, order, today=today, calendar=calendar)
        for window in playbook.windows
        if window.problems is None or problem in window.problems
    ]
    return tuple(sorted(found, key=lambda d: (ORDER.index(d.standing), d.last_day or date.max)))


def door_time(
    playbook: Playbook, window: Window, order: Order, *, today: date, calendar: Calendar
) -> DoorTime:
    if is_not_theirs(playbook, window, order.purpose):
        return DoorTime(window=window, standing=Standing.NOT_YOURS)
    own: date | None = getattr(order, window.start)
    begins = own or (order.received_on if window.start == "completed_on" else None)
    clock = window.clock
    if begins is None or clock.span.kind is Kind.ELAPSED:
        return DoorTime(window=window, standing=Standing.NO_DAY)
    end = deadline(begins, clock.span, calendar=calendar, roll=clock.roll)
    assert end is not None, "only a pause holds a clock, and here is none"
    last_day = end.last_day
    assert last_day is not None, "days have a last one"
    return DoorTime(
        window=window,
        standing=standing(window, end, today=today),
        last_day=last_day,
        days_left=(last_day - today).days,
        by_receipt=own is None,
        provisional=end.provisional,
    )


def standing(window: Window, end: Deadline, *, today: date) -> Standing:
    if end.last_day is None or today <= end.last_day:
        return Standing.OPEN
    return Standing.SHUT if window.clock.source.sure else Standing.PERHAPS_SHUT


def is_not_theirs(playbook: Playbook, window: Window, purpose: Purpose) -> bool:
    """A door shut for such a purchase, or a right that consumers have (消费者权益保护法 2)."""
    rung = playbook.rung(window.door)
    shut = rung is not None and purpose in rung.closed_to
    return shut or (window.clock.basis.startswith(CONSUMER_LAW) and purpose is Purpose.RESALE)
