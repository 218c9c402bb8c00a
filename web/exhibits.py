"""The pieces of a case as its pages show them: numbered in the order in which they came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.cases.looking import copies
from services.cases.views import CaseView, EventView
from services.evidence.copies import Copy, State
from services.evidence.kinds import FAMILY, Family
from services.evidence.unseen import COVER, Unseen
from services.lifecycle.events import EvidenceAdded
from services.lifecycle.evidence import Capture, FileKind, Piece
from services.lifecycle.kinds import Role
from services.tenants.seats import Seat
from web import pictures
from web.page import Asked
from web.timeline import who

SIGNS = {Family.PICTURE: "cam", Family.VIDEO: "cam", Family.SOUND: "phone", Family.DOCUMENT: "note"}
HASH_SHOWN = 12


class Look(StrEnum):
    """Whether there is something to see of a piece."""

    SHOWN = "shown"
    CHECKING = "checking"
    UNSEEN = "unseen"
    ORIGINAL_ALONE = "original_alone"
    ERASED = "erased"


LOOKS = {
    State.WAITING: Look.CHECKING,
    State.DRAWING: Look.CHECKING,
    State.READY: Look.SHOWN,
    State.UNSEEN: Look.UNSEEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture, and where it can be fetched from for a minute."""

    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """`name` and `note` are None once they are erased. `small` and `pages` are pictures of it; of
    its `more` pages there are none. `is_shared`: the merchant may see it."""

    no: int
    id: UUID
    place: str
    name: str | None
    kind: FileKind
    family: Family
    sign: str
    size: int
    sha256: str
    who: str
    at: datetime
    capture: Capture | None
    made_on: date | None
    note: str | None
    look: Look
    why: Unseen | None
    small: Shot | None
    pages: tuple[Shot, ...]
    more: int
    is_shared: bool

    @property
    def short(self) -> str:
        return self.sha256[:HASH_SHOWN]


async def exhibits(request: Asked, seat: Seat, view: CaseView, *, base: str) -> tuple[Exhibit, ...]:
    """`base` is where the case stands for this reader; its pieces are below `evidence` there."""
    told = {each.seq: each for each in view.events}
    seen = await copies(seat, view)
    return tuple(
        exhibit(
            piece,
            told[piece.seq],
            no=no,
            reader=seat.role,
            place=f"{base}/evidence/{piece.id}",
            sight=sight(request, seen.get(piece.id), f"{base}/evidence/{piece.id}"),
        )
        for no, piece in enumerate(view.case.evidence, 1)
        if piece.seq in told
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    look: Look | None = None
    why: Unseen | None = None
    shots: tuple[Shot, ...] = ()
    more: int = 0


def sight(request: Asked, copy: Copy | None, place: str) -> Sight:
    if copy is None:
        return Sight()
    shots = tuple(
        Shot(address=pictures.address(request, f"{place}/pictures/{no}"), width=wide, height=high)
        for no, (wide, high) in enumerate(copy.sizes)
    )
    look = LOOKS[copy.state]
    return Sight(look=look, why=copy.why, shots=shots, more=copy.more if shots else 0)


def exhibit(
    piece: Piece, told: EventView, *, no: int, reader: Role, place: str, sight: Sight
) -> Exhibit:
    event = told.event
    assert isinstance(event, EvidenceAdded)
    unknown = Look.ORIGINAL_ALONE if event.name.text is not None else Look.ERASED
    return Exhibit(
        no=no,
        id=piece.id,
        place=place,
        name=event.name.text,
        kind=piece.kind,
        family=FAMILY[piece.kind],
        sign=SIGNS[FAMILY[piece.kind]],
        size=piece.size,
        sha256=piece.sha256,
        who=who(told, reader=reader),
        at=told.at,
        capture=event.capture,
        made_on=event.made_on,
        note=event.note.text if event.note else None,
        look=sight.look or unknown,
        why=sight.why,
        small=sight.shots[COVER] if sight.shots else None,
        pages=sight.shots[COVER + 1 :],
        more=sight.more,
        is_shared=bool(piece.shared),
    )


def neighbours(shown: tuple[Exhibit, ...], piece: UUID) -> Mapping[str, Exhibit | None]:
    """The piece with the one before and the one after it, as its page shows them; `exhibit` is
    None where it is not among them."""
    at = next((n for n, each in enumerate(shown) if each.id == piece), None)
    if at is None:
        return {"exhibit": None, "before": None, "after": None}
    return {
        "exhibit": shown[at],
        "before": shown[at - 1] if at else None,
        "after": shown[at + 1] if at + 1 < len(shown) else None,
    }
