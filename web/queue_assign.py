"""Many cases given to one person: first what would happen, then one command for each of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any
from uuid import UUID, uuid4, uuid5

from litestar import get, post

from services.cases import ledger
from services.cases.load import loads
from services.cases.receipts import Conflict, NotFound, Stale
from services.cases.rehearsal import CASES_MAX, Rehearsed, rehearse
from services.lifecycle import commands as c
from services.lifecycle.bells import local_day
from services.lifecycle.kinds import Role
from services.lifecycle.refusals import Refused
from services.tenants.seats import Seat
from web import access
from web.access import Of
from web.forms import FormReader
from web.page import Asked, Page, go
from web.queue import base_of, today
from web.queue_asked import CARRIED, Wanted, wanted
from web.queue_owner import person_in
from web.said import Said
from web.troubles import Trouble

OPT = access.staff(Role.CASEWORKER, Role.MANAGER, org=Of.ORGANISATION)
PATH = "/{org:str}/desk/queue/assignment"
PICK = re.compile(r"(\d{4}-\d{1,9})@(\d{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A case as it stood when the reader saw what would happen to it."""

    number: str
    version: int


@get(PATH, opt=OPT)
async def show(request: Asked, seat: Seat, form: FormReader) -> Page:
    """Changes nothing, so the address can be opened again."""
    params = request.query_params
    asked = wanted(dict(params.items()), picked=params.getall("pick", []))
    form.fill(to=params.get("to", ""))
    return await rehearsal(seat, asked, form)


@post(PATH, opt=OPT)
async def assign(seat: Seat, form: FormReader) -> Page:
    picks = picks_in(form)
    named = {name: form.value(name) for name in CARRIED}
    asked = wanted(named, picked=[pick.number for pick in picks])
    person = person_in(form)
    if person is None or not picks or len(picks) > CASES_MAX:
        return await rehearsal(seat, asked, form, status=422)
    told = {pick.number: await give(seat, pick, person, form.command_id) for pick in picks}
    failed = {number: why for number, why in told.items() if why}
    if not failed:
        back = f"{base_of(seat)}?{asked.again()}"
        return go(back, said=Said.ASSIGNED, n=len(told))
    return await partly(seat, asked, form, failed, done=len(told) - len(failed))


def picks_in(form: FormReader) -> list[Pick]:
    found = map(PICK.fullmatch, form.typed.get("pick", ()))
    return [Pick(number=match[1], version=int(match[2])) for match in found if match]


async def give(seat: Seat, pick: Pick, person: UUID, command_id: UUID) -> Enum | None:
    """None once it is done, else the reason. Sent twice it has the same name and is done once."""
    command, name = c.Assign(to=person), uuid5(command_id, pick.number)
    try:
        await ledger.apply(seat, pick.number, command, command_id=name, if_version=pick.version)
    except Refused as no:
        return no.why
    except Stale:
        return Trouble.STALE
    except Conflict:
        return Trouble.CONFLICT
    except NotFound:
        return Trouble.NOT_FOUND
    return None


async def partly(
    seat: Seat, asked: Wanted, form: FormReader, failed: Mapping[str, Enum], *, done: int
) -> Page:
    """What failed stays chosen, with the reason; sent again it is a new act."""
    form.command_id = uuid4()
    left = replace(asked, picked=frozenset(failed))
    return await rehearsal(seat, left, form, status=409, failed=failed, done=done)


async def rehearsal(
    seat: Seat,
    asked: Wanted,
    form: FormReader,
    *,
    status: int = 200,
    failed: Mapping[str, Enum] | None = None,
    done: int = 0,
) -> Page:
    found = await loads(seat)
    to = next((one for one in found if str(one.person) == form.value("to")), None)
    numbers = sorted(asked.picked)[:CASES_MAX]
    rows = await rehearse(seat, numbers, c.Assign(to=to.person)) if to and numbers else ()
    _, now = await today(seat)
    data = {
        **divided(rows, failed or {}),
        "asked": asked,
        "form": form,
        "to": to,
        "loads": found,
        "names": {one.person: one.name for one in found},
        "lost": len(numbers) - len(rows) if to else 0,
        "beyond": len(asked.picked) - len(numbers),
        "most": CASES_MAX,
        "done": done,
        "today": local_day(now),
        "base": base_of(seat),
    }
    return Page("queue/assignment.html", data, status=status)


def divided(rows: Sequence[Rehearsed], failed: Mapping[str, Enum]) -> dict[str, Any]:
    """What may go on, and what may not with its reason. A case that only moved on meanwhile may."""
    told = [(row, row.why or failed.get(row.number)) for row in rows]
    return {
        "fit": [(row, why) for row, why in told if row.why is None],
        "unfit": [(row, why) for row, why in told if row.why is not None],
        "letters": [letter for row in rows for letter in row.letters],
        "redated": sum(row.redated for row in rows),
    }
