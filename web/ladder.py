"""The staircase of one case: five stairs, what happened at each, and which are shut and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.lifecycle.case import Case
from services.lifecycle.facts import Filing
from services.lifecycle.kinds import Door, FilingState, Stage
from services.lifecycle.next_door import may_choose_mediation, shut
from services.lifecycle.parse import LADDER
from services.lifecycle.playbook import Playbook
from services.lifecycle.refusals import Why
from services.wording.standing import say_state, state_of


class Stand(StrEnum):
    """How a stair looks: behind us, ours, ahead, shut with a reason, or left out."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    SHUT = "off"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stair:
    number: int
    door: Door
    stand: Stand
    filing: Filing | None = None
    why: Why | None = None

    @property
    def state(self) -> FilingState | None:
        return self.filing.state if self.filing else None

    @property
    def words(self) -> str:
        """As this door says it: a demand is sent, a complaint is filed."""
        if self.filing is None:
            return ""
        given_up = self.filing.owed and self.stand is not Stand.NOW
        return say_state("passed" if given_up else state_of(self.filing)[0], self.door)

    @property
    def on(self) -> date | None:
        """The day that a reader asks for first: when it was filed there."""
        return self.filing.sent_on if self.filing else None


def stairs(case: Case, playbook: Playbook) -> tuple[Stair, ...]:
    return tuple(stair(case, playbook, door, n) for n, door in enumerate(LADDER, 1))


def stair(case: Case, playbook: Playbook, door: Door, number: int) -> Stair:
    filing = case.filing_at(door)
    why = barred(case, playbook, door)
    if door is case.door and case.stage is not Stage.CLOSED:
        stand, why = Stand.NOW, None
    elif filing is not None:
        stand, why = Stand.DONE, None
    elif playbook.rung(door) is None or (why is None and is_behind(case, door)):
        stand = Stand.SKIPPED
    else:
        stand = Stand.SHUT if why else Stand.NEXT
    return Stair(number=number, door=door, stand=stand, filing=filing, why=why)


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


def open_doors(case: Case, playbook: Playbook) -> tuple[Door, ...]:
    """Where the consumer can still turn, with us or without us."""
    return tuple(s.door for s in stairs(case, playbook) if s.stand is Stand.NEXT)
