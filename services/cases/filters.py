"""What a reader of the queue asks for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from piccolo.columns.combination import And, Or, Where, WhereRaw

from services.cases.tables import CaseFile
from services.lifecycle.calendars import Calendar
from services.lifecycle.deadlines import ASIA_SHANGHAI
from services.lifecycle.kinds import Ball, Door, Platform, Problem, Stage
from services.lifecycle.stillness import midnight

DUE: Final = "(case when next_due is null then 'infinity'::timestamptz else next_due end)"
"""What has no date is due last. Not `coalesce`: behind a policy PostgreSQL uses an index for
nothing that could leak, and counts that among it.
"""
Condition = And | Or | Where | WhereRaw
SOON_WORKING_DAYS: Final = 3
A_DAY: Final = timedelta(days=1)
SETS: Final = {"stage": Stage, "door": Door, "ball": Ball, "problem": Problem, "platform": Platform}
WORDS: Final = {
    column: {word.value: WhereRaw(f"{column} = '{word.value}'") for word in words}
    for column, words in SETS.items()
}
"""The words of our closed sets stand in the statement itself: so the planner knows how many cases
each holds for, and which index is short.
"""
NOTHING: Final = WhereRaw("false")


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
    contradictory: bool = False
    """Conditions that exclude each other were asked for."""

    @property
    def asks_for_hidden(self) -> bool:
        """Whether the answer would tell a volunteer what they may not see of a case."""
        hidden = (self.stage, self.ball, self.platform, self.paused, self.closed or None)
        return any(value is not None for value in hidden)

    @property
    def fits_nothing(self) -> bool:
        """What is over, and only that, is closed and nobody's turn. Where these contradictory, long
        lists would be read in vain: the planner knows how often each holds, not that one excludes
        the other.
        """
        signs = ((self.stage, Stage.CLOSED), (self.ball, Ball.NOBODY))
        return self.contradictory or any(
            given and (given is over) is not self.closed for given, over in signs
        )

    def conditions(self) -> list[Condition]:
        named = {column: getattr(self, column) for column in SETS}
        found: list[Condition] = [NOTHING] if self.fits_nothing else []
        found += [WORDS[column][word.value] for column, word in named.items() if word is not None]
        for column, given in (
            (CaseFile.overdue_since, self.overdue),
            (CaseFile.closed_at, self.closed),
        ):
            if given is not None:
                found.append(column.is_not_null() if given else column.is_null())
        if self.paused is not None:
            found.append(WhereRaw("paused" if self.paused else "not paused"))
        if self.assignee:
            found.append(CaseFile.assignee == self.assignee)
        if self.unassigned:
            found.append(CaseFile.assignee.is_null())
        if self.due_before:
            found.append(WhereRaw(DUE + " < {}", self.due_before))
        return found


def end_of_soon(today: date, calendar: Calendar) -> datetime:
    """The midnight after the third working day from today."""
    day, left = today, SOON_WORKING_DAYS
    while left:
        day += A_DAY
        left -= calendar.is_working(day)
    return midnight(day + A_DAY, ASIA_SHANGHAI) + timedelta(microseconds=1)
