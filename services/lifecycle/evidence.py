"""Pieces of evidence, as the law knows them: what kind of file, how long, and the hash of its
bytes. The bytes lie elsewhere (services/evidence), and are never changed.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.lifecycle.facts import Words
from services.lifecycle.happened import Happened
from services.lifecycle.refusals import Refused, Why

PIECES_MAX: Final = 20


class FileKind(StrEnum):
    """What the bytes themselves say they are."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    AMR = "amr"
    MP3 = "mp3"
    M4A = "m4a"
    WAV = "wav"
    MP4 = "mp4"
    MOV = "mov"


class Capture(StrEnum):
    """How a piece came about, as who hands it in tells us; it is not checked."""

    SCREENSHOT = "screenshot"
    SCREEN_RECORDING = "screen_recording"
    CAMERA = "camera"
    SOUND_RECORDING = "sound_recording"
    EXPORT = "export"
    SCAN = "scan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """`seq` is the event that added it; `sha256` is of the bytes as they came, in hexadecimal.
    `shared`: a person found that the merchant may see it; the consumer's consent is asked besides.
    """

    seq: int
    id: UUID
    kind: FileKind
    size: int
    sha256: str
    shared: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareEvidence:
    """`shared` false takes it back."""

    piece: UUID
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEvidence:
    """One file that has been received whole. `name` is what its sender calls it; how it came
    about, `made_on` and `note` are what they say of it.
    """

    piece: UUID
    kind: FileKind
    size: int
    sha256: str
    name: Words
    capture: Capture | None = None
    made_on: date | None = None
    note: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAdded(Happened):
    piece: UUID
    kind: FileKind
    size: int
    sha256: str
    name: Words
    capture: Capture | None = None
    made_on: date | None = None
    note: Words | None = None

    def as_piece(self, *, seq: int) -> Piece:
        return Piece(seq=seq, id=self.piece, kind=self.kind, size=self.size, sha256=self.sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceShared(Happened):
    piece: UUID
    shared: bool


def shared(known: tuple[Piece, ...], command: ShareEvidence, *, now: datetime) -> EvidenceShared:
    if not any(piece.id == command.piece for piece in known):
        raise Refused(Why.NO_SUCH_PIECE)
    return EvidenceShared(at=now, piece=command.piece, shared=command.shared)


def marked(known: tuple[Piece, ...], event: EvidenceShared) -> tuple[Piece, ...]:
    """What is not shared says nothing of it, as before anything could be."""
    said = event.shared or None
    return tuple(replace(p, shared=said) if p.id == event.piece else p for p in known)


def added(known: tuple[Piece, ...], command: AddEvidence, *, now: datetime) -> EvidenceAdded:
    """The same bytes are one piece, whoever brings them again under whatever name."""
    if any(piece.sha256 == command.sha256 for piece in known):
        raise Refused(Why.EVIDENCE_KNOWN)
    if len(known) >= PIECES_MAX:
        raise Refused(Why.EVIDENCE_FULL)
    return EvidenceAdded(
        at=now,
        piece=command.piece,
        kind=command.kind,
        size=command.size,
        sha256=command.sha256,
        name=command.name,
        capture=command.capture,
        made_on=command.made_on,
        note=command.note,
    )
