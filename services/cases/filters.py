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

Condition = And | Or | Where | WhereRaw
SOON_WORKING_DAYS: Final = 3
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """None asks nothing. `closed`: False shows what is open, True what is over, None both."""

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
    closed: bool | None = False

    @property
    def asks_for_hidden(self) -> bool:
        """Whether the answer would tell a volunteer what they may not see of a case."""
        hidden = (self.stage, self.ball, self.platform, self.paused, self.closed or None)
        return any(value is not None for value in hidden)

    def conditions(self) -> list[Condition]:
        named = {
            CaseFile.stage: self.stage,
            CaseFile.door: self.door,
            CaseFile.ball: self.ball,
            CaseFile.problem: self.problem,
            CaseFile.platform: self.platform,
            CaseFile.assignee: self.assignee,
            CaseFile.paused: self.paused,
        }
        found: list[Condition] = [
            column == (value.value if isinstance(value, str) else value)
            for column, value in named.items()
            if value is not None
        ]
        for column, given in (
            (CaseFile.overdue_since, self.overdue),
            (CaseFile.closed_at, self.closed),
        ):
            if given is not None:
                found.append(column.is_not_null() if given else column.is_null())
        if self.unassigned:
            found.append(CaseFile.assignee.is_null())
        if self.due_before:
            found.append(CaseFile.next_due < self.due_before)
        return found


def end_of_soon(today: date, calendar: Calendar) -> datetime:
    """The midnight after the third working day from today."""
    day, left = today, SOON_WORKING_DAYS
    while left:
        day += A_DAY
        left -= calendar.is_working(day)
    return midnight(day + A_DAY, ASIA_SHANGHAI) + timedelta(microseconds=1)
