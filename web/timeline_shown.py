"""The timeline of one case at the desk: each entry with the letters it caused, filtered, folded."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from services.cases.views import CaseView, EventView
from services.lifecycle import events as e
from services.lifecycle.kinds import Role
from web.letters_sent import LetterRow, letters
from web.timeline import Row, rows

RECENT = 8
SPOKEN = (e.Noted, e.Asked, e.Provided)
WRITTEN = (
    *(e.FilingRecorded, e.ReceiptRecorded, e.TheirDateRead, e.AnswerRecorded),
    *(e.MediationAccepted, e.MediationEnded, e.ReportRecorded),
)


class Show(StrEnum):
    """What of the timeline is shown; each is an address."""

    ALL = "all"
    CONTACT = "contact"
    PAPERS = "papers"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`new`: it happened since the page was opened from which somebody comes."""

    row: Row
    letters: tuple[LetterRow, ...]
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Newest first; what is older stands in a fold."""

    show: Show
    recent: tuple[Entry, ...]
    older: tuple[Entry, ...]

    @property
    def all(self) -> tuple[Entry, ...]:
        return self.recent + self.older


def wanted(given: str | None) -> Show:
    return next((show for show in Show if show.value == given), Show.ALL)


def shown(view: CaseView, *, reader: Role, show: Show = Show.ALL, seen: int | None = None) -> Shown:
    """`seen` is the version of the case that somebody knew before."""
    happened = {each.seq: each for each in view.events}
    known = view.case.version if seen is None else seen
    found = [one for one in entries(view, known, reader=reader) if fits(one, happened, show)]
    return Shown(show=show, recent=tuple(found[:RECENT]), older=tuple(found[RECENT:]))


def entries(view: CaseView, known: int, *, reader: Role) -> list[Entry]:
    caused = by_cause(letters(view))
    return [
        Entry(row=row, letters=caused.get(row.seq, ()), new=row.seq > known)
        for row in rows(view, reader=reader)
    ]


def by_cause(sent: tuple[LetterRow, ...]) -> dict[int, tuple[LetterRow, ...]]:
    return {seq: tuple(some) for seq, some in groupby(sent, key=lambda letter: letter.seq)}


def fits(entry: Entry, happened: Mapping[int, EventView], show: Show) -> bool:
    each = happened[entry.row.seq]
    match show:
        case Show.CONTACT:
            return isinstance(each.event, SPOKEN)
        case Show.PAPERS:
            return bool(entry.letters) or isinstance(each.event, WRITTEN)
        case Show.SYSTEM:
            return each.role is Role.CLOCK
        case Show.ALL:
            return True
