"""Plays the demo cases through the ledger's door, on a clock that begins weeks ago."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any
from uuid import UUID, uuid5

from services.cases import bells, ledger, queries, rebuild
from services.lifecycle import commands as c
from services.lifecycle.bells import local_day
from services.lifecycle.case import Case
from services.lifecycle.facts import PlaybookRef
from services.lifecycle.wire import command_from
from services.playbooks import library
from services.tenants import organisations, seats
from services.tenants.seats import Seat
from web.api.bodies import complaint_from
from web.demo.people import Colleague, public

DAYS_BACK = 40
STRIKES_MAX = 400
ABOUT_A_STEP = ("day", "by", "do")
BY_LINK = {"consumer": seats.consumer, "merchant": seats.merchant}


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that happens on one day of the play: the filing of a case, or a step of it."""

    day: int
    case: int
    step: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A case of the play, once it is filed."""

    number: str
    id: UUID
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    operator: Seat
    staff: Mapping[str, Colleague]
    rows: Sequence[Mapping[str, Any]]
    played: dict[int, Played]

    def seat(self, act: Act) -> Seat:
        by = act.step["by"] if act.step else ""
        if by in BY_LINK:
            op = self.operator
            return BY_LINK[by](tenant=op.tenant, slug=op.slug, case=self.played[act.case].id)
        return self.staff[by].seat


def told(name: str) -> dict[str, Any]:
    return tomllib.loads((files("web.demo") / name).read_text(encoding="utf-8"))


async def play(
    operator: Seat, staff: Mapping[str, Colleague], rows: Sequence[Mapping[str, Any]]
) -> Cast:
    """Day by day: what the bells owe, then what people did."""
    cast = Cast(operator=operator, staff=staff, rows=rows, played={})
    acts = acts_of(rows)
    for day in range(-DAYS_BACK, 1):
        await strike_all(cast)
        for act in (act for act in acts if act.day == day):
            await perform(cast, act)
        if day < 0:
            await organisations.advance_clock(operator, timedelta(days=1))
    await strike_all(cast)
    await rebuild.poke_all(operator.tenant)
    return cast


def acts_of(rows: Sequence[Mapping[str, Any]]) -> list[Act]:
    arcs = told("arcs.toml")
    found = []
    for case, row in enumerate(rows):
        began = -int(row["ago"])
        steps = [Act(day=began + s["day"], case=case, step=s) for s in arcs[row["arc"]]["steps"]]
        found += [Act(day=began, case=case, step=None), *(act for act in steps if act.day <= 0)]
    return found


async def perform(cast: Cast, act: Act) -> None:
    if act.step is None:
        cast.played[act.case] = await file(cast, act.case)
        return
    where = cast.played[act.case]
    view = await queries.case(cast.staff["zhou"].seat, where.number)
    facts = {key: value for key, value in act.step.items() if key not in ABOUT_A_STEP}
    command = command_from(act.step["do"], resolved(facts, view.case, local_day(view.now)))
    name = uuid5(where.id, f"{act.day}/{act.step['do']}")
    await ledger.apply(cast.seat(act), where.number, command, command_id=name)


async def file(cast: Cast, case: int) -> Played:
    row = cast.rows[case]
    filed = complaint_from(body_of(row, case))
    command = c.File(complaint=filed.complaint, playbook=chosen(filed.playbook))
    name = uuid5(cast.operator.tenant, f"{case}/{row['facts']}")
    receipt = await ledger.apply(public(cast.operator), None, command, command_id=name)
    return Played(number=receipt.number, id=receipt.case_id, link=receipt.link_token or "")


def chosen(playbook: str | None) -> PlaybookRef:
    return PlaybookRef(id=playbook, version=0) if playbook else library.CHOOSE


def body_of(row: Mapping[str, Any], case: int) -> dict[str, Any]:
    return {
        "platform": row["platform"],
        "problem": row["problem"],
        "facts": row["facts"],
        "order": {
            "number": f"2026{case:04}88{case * 37 % 1000:03}",
            "amount": row["amount"],
            "purpose": row.get("purpose", "own_use"),
        },
        "merchant": {"shop": row["shop"], "email": f"shop{case:02}@demo.example"},
        "demands": [{"kind": "return_refund", "amount": row["amount"]}],
        "consumer": {
            "name": row["name"],
            "phone": f"1380000{case:04}",
            "email": f"consumer{case:02}@demo.example",
        },
        "consents": ["privacy", "share_with_merchant", "mandate"],
        **({"playbook": row["playbook"]} if "playbook" in row else {}),
    }


def resolved(facts: Mapping[str, Any], case: Case, today: date) -> dict[str, Any]:
    """`@+3` is three days from today; `@offer` and `@promise` are the open ones."""
    found: dict[str, Any] = {}
    for key, value in facts.items():
        match value:
            case "@offer":
                found[key] = case.offer.seq if case.offer else 0
            case "@promise":
                found[key] = case.promise.seq if case.promise else 0
            case str() if value.startswith("@+"):
                found[key] = (today + timedelta(days=int(value[2:]))).isoformat()
            case _:
                found[key] = value
    return found


async def strike_all(cast: Cast) -> None:
    """What the worker would do in those days: strike every bell that is due."""
    for played in cast.played.values():
        for _ in range(STRIKES_MAX):
            plan = await queries.plan(cast.operator.tenant, played.id)
            if plan.finished or plan.bell is None or plan.wait:
                break
            await bells.apply_bell(cast.operator.tenant, played.id, plan.bell)
