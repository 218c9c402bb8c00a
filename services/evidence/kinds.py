"""What a file is, by its first bytes: its name and what its sender's browser says count nothing.

Kinds and limits are those of security.md 4: pictures, documents, sound and video. No archive, page,
drawing or program is among them: nothing that a browser could run is ever taken."""

from enum import StrEnum
from typing import Final

from services.lifecycle.evidence import FileKind

MEGABYTE: Final = 1024 * 1024
HEAD_BYTES: Final = 64
K = FileKind


class Family(StrEnum):
    PICTURE = "picture"
    DOCUMENT = "document"
    SOUND = "sound"
    VIDEO = "video"


class UnfitFile(StrEnum):
    """Why a file is not taken; whatever else was sent stays."""

    EMPTY = "empty"
    ARCHIVE = "archive"
    UNKNOWN_KIND = "unknown_kind"
    PICTURE_TOO_LARGE = "picture_too_large"
    DOCUMENT_TOO_LARGE = "document_too_large"
    SOUND_TOO_LARGE = "sound_too_large"
    VIDEO_TOO_LARGE = "video_too_large"
    CASE_TOO_LARGE = "case_too_large"
    TOO_OFTEN = "too_often"
    BROKEN_OFF = "broken_off"


class NotTaken(Exception):
    def __init__(self, why: UnfitFile) -> None:
        super().__init__(why.value)
        self.why = why


FAMILY: Final = {
    **dict.fromkeys((K.JPEG, K.PNG, K.WEBP, K.HEIC), Family.PICTURE),
    K.PDF: Family.DOCUMENT,
    **dict.fromkeys((K.AMR, K.MP3, K.M4A, K.WAV), Family.SOUND),
    **dict.fromkeys((K.MP4, K.MOV), Family.VIDEO),
}
BYTES_MAX: Final = {
    Family.PICTURE: 20 * MEGABYTE,
    Family.DOCUMENT: 20 * MEGABYTE,
    Family.SOUND: 50 * MEGABYTE,
    Family.VIDEO: 200 * MEGABYTE,
}
TOO_LARGE: Final = {
    Family.PICTURE: UnfitFile.PICTURE_TOO_LARGE,
    Family.DOCUMENT: UnfitFile.DOCUMENT_TOO_LARGE,
    Family.SOUND: UnfitFile.SOUND_TOO_LARGE,
    Family.VIDEO: UnfitFile.VIDEO_TOO_LARGE,
}
MEDIA_TYPE: Final = {
    K.JPEG: "image/jpeg",
    K.PNG: "image/png",
    K.WEBP: "image/webp",
    K.HEIC: "image/heic",
    K.PDF: "application/pdf",
    K.AMR: "audio/amr",
    K.MP3: "audio/mpeg",
    K.M4A: "audio/mp4",
    K.WAV: "audio/wav",
    K.MP4: "video/mp4",
    K.MOV: "video/quicktime",
}
ENDING: Final = {kind: "jpg" if kind is K.JPEG else kind.value for kind in FileKind}
BEGINNINGS: Final = (
    (b"\xff\xd8\xff", K.JPEG),
    (b"\x89PNG\r\n\x1a\n", K.PNG),
    (b"%PDF-", K.PDF),
    (b"#!AMR", K.AMR),
    (b"ID3", K.MP3),
    *((bytes([0xFF, second]), K.MP3) for second in (0xFA, 0xFB, 0xF2, 0xF3)),
)
INSIDE_RIFF: Final = {b"WEBP": K.WEBP, b"WAVE": K.WAV}
BRANDS: Final = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"mif1"), K.HEIC),
    **dict.fromkeys((b"M4A ", b"M4B "), K.M4A),
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42"), K.MP4),
    **dict.fromkeys((b"avc1", b"dash", b"M4V ", b"MSNV", b"3gp4", b"3gp5", b"3gp6"), K.MP4),
    b"qt  ": K.MOV,
}
ARCHIVES: Final = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")


def kind_of(head: bytes) -> FileKind:
    """From the first `HEAD_BYTES`. Raises `NotTaken`."""
    if not head:
        raise NotTaken(UnfitFile.EMPTY)
    if head.startswith(ARCHIVES):
        raise NotTaken(UnfitFile.ARCHIVE)
    found = next((kind for begin, kind in BEGINNINGS if head.startswith(begin)), None)
    if head.startswith(b"RIFF"):
        found = INSIDE_RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        found = BRANDS.get(head[8:12])
    if found is None:
        raise NotTaken(UnfitFile.UNKNOWN_KIND)
    return found


def bytes_max(kind: FileKind) -> int:
    return BYTES_MAX[FAMILY[kind]]
