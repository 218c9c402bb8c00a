"""What a command would do to many cases, found out by the law before anybody gives it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from infra.database import Record, Tx, tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.cases.rows import next_due, overdue_after
from services.cases.visible import may_see
from services.lifecycle.agenda import agenda
from services.lifecycle.case import Case
from services.lifecycle.commands import Command
from services.lifecycle.decide import Actor, decide
from services.lifecycle.events import Event
from services.lifecycle.evolve import evolve
from services.lifecycle.playbook import Rules
from services.lifecycle.react import Letter, react
from services.lifecycle.refusals import Refused, Why
from services.lifecycle.wire import case_from
from services.playbooks import library
from services.playbooks.house import House
from services.tenants.seats import Seat

CASES_MAX: Final = 100
FILES = """
select id, number, version, title, assignee, next_due, overdue_since, state from case_file
where tenant_id = $1 and number = any($2) order by next_due, id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """`why` is the refusal that is to be expected. Without one, `letters` would leave, and the date
    that the queue counts down to would go from `due` to `due_then`."""

    number: str
    version: int
    title: str
    assignee: UUID | None
    why: Why | None = None
    letters: tuple[Letter, ...] = ()
    due: datetime | None = None
    due_then: datetime | None = None

    @property
    def redated(self) -> bool:
        return self.why is None and self.due != self.due_then


async def rehearse(seat: Seat, numbers: Sequence[str], command: Command) -> tuple[Rehearsed, ...]:
    """Due soonest first, and only what this seat may see; nothing is written but that it was read.
    At most `CASES_MAX` at once."""
    async with tenant_tx(seat) as tx:
        rows = await tx.fetch(FILES, seat.tenant, list(numbers[:CASES_MAX]))
        seen = [row for row in rows if may_see(seat, case_id=row["id"], assignee=row["assignee"])]
        house = await library.house_rules(tx)
        found = [await tried(tx, seat, row, command, house=house) for row in seen]
        await chain.record(tx, Kind.CASE_LIST_READ, {"cases": len(found)})
    return tuple(found)


async def tried(tx: Tx, seat: Seat, row: Record, command: Command, *, house: House) -> Rehearsed:
    case = case_from(row["state"])
    rules = house.over(await library.playbook(tx, case.playbook), door=case.door)
    found = Rehearsed(
        number=row["number"],
        version=row["version"],
        title=row["title"],
        assignee=row["assignee"],
        due=row["next_due"],
    )
    try:
        events = decide(case, command, by=actor(seat), now=tx.now, rules=rules)
    except Refused as no:
        return replace(found, why=no.why)
    letters, due = played(case, events, rules, since=row["overdue_since"])
    return replace(found, letters=letters, due_then=due)


def actor(seat: Seat) -> Actor:
    return Actor(role=seat.role, person=seat.person)


def played(
    case: Case, events: Sequence[Event], rules: Rules, *, since: datetime | None
) -> tuple[tuple[Letter, ...], datetime | None]:
    """What would be sent, and what the queue would count down to then. `since`: it is late."""
    letters: list[Letter] = []
    for event in events:
        case, since = evolve(case, event), overdue_after(event, since)
        letters += react(case, event)
    first = next_due(agenda(case, rules))
    return tuple(letters), since or (first.due if first else None)
