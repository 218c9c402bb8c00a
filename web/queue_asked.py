"""What a reader of the queue asks for, as it stands in the address: views, conditions, a number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

from services.cases.filters import Filters
from services.lifecycle.kinds import Ball, Problem, Stage
from web.reading import plain

E = TypeVar("E", bound=StrEnum)
NUMBER = re.compile(r"(\d{4})-?(\d{1,7})$")
KNOWN = ("view", "status", "turn", "type", "owner", "q", "after", "lang", "theme", "size")


class View(StrEnum):
    """The named ones; each is an address."""

    OPEN = "open"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    SOON = "soon"
    MERCHANT = "merchant"
    CONSUMER = "consumer"
    PAUSED = "paused"
    CLOSED = "closed"


class Owner(StrEnum):
    ME = "me"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """`ignored` names what stands in the address and means nothing to us."""

    view: View = View.OPEN
    stage: Stage | None = None
    ball: Ball | None = None
    problem: Problem | None = None
    owner: Owner | None = None
    number: str = ""
    typed: str = ""
    ignored: tuple[str, ...] = ()

    @property
    def chips(self) -> tuple[tuple[str, StrEnum], ...]:
        """The conditions that are on, by their name in the address."""
        named = (
            ("status", self.stage),
            ("turn", self.ball),
            ("type", self.problem),
            ("owner", self.owner),
        )
        return tuple((name, value) for name, value in named if value)

    def query(self, *, without: str = "") -> str:
        kept = {name: value.value for name, value in self.chips if name != without}
        return urlencode({"view": self.view.value, **kept})


def wanted(given: Mapping[str, str]) -> Wanted:
    view, stage = read(given, "view", View), read(given, "status", Stage)
    ball, problem = read(given, "turn", Ball), read(given, "type", Problem)
    owner = read(given, "owner", Owner)
    meant = {"view": view, "status": stage, "turn": ball, "type": problem, "owner": owner}
    return Wanted(
        view=view or View.OPEN,
        stage=stage,
        ball=ball,
        problem=problem,
        owner=owner,
        number=number_in(given.get("q", "")),
        typed=given.get("q", "")[:100],
        ignored=tuple(
            name
            for name, value in given.items()
            if name not in KNOWN or (name in meant and value and meant[name] is None)
        ),
    )


def read(given: Mapping[str, str], name: str, kind: type[E]) -> E | None:
    return next((one for one in kind if one.value == given.get(name)), None)


def number_in(typed: str) -> str:
    """青消诉2026-1147 · ２０２６-1147 · 20261147 → 2026-1147."""
    found = NUMBER.search(plain(typed[:100]))
    return f"{found[1]}-{int(found[2])}" if found else ""


def filters(asked: Wanted, *, person: UUID | None, soon: datetime) -> Filters:
    """The view and the conditions beside it; the view wins where both speak of one thing."""
    view, mine = asked.view, asked.owner is Owner.ME
    turn = {View.MERCHANT: Ball.MERCHANT, View.CONSUMER: Ball.CONSUMER}.get(view, asked.ball)
    return Filters(
        stage=asked.stage,
        ball=turn,
        problem=asked.problem,
        assignee=person if mine or view is View.MINE else None,
        unassigned=view is View.UNASSIGNED or asked.owner is Owner.NOBODY,
        paused=True if view is View.PAUSED else None,
        due_before=soon if view is View.SOON else None,
        closed=view is View.CLOSED,
    )
