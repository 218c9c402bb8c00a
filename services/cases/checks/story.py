"""A case told again from its events, with the rules that held at each step."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.cases.checks.dossier import Dossier, World
from services.cases.record import step
from services.lifecycle.case import Case
from services.lifecycle.events import Event
from services.lifecycle.kinds import Role
from services.lifecycle.playbook import Rules
from services.lifecycle.wire import WireFaults, event_from

UNTELLABLE = (WireFaults, AssertionError, LookupError, ValueError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One event, and the case before and after it."""

    before: Case | None
    event: Event
    role: Role
    after: Case


def story(dossier: Dossier) -> tuple[Turn, ...] | None:
    """None where the events do not make sense together."""
    try:
        return tuple(turns(dossier))
    except UNTELLABLE:
        return None


def turns(dossier: Dossier) -> Iterator[Turn]:
    case: Case | None = None
    for row in dossier.events:
        event = event_from(row["kind"], row["body"])
        before, case = case, step(case, event)
        yield Turn(before=before, event=event, role=Role(row["role"]), after=case)


def rules_of(case: Case, world: World) -> Rules:
    return world.house.over(world.playbooks[case.playbook], door=case.door)
