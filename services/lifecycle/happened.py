"""What every event carries; a bell that is struck, and the two events that only bells bring."""

from dataclasses import dataclass
from datetime import datetime

from services.lifecycle.kinds import Audience, Door


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """`at` is when it was recorded. `bell` is the key of the bell that rang, `due` its legal
    date.
    """

    at: datetime
    bell: str | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeBell:
    bell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDue(Happened):
    """A date comes near; these hear of it. `letter` names the wording."""

    door: Door | None
    tell: tuple[Audience, ...]
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chased(Happened):
    """A date passed; these are pressed. `alarm`: the case needs a person; `last_notice`: it may
    rest soon.
    """

    door: Door | None
    tell: tuple[Audience, ...]
    letter: str
    alarm: bool = False
    last_notice: bool = False
