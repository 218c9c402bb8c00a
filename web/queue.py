"""The queue: what is due soonest first, in groups that say how much it presses."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from litestar import get

from infra.database import tenant_tx
from services.calendars import library as calendars
from services.cases import queue
from services.cases.counts import counts
from services.cases.cursors import BadCursor
from services.cases.filters import Filters, end_of_soon
from services.cases.load import loads
from services.cases.presence import present
from services.cases.queue import LIMIT_MAX, Queue
from services.cases.sections import sizes
from services.lifecycle import commands as c
from services.lifecycle.bells import local_day
from services.lifecycle.calendars import Calendar
from services.lifecycle.kinds import Ball, Problem, Stage
from services.lifecycle.permissions import permitted
from services.tenants.seats import Seat
from web import access
from web.access import Of
from web.forms import FormReader
from web.page import Asked, Page, go
from web.queue_asked import Owner, View, Wanted, filters, wanted
from web.queue_lines import Line, line, more, parts
from web.trail import Trail

OPT = access.staff(org=Of.ORGANISATION)
ROWS = 50
ROWS_MAX = LIMIT_MAX
"""So many stand on one page; what follows stands on the next."""
SETS = {"status": Stage, "turn": Ball, "type": Problem, "owner": Owner}


@get(["/{org:str}/desk", "/{org:str}/desk/queue"], opt=OPT)
async def show(request: Asked, seat: Seat, form: FormReader) -> Page:
    """Reached by "show more" it is that part of the list alone, where scripts run."""
    params = request.query_params
    asked = wanted(dict(params.items()), picked=params.getall("pick", []))
    if asked.typed:
        return go(f"/{seat.slug}/desk/search?{urlencode({'q': asked.typed})}")
    data = await shown(seat, asked, form)
    if asked.beside:
        return Page("queue/part.html", data, block="part")
    return Page("queue/queue.html", data)


async def shown(seat: Seat, asked: Wanted, form: FormReader) -> dict[str, Any]:
    calendar, now = await today(seat)
    narrowed = filters(asked, person=seat.person, soon=end_of_soon(local_day(now), calendar))
    asked = replace(asked, rows=rows_of(asked))
    found, lost = await part(seat, asked, narrowed)
    asked = replace(asked, after="", seen=0, under="") if lost else asked
    lines = await lines_of(found, seat, asked, calendar)
    whole = await sizes(seat, narrowed)
    stand = parts(lines, asked, whole)
    return {
        "asked": asked,
        "lost": lost,
        "parts": stand,
        "more": more(found, asked, stand, sum(whole.values()) if whole is not None else None),
        "page": ROWS,
        "room": ROWS_MAX,
        "now": found.now,
        "today": local_day(found.now),
        "counts": await counts(seat),
        "loads": await loads(seat) if any(one.owner for one in lines) else (),
        "form": form,
        "base": base_of(seat),
        "views": View,
        "sets": SETS,
    }


async def lines_of(found: Queue, seat: Seat, asked: Wanted, calendar: Calendar) -> list[Line]:
    """Who may not assign has nothing to choose; what is over is given to nobody."""
    assigns = permitted(seat.role, c.Assign) and asked.view is not View.CLOSED
    people = await present(seat, [row.id for row in found.items])
    trail = Trail(asked=asked).suffix
    return [
        line(
            row,
            seat,
            now=found.now,
            calendar=calendar,
            owner=owner_of(seat, row.number, asked) if assigns else "",
            picked=assigns and asked.picks(row.number),
            trail=trail,
            people=people.get(row.id, ()),
        )
        for row in found.items
    ]


def base_of(seat: Seat) -> str:
    return f"/{seat.slug}/desk/queue"


def owner_of(seat: Seat, number: str, asked: Wanted) -> str:
    """Where one case is given to somebody, and from where one comes back to this list."""
    return f"{base_of(seat)}/{number}/owner?{asked.again()}"


async def today(seat: Seat) -> tuple[Calendar, datetime]:
    async with tenant_tx(seat) as tx:
        return await calendars.in_force(tx), tx.now


def rows_of(asked: Wanted) -> int:
    """0 where it is one page."""
    return min(asked.rows, ROWS_MAX) if asked.rows > ROWS and not asked.beside else 0


async def part(seat: Seat, asked: Wanted, narrowed: Filters) -> tuple[Queue, bool]:
    """A page that begins nowhere of ours is the first one, and that is said."""
    limit = asked.rows or ROWS
    try:
        return await queue.queue(seat, after=asked.after, limit=limit, filters=narrowed), False
    except BadCursor:
        return await queue.queue(seat, limit=limit, filters=narrowed), True
