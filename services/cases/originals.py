"""Originals leave the house for staff alone, one by one or all together, and that is on record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from infra.database import tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.cases import queries
from services.cases.receipts import NotFound
from services.cases.views import CaseView
from services.evidence import package
from services.evidence.kinds import ENDING, MEDIA_TYPE
from services.evidence.reading import Kept, kept
from services.lifecycle.events import EvidenceAdded
from services.lifecycle.evidence import FileKind, Piece
from services.lifecycle.wire import plain
from services.tenants.seats import STAFF, Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """One file, as it came. `name` is ours, with the ending of what it really is."""

    name: str
    kind: FileKind
    size: int
    file: Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All that a case has, with the manifest that tells of each."""

    name: str
    manifest: bytes
    files: tuple[tuple[str, Kept], ...]


async def original(seat: Seat, number: str, piece: UUID) -> Original:
    """Raises `NotFound`."""
    view = await seen_by_staff(seat, number)
    found = next((each for each in numbered(view) if each[1].id == piece), None)
    async with tenant_tx(seat) as tx:
        file = (await kept(tx, tenant=seat.tenant, case=view.id)).get(piece)
        if found is None or file is None:
            raise NotFound
        await chain.record(tx, Kind.EVIDENCE_OPENED, {"case": view.id, "evidence": piece})
    no, of = found
    name = f"{view.number}-{path_of(no, of)}"
    return Original(name=name, kind=of.kind, size=of.size, file=file)


async def whole(seat: Seat, number: str) -> Whole:
    """Raises `NotFound`. The hash of the manifest goes on the chain: whoever changes a package and
    its manifest alike is found out by it.
    """
    view = await seen_by_staff(seat, number)
    async with tenant_tx(seat) as tx:
        lying = await kept(tx, tenant=seat.tenant, case=view.id)
        manifest = package.manifest(told(view, seat, lying, at=tx.real_now))
        digest = package.digest(manifest)
        await chain.record(
            tx, Kind.EVIDENCE_EXPORTED, {"case": view.id, "manifest": digest, "files": len(lying)}
        )
    files = tuple(
        (package.inside(path_of(no, piece)), lying[piece.id])
        for no, piece in numbered(view)
        if piece.id in lying
    )
    return Whole(name=f"{view.number}-evidence.zip", manifest=manifest, files=files)


async def seen_by_staff(seat: Seat, number: str) -> CaseView:
    if seat.role not in STAFF:
        raise NotFound
    return await queries.case(seat, number)


def numbered(view: CaseView) -> list[tuple[int, Piece]]:
    return list(enumerate(view.case.evidence, 1))


def path_of(no: int, piece: Piece) -> str:
    return f"{no:02}.{ENDING[piece.kind]}"


def told(view: CaseView, seat: Seat, lying: dict[UUID, Kept], *, at: datetime) -> dict[str, Any]:
    """The record of custody: what each file is, who brought it, when, and what they said of it."""
    events = {each.seq: each for each in view.events}
    rows = []
    for no, piece in numbered(view):
        each = events[piece.seq]
        assert isinstance(each.event, EvidenceAdded)
        rows.append(
            {
                "no": no,
                "id": str(piece.id),
                "path": package.inside(path_of(no, piece)) if piece.id in lying else None,
                "kind": piece.kind.value,
                "media_type": MEDIA_TYPE[piece.kind],
                "size": piece.size,
                "sha256": piece.sha256,
                "name": each.event.name.text,
                "capture": plain(each.event.capture),
                "made_on": plain(each.event.made_on),
                "note": each.event.note.text if each.event.note else None,
                "received_at": plain(each.at),
                "received_from": each.role.value,
                "event": piece.seq,
                "original": True,
                "derived_from": None,
            }
        )
    made = {"at": plain(at), "by": seat.actor}
    return {"case": view.number, "organisation": seat.slug, "made": made, "files": rows}
