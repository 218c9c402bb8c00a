"""A case that exists nowhere: the story of `story.toml`, decided by the law like any other, as its
readers would see it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from services.calendars.library import shipped
from services.cases.views import CaseView, EventView
from services.lifecycle.agenda import agenda
from services.lifecycle.case import Case
from services.lifecycle.decide import Actor, decide
from services.lifecycle.events import Event, Filed
from services.lifecycle.evolve import born, evolve
from services.lifecycle.facts import PlaybookRef
from services.lifecycle.kinds import Role
from services.lifecycle.playbook import Rules
from services.lifecycle.wire import command_from
from services.playbooks.library import shelf
from web.api.bodies import complaint_from

NOBODY = UUID(int=0)
SOMEBODY = UUID(int=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """The case after one step of its story, and everything that happened up to then."""

    case: Case
    events: tuple[EventView, ...]


@cache
def story() -> Mapping[str, Any]:
    return tomllib.loads((files("web.gallery") / "story.toml").read_text(encoding="utf-8"))


@cache
def rules() -> Rules:
    return Rules(
        playbook=next(book for book in shelf() if book.id == story()["playbook"]),
        calendar=shipped(),
    )


@cache
def stops() -> tuple[Stop, ...]:
    """From the filing on, one after each step."""
    found = [first()]
    for step in story()["step"]:
        found.append(after(found[-1], step))
    return tuple(found)


def first() -> Stop:
    filed = Filed(
        at=story()["filed_at"],
        complaint=complaint_from(as_sent(story()["complaint"])).complaint,
        playbook=PlaybookRef(id=story()["playbook"], version=1),
    )
    return Stop(case=born(filed), events=(seen(filed, 1, Role.CONSUMER),))


def after(stop: Stop, step: Mapping[str, Any]) -> Stop:
    role = Role(step["by"])
    by = Actor(role=role, person=SOMEBODY if role is Role.CASEWORKER else None)
    command = command_from(step["do"], as_sent(step.get("body", {})))
    case, events = stop.case, list(stop.events)
    for event in decide(case, command, by=by, now=step["at"], rules=rules()):
        case = evolve(case, event)
        events.append(seen(event, len(events) + 1, role))
    return Stop(case=case, events=tuple(events))


def seen(event: Event, seq: int, role: Role) -> EventView:
    name = story()["people"].get(role.value)
    return EventView(
        seq=seq,
        kind=type(event).__name__,
        at=event.at,
        actor=f"person:{SOMEBODY}" if name else role.value,
        actor_name=name,
        role=role,
        event=event,
    )


def as_sent(value: Any) -> Any:
    """Days as a program sends them, for TOML knows days and JSON does not."""
    match value:
        case dict():
            return {key: as_sent(one) for key, one in value.items()}
        case list():
            return [as_sent(one) for one in value]
        case int() | str():
            return value
        case _:
            return value.isoformat()


def view(at: int = -1) -> CaseView:
    """The case as it stood after that many steps, seen now."""
    stop, now = stops()[at], story()["now"]
    assert isinstance(now, datetime)
    owed = agenda(stop.case, rules())
    return CaseView(
        id=NOBODY,
        number=story()["number"],
        title=story()["title"],
        now=now,
        case=stop.case,
        rules=rules(),
        agenda=owed,
        events=stop.events,
        notices=(),
        next_due=next((bell.due for bell in owed), None),
        overdue_since=None,
        assignee_name=story()["people"]["caseworker"],
    )
