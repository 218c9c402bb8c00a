"""What a reader of the queue asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from services.lifecycle.calendars import Calendar
from services.lifecycle.deadlines import ASIA_SHANGHAI
from services.lifecycle.kinds import Ball, Door, Platform, Problem, Stage
from services.lifecycle.stillness import midnight

DUE: Final = "(case when next_due is null then 'infinity'::timestamptz else next_due end)"
"""What has no date is due last. Not `coalesce`: behind a policy PostgreSQL uses an index for
nothing that could leak, and counts that among it.
"""
SOON_WORKING_DAYS: Final = 3
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Condition:
    """A piece of SQL; each `?` in it stands for one of the values."""

    sql: str
    values: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """None asks nothing. `closed`: False shows what is open, True what is over."""

    stage: Stage | None = None
    door: Door | None = None
    ball: Ball | None = None
    problem: Problem | None = None
    platform: Platform | None = None
    assignee: UUID | None = None
    unassigned: bool = False
    paused: bool | None = None
    overdue: bool | None = None
    due_before: datetime | None = None
    closed: bool = False

    @property
    def asks_for_hidden(self) -> bool:
        """Whether the answer would tell a volunteer what they may not see of a case."""
        hidden = (self.stage, self.ball, self.platform, self.paused, self.closed or None)
        return any(value is not None for value in hidden)

    @property
    def fits_nothing(self) -> bool:
        """What is over, and only that, is closed and nobody's turn. Where these contradict, long
        lists would be read in vain: the planner knows how often each holds, not that one excludes
        the other.
        """
        signs = ((self.stage, Stage.CLOSED), (self.ball, Ball.NOBODY))
        return any(given and (given is over) is not self.closed for given, over in signs)

    def conditions(self) -> Iterator[Condition]:
        """Words of a closed set stand in the statement itself: so the planner knows how many cases
        they hold for, and which index is short.
        """
        if self.fits_nothing:
            yield Condition("false")
        named = {
            "stage": self.stage,
            "door": self.door,
            "ball": self.ball,
            "problem": self.problem,
            "platform": self.platform,
        }
        for column, word in named.items():
            if word is not None:
                yield Condition(f"{column} = '{word.value}'")
        for column, given in (("overdue_since", self.overdue), ("closed_at", self.closed)):
            if given is not None:
                yield Condition(f"{column} is {'not null' if given else 'null'}")
        if self.paused is not None:
            yield Condition("paused" if self.paused else "not paused")
        if self.assignee:
            yield Condition("assignee = ?", (self.assignee,))
        if self.unassigned:
            yield Condition("assignee is null")
        if self.due_before:
            yield Condition(f"{DUE} < ?", (self.due_before,))


def end_of_soon(today: date, calendar: Calendar) -> datetime:
    """The midnight after the third working day from today."""
    day, left = today, SOON_WORKING_DAYS
    while left:
        day += A_DAY
        left -= calendar.is_working(day)
    return midnight(day + A_DAY, ASIA_SHANGHAI) + timedelta(microseconds=1)
