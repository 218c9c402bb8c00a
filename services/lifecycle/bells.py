"""A bell: one wake-up of one case, why it rings, and what the law does when it does."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from services.lifecycle.case import Case
from services.lifecycle.deadlines import Deadline, Pause, deadline
from services.lifecycle.kinds import Audience, Door, Stage
from services.lifecycle.playbook import ClockKind, Rules
from services.lifecycle.spans import Roll, Span, Unit

SHANGHAI = ZoneInfo("Asia/Shanghai")


class BellKind(StrEnum):
    REMINDER = "reminder"
    CHASER = "chaser"
    DEADLINE = "deadline"


class Act(StrEnum):
    """What a bell does. It never records that anything was sent, accepted or refused."""

    REMIND = "remind"
    CHASE = "chase"
    ALARM = "alarm"
    FORWARD = "forward"
    CLIMB = "climb"
    ASK = "ask"
    PASS = "pass"
    LAST_NOTICE = "last_notice"
    REST = "rest"
    RESUME = "resume"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """`key` is stable while its trigger is: re-dated it is the same bell. `due` is an exclusive
    end.
    """

    key: str
    kind: BellKind
    act: Act
    rule: str
    door: Door | None
    deadline: Deadline
    due: datetime
    of: ClockKind = ClockKind.OWN
    tell: tuple[Audience, ...] = ()
    letter: str = ""
    moves_to: Stage | None = None

    @property
    def provisional(self) -> bool:
        return self.deadline.provisional


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """The moment a clock runs from: event `seq` at an instant, or on a day told to us."""

    seq: int
    at: datetime
    on: date | None = None

    def start(self, span: Span) -> datetime | date:
        if is_elapsed(span):
            return self.at
        return self.on or local_day(self.at)


def is_elapsed(span: Span) -> bool:
    """Minutes and hours run from an instant; everything else counts days."""
    return span.unit in (Unit.MINUTES, Unit.HOURS)


def local_day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


def key_of(door: Door | None, rule: str, seq: int) -> str:
    return f"{door or 'case'}/{rule}/{seq}"


Link = tuple[str, Span]
"""One span of a chain and the rule that it belongs to; the last link gives the bell its name."""


def ring(
    case: Case,
    rules: Rules,
    trigger: Trigger,
    *chain: Link,
    act: Act,
    kind: BellKind | None = None,
    door: Door | None = None,
    of: ClockKind = ClockKind.OWN,
    roll: Roll = Roll.NONE,
    pausable: bool = True,
    tell: tuple[Audience, ...] = (),
    letter: str = "",
    moves_to: Stage | None = None,
    floor: datetime | None = None,
) -> Bell | None:
    """The bell at the end of these spans, one after another, and not before `floor`.

    None while a pause of ours holds its clock. An extension lengthens its own link, and with it
    all bells further down the chain.
    """
    rule = chain[-1][0]
    end = end_of(case, rules, trigger, chain, door=door, roll=roll, pausable=pausable)
    if end is None:
        return None
    return Bell(
        key=key_of(door, rule, trigger.seq),
        kind=kind or (BellKind.REMINDER if act is Act.REMIND else BellKind.CHASER),
        act=act,
        rule=rule,
        door=door,
        deadline=end,
        due=max(end.due, floor) if floor else end.due,
        of=of,
        tell=tell,
        letter=letter,
        moves_to=moves_to,
    )


def end_of(
    case: Case,
    rules: Rules,
    trigger: Trigger,
    chain: tuple[Link, ...],
    *,
    door: Door | None,
    roll: Roll,
    pausable: bool,
) -> Deadline | None:
    pauses = [Pause(start=p.since, end=p.until) for p in case.pauses] if pausable else []
    start, end = trigger.start(chain[0][1]), None
    for name, span in chain:
        if end:
            start = end.due if is_elapsed(span) else end.last_day or local_day(end.due)
        key = key_of(door, name, trigger.seq)
        extra = [Span.parse(e.span) for e in case.extensions if e.bell == key]
        end = deadline(
            start, span, calendar=rules.calendar, roll=roll, pauses=pauses, extensions=extra
        )
        if end is None:
            return None
    return end
