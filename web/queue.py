"""The queue: what is due soonest first, in groups that say how much it presses."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from litestar import get

from infra.database import tenant_tx
from services.calendars import library as calendars
from services.cases import queue
from services.cases.counts import counts
from services.cases.cursors import BadCursor
from services.cases.filters import Filters, end_of_soon
from services.cases.queue import Queue
from services.cases.queue_rows import QueueRow
from services.lifecycle.bells import local_day
from services.lifecycle.calendars import Calendar
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Ball, Problem, Role, Stage
from services.tenants.seats import Seat
from services.wording.standing import say_state
from web import access, dues, masks
from web.access import Of
from web.desk import address
from web.dues import Due, Press
from web.forms import FormReader
from web.glyph import Glyph, glyph
from web.page import Asked, Page, go
from web.queue_asked import Owner, View, Wanted, filters, wanted

OPT = access.staff(org=Of.ORGANISATION)
ROWS = 50
SETS = {"views": View, "sets": {"status": Stage, "turn": Ball, "type": Problem, "owner": Owner}}
ORDER = (Press.OVER, Press.TODAY, Press.SOON, Press.FAR, Press.PAUSED, Press.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`claim` names the form that takes it."""

    row: QueueRow
    due: Due
    glyph: Glyph
    address: str
    consumer: str
    state: str
    claim: UUID | None


@get(["/{org:str}/desk", "/{org:str}/desk/queue"], opt=OPT)
async def show(request: Asked, seat: Seat, form: FormReader) -> Page:
    given = dict(request.query_params.items())
    asked = wanted(given)
    if asked.number:
        return go(address(seat, asked.number))
    return Page("queue/queue.html", await shown(seat, asked, given.get("after"), form))


async def shown(
    seat: Seat, asked: Wanted, after: str | None, form: FormReader
) -> dict[str, object]:
    calendar, now = await today(seat)
    narrowed = filters(asked, person=seat.person, soon=end_of_soon(local_day(now), calendar))
    found, lost = await part(seat, after, narrowed)
    lines = [line(row, seat, now=found.now, calendar=calendar) for row in found.items]
    return {
        "asked": asked,
        "lost": lost,
        "groups": grouped(lines),
        "next": found.next,
        "today": local_day(found.now),
        "counts": await counts(seat),
        "form": form,
        "base": f"/{seat.slug}/desk/queue",
        **SETS,
    }


async def today(seat: Seat) -> tuple[Calendar, datetime]:
    async with tenant_tx(seat) as tx:
        return await calendars.in_force(tx), tx.now


async def part(seat: Seat, after: str | None, narrowed: Filters) -> tuple[Queue, bool]:
    """A page that begins nowhere of ours is the first one, and that is said."""
    try:
        return await queue.queue(seat, after=after, limit=ROWS, filters=narrowed), False
    except BadCursor:
        return await queue.queue(seat, limit=ROWS, filters=narrowed), True


def line(row: QueueRow, seat: Seat, *, now: datetime, calendar: Calendar) -> Line:
    return Line(
        row=row,
        due=dues.of_row(
            row.next_due,
            now=now,
            calendar=calendar,
            paused=row.whole is not None and row.whole.paused,
            provisional=row.next_provisional,
        ),
        glyph=glyph_of(row),
        address=address(seat, row.number),
        consumer=masks.name(Words(text=row.whole.consumer)) if row.whole else "",
        state=state_words(row),
        claim=uuid4() if row.whole is None and seat.role is Role.VOLUNTEER else None,
    )


def glyph_of(row: QueueRow) -> Glyph:
    whole = row.whole
    return glyph(whole and whole.stage, row.door, whole and whole.filing_state)


def state_words(row: QueueRow) -> str:
    """What happened at the door, beside the stage and whose turn it is."""
    state = row.whole.filing_state if row.whole else None
    return say_state(state.value, row.door) if state else ""


def grouped(lines: list[Line]) -> list[tuple[Press, list[Line]]]:
    """By how much it presses; within a group the order of the queue stays."""
    groups = ((press, [one for one in lines if one.due.press is press]) for press in ORDER)
    return [(press, found) for press, found in groups if found]
