"""The staircase of one case: five stairs, what happened at each, and which are shut and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.lifecycle.bells import local_day
from services.lifecycle.case import Case
from services.lifecycle.facts import Filing
from services.lifecycle.kinds import Door, FilingState, Stage, Verdict
from services.lifecycle.next_door import may_choose_mediation, shut
from services.lifecycle.parse import LADDER
from services.lifecycle.playbook import Playbook
from services.lifecycle.refusals import Why
from services.wording.numbers import parts_of
from services.wording.say import phrase
from services.wording.standing import say_short, say_state, state_of

UNUSED = (FilingState.OWED, FilingState.PASSED)
ANSWERED = (FilingState.ANSWERED, FilingState.REFUSED, FilingState.DONE)


class Stand(StrEnum):
    """How a stair looks: behind us, ours, ahead, shut with a reason, or left out."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    SHUT = "off"
    SKIPPED = "skipped"


class Mark(StrEnum):
    """What happened at a door, as a sign of its own shape and a word or two beside it."""

    OWED = "owed"
    SENT = "sent"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    REFUSED = "refused"
    DONE = "done"
    PASSED = "passed"
    BEFORE_US = "before_us"
    SILENT = "silent"
    """Filed, and the case went on without an answer on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stair:
    """`report` is a 举报, which stands beside the regulator's stair and never moves the ball."""

    number: int
    door: Door
    stand: Stand
    filing: Filing | None = None
    why: Why | None = None
    report: Filing | None = None

    @property
    def mark(self) -> Mark | None:
        return mark_of(self.filing, here=self.stand is Stand.NOW) if self.filing else None

    @property
    def result(self) -> str:
        """In a word or two: how the door answered, else what happened to the filing there."""
        verdict = self.filing.verdict if self.filing else None
        if verdict and verdict is not Verdict.ACCEPTED and self.mark in (*ANSWERED, Mark.ANSWERED):
            return phrase("Result", f"verdict.{verdict.value}")
        return phrase("Result", self.mark.value) if self.mark else ""

    def told(self, today: date | None) -> str:
        """The whole of it in a line: what was filed and when, why it is shut, or when it opens."""
        if self.filing and self.mark:
            here = self.stand is Stand.NOW
            return told_of_filing(self.filing, self.mark, today=today, here=here)
        if self.why:
            return phrase("WhyShut", self.why.value)
        return phrase("Opens", self.door.value) if self.stand is Stand.NEXT else ""


def stairs(case: Case, playbook: Playbook) -> tuple[Stair, ...]:
    return tuple(stair(case, playbook, door, n) for n, door in enumerate(LADDER, 1))


def ahead() -> tuple[Stair, ...]:
    """The ladder without a case: how it works."""
    return tuple(Stair(number=n, door=door, stand=Stand.NEXT) for n, door in enumerate(LADDER, 1))


def stair(case: Case, playbook: Playbook, door: Door, number: int) -> Stair:
    filing, why = used_at(case, door), barred(case, playbook, door)
    if door is case.door and case.stage is not Stage.CLOSED:
        stand, why = Stand.NOW, None
    elif filing is not None:
        stand, why = Stand.DONE, None
    elif playbook.rung(door) is None or (why is None and is_behind(case, door)):
        stand = Stand.SKIPPED
    else:
        stand = Stand.SHUT if why else Stand.NEXT
    report = case.filing_at(Door.REPORT) if door is Door.REGULATOR else None
    return Stair(number=number, door=door, stand=stand, filing=filing, why=why, report=report)


def used_at(case: Case, door: Door) -> Filing | None:
    """A door above ours that was opened and never used stands open again, or is shut."""
    filing = case.filing_at(door)
    unused = filing is not None and filing.state in UNUSED and not filing.before_us
    return None if unused and is_ahead(case, door) else filing


def barred(case: Case, playbook: Playbook, door: Door) -> Why | None:
    """Mediation and the regulator's 投诉 exclude each other; a purpose can shut a door too."""
    rung = playbook.rung(door)
    if rung is None:
        return Why.NO_MEDIATION_HERE if door is Door.ASSOCIATION else Why.DOOR_NOT_IN_PLAYBOOK
    if why := shut(case, rung):
        return why
    if door is Door.ASSOCIATION and not may_choose_mediation(case, playbook):
        return Why.REGULATOR_HAS_IT
    return None


def is_behind(case: Case, door: Door) -> bool:
    return case.door is not None and LADDER.index(door) < LADDER.index(case.door)


def is_ahead(case: Case, door: Door) -> bool:
    return case.door is not None and LADDER.index(door) > LADDER.index(case.door)


def mark_of(filing: Filing, *, here: bool) -> Mark:
    """What was owed when the case moved on was not used; what was filed then, not answered."""
    if filing.before_us:
        return Mark.BEFORE_US
    if filing.owed and not here:
        return Mark.PASSED
    if filing.filed and not here:
        return Mark.SILENT
    return Mark(state_of(filing)[0])


def told_of_filing(filing: Filing, mark: Mark, *, today: date | None, here: bool = False) -> str:
    """Of a door behind us its dates, for its result stands beside; of ours, what happened last."""
    if here and filing.turned_at and mark not in (Mark.OWED, Mark.BEFORE_US):
        return say_state(mark.value, filing.door, on=local_day(filing.turned_at), today=today)
    if mark is Mark.PASSED:
        return say_state(mark.value, filing.door)
    if mark in (Mark.ACCEPTED, Mark.RECEIVED):
        state, on = state_of(filing)
        return say_state(state, filing.door, on=on, today=today)
    if mark in (Mark.SENT, Mark.SILENT):
        return say_state(Mark.SENT.value, filing.door, on=filing.sent_on, today=today)
    return between(filing, mark, today=today) or say_state(mark.value, filing.door)


def between(filing: Filing, mark: Mark, *, today: date | None) -> str:
    """From the day it was filed to the day it was answered."""
    if filing.sent_on is None or mark is Mark.OWED:
        return ""
    last = local_day(filing.turned_at) if filing.turned_at else filing.sent_on
    if mark is Mark.BEFORE_US or last == filing.sent_on:
        return say_short(filing.sent_on, today=today)
    return say_range(filing.sent_on, last, today=today)


def say_range(first: date, last: date, *, today: date | None) -> str:
    """11月2日至9日; 10月28日至11月2日."""
    if today and (first.year, first.month) == (today.year, last.month) and last.year == today.year:
        month = parts_of(first)["month"]
        return phrase("Stairs", "range_of_month", first=first.day, last=last.day, month=month)
    told = (say_short(day, today=today) for day in (first, last))
    return phrase("Stairs", "range", **dict(zip(("first", "last"), told, strict=True)))


def open_doors(case: Case, playbook: Playbook) -> tuple[Door, ...]:
    """Where the consumer can still turn, with us or without us."""
    return tuple(s.door for s in stairs(case, playbook) if s.stand is Stand.NEXT)
