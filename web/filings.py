"""What was filed at each door: in which state, by whom, with which proof, and its short story."""

from dataclasses import dataclass

from services.cases.views import CaseView, EventView
from services.lifecycle import events as e
from services.lifecycle.bells import local_day
from services.lifecycle.events import Event
from services.lifecycle.facts import Filing
from services.lifecycle.kinds import Door, Role
from services.lifecycle.parse import LADDER
from web.ladder import Mark, mark_of, told_of_filing
from web.timeline import Row, row, who

FILED = (e.FilingRecorded, e.MediationAccepted, e.ReportRecorded)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingCard:
    """`place` is its stair, which a report (举报) has none of; `by` recorded that it was filed."""

    filing: Filing
    place: int | None
    mark: Mark
    told: str
    by: str
    here: bool
    story: tuple[Row, ...]


def filings(view: CaseView, *, reader: Role) -> tuple[FilingCard, ...]:
    """Latest first."""
    return tuple(card(view, one, reader=reader) for one in reversed(view.case.filings))


def card(view: CaseView, filing: Filing, *, reader: Role) -> FilingCard:
    here = filing is view.case.filing or filing.door is Door.REPORT
    mark, about = mark_of(filing, here=here), happened(view, filing)
    filed = next((each for each in about if isinstance(each.event, FILED)), None)
    return FilingCard(
        filing=filing,
        place=LADDER.index(filing.door) + 1 if filing.door in LADDER else None,
        mark=mark,
        told=told_of_filing(filing, mark, today=local_day(view.now)),
        by=who(filed, reader=reader) if filed else "",
        here=here and not view.case.closed_at,
        story=tuple(row(each, view, reader=reader) for each in about),
    )


def happened(view: CaseView, filing: Filing) -> tuple[EventView, ...]:
    """At this door, from its opening until it was opened again."""
    if filing.before_us:
        return ()
    later = (f.seq for f in view.case.filings if f.door is filing.door and f.seq > filing.seq)
    end = min(later, default=view.case.version + 1)
    return tuple(
        each
        for each in view.events
        if filing.seq <= each.seq < end and door_of(each.event) is filing.door
    )


def door_of(event: Event) -> Door | None:
    match event:
        case e.MediationAccepted() | e.MediationEnded():
            return Door.ASSOCIATION
        case e.ReportOpened() | e.ReportRecorded():
            return Door.REPORT
        case e.OfferMade() | e.Promised():
            return None
        case _:
            door: Door | None = getattr(event, "door", None)
            return door
