"""A case played through with an imagined clock: the forecast, the preview and the tests are this
one function.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.lifecycle import commands as c
from services.lifecycle.agenda import agenda
from services.lifecycle.bells import local_day
from services.lifecycle.case import Case
from services.lifecycle.commands import Command
from services.lifecycle.decide import CLOCK, Actor, decide
from services.lifecycle.events import DoorOpened, Event, Filed
from services.lifecycle.evolve import born, evolve
from services.lifecycle.facts import Proof, Words
from services.lifecycle.kinds import Ball, Door, FilingState, Hand, ProofKind, Role, Stage
from services.lifecycle.playbook import Rules

STEPS_MAX = 500
MANAGER = Actor(role=Role.MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a script: somebody is imagined to give this command at this moment."""

    at: datetime
    command: Command
    by: Actor = MANAGER


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One event of the play and how the case stands after it. `because` is the bell's rule or
    the command.
    """

    at: datetime
    event: Event
    stage: Stage
    filing: FilingState | None
    ball: Ball
    door: Door | None
    because: str
    provisional: bool


def rehearse(
    case: Case | None,
    rules: Rules,
    *,
    now: datetime,
    until: datetime,
    script: Sequence[Line] = (),
    steps_max: int = STEPS_MAX,
) -> tuple[Step, ...]:
    """Without a script nobody acts, except that mail is imagined to be accepted by its server.
    Raises `Refused`.
    """
    steps: list[Step] = []
    lines = sorted(script, key=lambda line: line.at)
    while len(steps) < steps_max:
        bell = next(iter(agenda(case, rules)), None) if case else None
        moment = max(bell.due, now) if bell else None
        if lines and (moment is None or lines[0].at <= moment):
            line = lines.pop(0)
            now, command, by = max(now, line.at), line.command, line.by
            because, provisional = type(command).__name__, False
        elif bell and moment and moment <= until:
            now, command, by = moment, c.StrikeBell(bell=bell.key), CLOCK
            because, provisional = bell.rule, bell.provisional
        else:
            break
        case = played(
            case, command, by, steps, rules, now=now, because=because, provisional=provisional
        )
    return tuple(steps)


def played(
    case: Case | None,
    command: Command,
    by: Actor,
    steps: list[Step],
    rules: Rules,
    *,
    now: datetime,
    because: str,
    provisional: bool,
) -> Case:
    events = decide(case, command, by=by, now=now, rules=rules)
    for event in events:
        if isinstance(event, Filed):
            case = born(event)
        else:
            assert case is not None
            case = evolve(case, event)
        steps.append(step(case, event, because=because, provisional=provisional))
    assert case is not None
    for event in events:
        if isinstance(event, DoorOpened) and event.hand is Hand.MAIL:
            sent = dispatched(event)
            case = played(
                case, sent, CLOCK, steps, rules, now=now, because="mail", provisional=False
            )
    return case


def step(case: Case, event: Event, *, because: str, provisional: bool) -> Step:
    return Step(
        at=event.at,
        event=event,
        stage=case.stage,
        filing=case.filing.state if case.filing else None,
        ball=case.ball,
        door=case.door,
        because=because,
        provisional=provisional,
    )


def dispatched(event: DoorOpened) -> c.RecordFiling:
    """What the mail room says once the server has accepted the letter."""
    proof = Proof(kind=ProofKind.SMTP, reference=Words(text="…"))
    return c.RecordFiling(door=event.door, on=local_day(event.at), proof=proof)
