"""What a reader of the queue asks for, as it stands in the address: views, conditions, a number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

from services.cases.filters import Filters
from services.lifecycle.kinds import Ball, Problem, Stage
from web.reading import number
from web.tastes import ASKED_AS

E = TypeVar("E", bound=StrEnum)
ALL = "all"
CONDITIONS = ("view", "status", "turn", "type", "owner")
PLACE = ("after", "seen", "under", "n")
CARRIED = (*CONDITIONS, *PLACE)
"""What a form on the way from the list and back brings along."""
KNOWN = (*CARRIED, "q", "beside", "pick", *ASKED_AS)


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
    """`ignored` names what stands in the address and means nothing to us. `after` is where this
    part of the list begins, `seen` how many rows stand before it and `under` what heading they end;
    `rows` are shown of it where that is more than a page, or `beside` stand on the page already, to
    which these are added; `picked` are the numbers whose boxes are ticked.
    """

    view: View = View.OPEN
    stage: Stage | None = None
    ball: Ball | None = None
    problem: Problem | None = None
    owner: Owner | None = None
    typed: str = ""
    after: str = ""
    seen: int = 0
    under: str = ""
    rows: int = 0
    beside: int = 0
    picked: frozenset[str] = frozenset()
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

    @property
    def kept(self) -> dict[str, str]:
        """The list as it can be asked for again."""
        return {"view": self.view.value, **{name: value.value for name, value in self.chips}}

    @property
    def place(self) -> dict[str, str]:
        """Which part of the list stands on the page, and how much of it."""
        named = {"after": self.after, "seen": self.seen, "under": self.under, "n": self.rows}
        return {name: str(value) for name, value in named.items() if value}

    @property
    def carried(self) -> dict[str, str]:
        return {**self.kept, **self.place}

    def again(self, **more: object) -> str:
        """The very rows that stand on the page, asked for anew."""
        return urlencode({**self.carried, **more}, doseq=True)

    def query(self, *, without: str = "", **more: object) -> str:
        """The list from its beginning."""
        kept = {name: value for name, value in self.kept.items() if name != without}
        return urlencode({**kept, **more}, doseq=True)

    def picks(self, number: str) -> bool:
        return number in self.picked or ALL in self.picked


def wanted(given: Mapping[str, str], *, picked: Iterable[str] = ()) -> Wanted:
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
        typed=given.get("q", "")[:100],
        after=given.get("after", ""),
        seen=number(given.get("seen", "")) or 0,
        under=given.get("under", ""),
        rows=number(given.get("n", "")) or 0,
        beside=number(given.get("beside", "")) or 0,
        picked=frozenset(picked),
        ignored=tuple(
            name
            for name, value in given.items()
            if name not in KNOWN or (name in meant and value and meant[name] is None)
        ),
    )


def read(given: Mapping[str, str], name: str, kind: type[E]) -> E | None:
    return next((one for one in kind if one.value == given.get(name)), None)


def filters(asked: Wanted, *, person: UUID | None, soon: datetime) -> Filters:
    """The view and the conditions beside it: a case has to fit both."""
    view, mine = asked.view, asked.owner is Owner.ME
    turn = {View.MERCHANT: Ball.MERCHANT, View.CONSUMER: Ball.CONSUMER}.get(view)
    return Filters(
        stage=asked.stage,
        ball=asked.ball or turn,
        contradictory=bool(asked.ball and turn) and asked.ball is not turn,
        problem=asked.problem,
        assignee=person if mine or view is View.MINE else None,
        unassigned=view is View.UNASSIGNED or asked.owner is Owner.NOBODY,
        paused=True if view is View.PAUSED else None,
        due_before=soon if view is View.SOON else None,
        closed=view is View.CLOSED,
    )
