"""The pieces of a case as its pages list them: numbered in the order in which they came."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.cases.views import CaseView, EventView
from services.evidence.kinds import FAMILY, Family
from services.lifecycle.events import EvidenceAdded
from services.lifecycle.evidence import Capture, FileKind, Piece
from services.lifecycle.kinds import Role
from web.timeline import who

SIGNS = {Family.PICTURE: "cam", Family.VIDEO: "cam", Family.SOUND: "phone", Family.DOCUMENT: "note"}
HASH_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """`name` and `note` are None once they are erased."""

    no: int
    id: UUID
    name: str | None
    kind: FileKind
    sign: str
    size: int
    sha256: str
    who: str
    at: datetime
    capture: Capture | None
    made_on: date | None
    note: str | None

    @property
    def short(self) -> str:
        return self.sha256[:HASH_SHOWN]


def exhibits(view: CaseView, *, reader: Role) -> tuple[Exhibit, ...]:
    told = {each.seq: each for each in view.events}
    return tuple(
        exhibit(no, piece, told[piece.seq], reader=reader)
        for no, piece in enumerate(view.case.evidence, 1)
        if piece.seq in told
    )


def exhibit(no: int, piece: Piece, told: EventView, *, reader: Role) -> Exhibit:
    event = told.event
    assert isinstance(event, EvidenceAdded)
    return Exhibit(
        no=no,
        id=piece.id,
        name=event.name.text,
        kind=piece.kind,
        sign=SIGNS[FAMILY[piece.kind]],
        size=piece.size,
        sha256=piece.sha256,
        who=who(told, reader=reader),
        at=told.at,
        capture=event.capture,
        made_on=event.made_on,
        note=event.note.text if event.note else None,
    )
