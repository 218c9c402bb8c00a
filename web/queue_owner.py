"""Who has a case, chosen in its row: a small list with scripts, a page of its own without."""

from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from litestar import get, post

from services.cases import ledger
from services.cases.load import loads
from services.cases.presence import present
from services.cases.queue_row import row
from services.cases.receipts import Conflict, Stale
from services.lifecycle import commands as c
from services.lifecycle.bells import local_day
from services.lifecycle.kinds import Role
from services.lifecycle.refusals import Refused
from services.tenants.seats import Seat
from web import access
from web.access import Of
from web.forms import Flaw, FormReader
from web.page import Asked, Page
from web.queue import base_of, owner_of, today
from web.queue_asked import Wanted, wanted
from web.queue_lines import line
from web.said import Said
from web.trail import Trail

OPT = access.staff(Role.CASEWORKER, Role.MANAGER, org=Of.ORGANISATION, number=Of.CASE)
PATH = "/{org:str}/desk/queue/{number:str}/owner"


class Clash(StrEnum):
    STALE = "stale"


@get(PATH, opt=OPT)
async def show(request: Asked, seat: Seat, number: str, form: FormReader) -> Page:
    asked = asked_of(request, form)
    return await choice(seat, number, asked, form)


@post(PATH, opt=OPT)
async def give(request: Asked, seat: Seat, number: str, form: FormReader) -> Page:
    asked = asked_of(request, form)
    person = person_in(form)
    if person is None:
        return await choice(seat, number, asked, form, status=422)
    command = c.Take() if person == seat.person else c.Assign(to=person)
    try:
        await ledger.apply(
            seat, number, command, command_id=form.command_id, if_version=form.version
        )
    except (Refused, Stale, Conflict) as no:
        return await refused(seat, number, asked, form, no)
    return await given(seat, number, asked, form)


def asked_of(request: Asked, form: FormReader) -> Wanted:
    """The list stands in the address; whether the row was ticked is told by its box."""
    return wanted(dict(request.query_params.items()), picked=form.typed.get("pick", ()))


def person_in(form: FormReader) -> UUID | None:
    """Whether they work here is asked by the ledger, which knows a form that came before."""
    try:
        return UUID(form.value("to"))
    except ValueError:
        form.fault("to", Flaw.CHOICE_MISSING)
        return None


async def refused(
    seat: Seat, number: str, asked: Wanted, form: FormReader, no: Refused | Stale | Conflict
) -> Page:
    """Nothing is lost by choosing once more, knowing how the case stands now."""
    form.refuse(no.why if isinstance(no, Refused) else Clash.STALE)
    form.command_id, form.version = uuid4(), None
    return await choice(seat, number, asked, form, status=422 if isinstance(no, Refused) else 409)


async def choice(
    seat: Seat, number: str, asked: Wanted, form: FormReader, *, status: int = 200
) -> Page:
    data = await shown(seat, number, asked, form)
    whole = data["line"].row.whole
    data |= {"loads": await loads(seat), "form": form.of_version(whole.version)}
    aimed = {"HX-Retarget": f"#case-{number} .own-list", "HX-Reswap": "innerHTML"}
    return Page("queue/owner.html", data, block="choose", status=status, headers=aimed)


async def given(seat: Seat, number: str, asked: Wanted, form: FormReader) -> Page:
    """The row stays where it is in the list until that is asked for anew."""
    data = await shown(seat, number, asked, form)
    back = f"{base_of(seat)}?{asked.again()}"
    return Page("queue/owned.html", data, block="row", then=back, said=Said.ASSIGNED, n=1)


async def shown(seat: Seat, number: str, asked: Wanted, form: FormReader) -> dict[str, Any]:
    calendar, _ = await today(seat)
    found, now = await row(seat, number)
    people = await present(seat, [found.id])
    return {
        "line": line(
            found,
            seat,
            now=now,
            calendar=calendar,
            owner=owner_of(seat, found.number, asked),
            picked=asked.picks(found.number),
            trail=Trail(asked=asked).suffix,
            people=people.get(found.id, ()),
        ),
        "asked": asked,
        "form": form,
        "today": local_day(now),
        "base": base_of(seat),
    }
