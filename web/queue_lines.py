"""A line of the queue as it is shown, and the sections that the lines stand in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from services.cases.presence import Present
from services.cases.queue import Queue
from services.cases.queue_rows import QueueRow
from services.cases.sections import Borders, Section
from services.lifecycle.calendars import Calendar
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Role
from services.tenants.seats import Seat
from services.wording.standing import say_state
from web import dues, masks
from web.desk import address
from web.dues import Due
from web.glyph import Glyph, glyph
from web.queue_asked import Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """All that `queue/row.html` needs beside `form` and `today`. `claim` names the form by which a
    volunteer takes it; `owner` is where the reader may give it to somebody, empty for who may not.
    `trail` tells the case from which list one came; `people` are colleagues who are at it now.
    """

    row: QueueRow
    due: Due
    section: Section
    glyph: Glyph
    address: str
    consumer: str
    state: str
    claim: UUID | None
    owner: str = ""
    picked: bool = False
    trail: str = ""
    people: tuple[Present, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The lines of one section that stand on this page. `size` is of the whole list, None where
    nobody has counted it; `goes_on`: it began on the page before."""

    section: Section
    lines: tuple[Line, ...]
    size: int | None
    goes_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """`shown` rows stand above, of `total` where that is known, `here` of them on this page;
    `query` leads to the next ones."""

    shown: int
    here: int
    total: int | None
    query: str | None


def line(
    row: QueueRow,
    seat: Seat,
    *,
    now: datetime,
    calendar: Calendar,
    owner: str = "",
    picked: bool = False,
    trail: str = "",
    people: tuple[Present, ...] = (),
) -> Line:
    whole = row.whole
    return Line(
        row=row,
        due=due_of(row, now=now, calendar=calendar),
        section=Borders.at(now, calendar).section_of(row),
        glyph=glyph(whole and whole.stage, row.door, whole and whole.filing_state),
        address=address(seat, row.number),
        consumer=masks.name(Words(text=whole.consumer)) if whole else "",
        state=state_words(row),
        claim=uuid4() if whole is None and seat.role is Role.VOLUNTEER else None,
        owner=owner,
        picked=picked,
        trail=trail,
        people=people,
    )


def due_of(row: QueueRow, *, now: datetime, calendar: Calendar) -> Due:
    return dues.of_row(
        row.next_due,
        now=now,
        calendar=calendar,
        paused=row.whole is not None and row.whole.paused,
        provisional=row.next_provisional,
    )


def state_words(row: QueueRow) -> str:
    """What happened at the door, beside the stage and whose turn it is."""
    state = row.whole.filing_state if row.whole else None
    return say_state(state.value, row.door) if state else ""


def parts(
    lines: Sequence[Line], asked: Wanted, sizes: Mapping[Section, int] | None
) -> tuple[Part, ...]:
    """Within a section the order of the list stays."""
    by_section = ((one, tuple(line for line in lines if line.section is one)) for one in Section)
    return tuple(
        Part(
            section=section,
            lines=found,
            size=max(sizes[section], len(found)) if sizes is not None else None,
            goes_on=section.value == asked.under,
        )
        for section, found in by_section
        if found
    )


def more(found: Queue, asked: Wanted, parts: Sequence[Part], total: int | None) -> More:
    shown, here = asked.seen + len(found.items), asked.beside + len(found.items)
    if not found.next:
        return More(shown=shown, here=here, total=shown, query=None)
    onwards = asked.query(after=found.next, seen=shown, under=parts[-1].section.value)
    known = max(total, shown + 1) if total is not None else None
    return More(shown=shown, here=here, total=known, query=onwards)
