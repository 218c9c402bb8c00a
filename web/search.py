"""Finding a case by what is known of it: its number leads there, words show who tells them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from litestar import get

from infra.database import tenant_tx
from services.calendars import library as calendars
from services.cases.queue_rows import QueueRow, Whole
from services.cases.search import Found, numbered, search
from services.cases.search_terms import TYPED_CHARS_MAX, Term
from services.lifecycle.bells import local_day
from services.lifecycle.calendars import Calendar
from services.lifecycle.kinds import Role
from services.tenants.seats import Seat
from web import access
from web.access import Of
from web.desk import address
from web.forms import FormReader
from web.marks import marked
from web.page import Asked, Page, go
from web.queue_lines import Line, line

OPT = access.staff(org=Of.ORGANISATION)
OPEN, CLOSED = "open", "closed"
ROWS = 50


@get("/{org:str}/desk/search", opt=OPT)
async def show(request: Asked, seat: Seat, form: FormReader) -> Page:
    typed = request.query_params.get("q", "").strip()[:TYPED_CHARS_MAX]
    if number := await numbered(seat, typed):
        return go(address(seat, number))
    return Page("search/search.html", await shown(seat, typed, form), block="results")


async def shown(seat: Seat, typed: str, form: FormReader) -> dict[str, Any]:
    found = await search(seat, typed, limit=ROWS)
    calendar = await calendar_of(seat)
    return {
        "typed": typed,
        "found": found,
        "groups": list(groups(found, seat, calendar)),
        "today": local_day(found.now),
        "now": found.now,
        "form": form,
        "base": f"/{seat.slug}/desk/search",
        "queue": f"/{seat.slug}/desk/queue",
        "own_only": seat.role is Role.VOLUNTEER,
    }


async def calendar_of(seat: Seat) -> Calendar:
    async with tenant_tx(seat) as tx:
        return await calendars.in_force(tx)


def groups(found: Found, seat: Seat, calendar: Calendar) -> Iterator[tuple[str, list[Line]]]:
    for name in (OPEN, CLOSED):
        lines = [
            line(lit(row, found.asked), seat, now=found.now, calendar=calendar)
            for row in found.items
            if (CLOSED if closed_at(row) else OPEN) == name
        ]
        if lines:
            yield name, lines


def closed_at(row: QueueRow) -> datetime | None:
    return row.whole.closed_at if row.whole else None


def lit(row: QueueRow, asked: tuple[Term, ...]) -> QueueRow:
    """The same row, its words marked where they were looked for; they come escaped."""
    whole = row.whole
    if whole is None:
        return row
    return replace(row, whole=lit_whole(whole, asked))


def lit_whole(whole: Whole, asked: tuple[Term, ...]) -> Whole:
    merchant = whole.merchant and marked(whole.merchant, asked)
    return replace(whole, title=marked(whole.title, asked), merchant=merchant)
