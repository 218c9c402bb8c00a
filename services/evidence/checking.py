"""Whether a package is as it left the house, found out from the package alone, without a network:
every file that was changed, is missing or came along is named."""

import hashlib
import json
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from services.evidence.package import FORMAT, MANIFEST, SUM, digest, sum_of

CHUNK_BYTES = 1024 * 1024
MANIFEST_BYTES_MAX = 4 * 1024 * 1024
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError),
    *(OSError, ValueError, RuntimeError),
)
"""Our own packages only store; a turned bit may claim any way of packing, or a password."""


class Wrong(StrEnum):
    CHANGED = "changed"
    MISSING = "missing"
    EXTRA = "extra"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    path: str
    what: Wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """`manifest` is its hash, to be compared with what the association has on record."""

    case: str
    files: int
    manifest: str
    wrong: tuple[Found, ...]


def check(path: Path) -> Checked:
    try:
        with zipfile.ZipFile(path) as archive:
            return looked_at(archive)
    except UNREADABLE:
        wrong = (Found(path=path.name, what=Wrong.UNREADABLE),)
        return Checked(case="", files=0, manifest="", wrong=wrong)


def looked_at(archive: zipfile.ZipFile) -> Checked:
    inside = archive.namelist()
    manifest = read(archive, MANIFEST) or b""
    told = understood(manifest)
    if told is None or read(archive, SUM) != sum_of(manifest):
        at = MANIFEST if MANIFEST in inside else ""
        wrong = Found(path=MANIFEST, what=Wrong.CHANGED if at else Wrong.MISSING)
        return Checked(case="", files=0, manifest=digest(manifest), wrong=(wrong,))
    rows = {row["path"]: row for row in told["files"] if row["path"]}
    wrong_files = (*missing_or_changed(archive, rows, inside), *extra(rows, inside))
    return Checked(case=told["case"], files=len(rows), manifest=digest(manifest), wrong=wrong_files)


def missing_or_changed(
    archive: zipfile.ZipFile, rows: dict[str, Any], inside: list[str]
) -> Iterator[Found]:
    for path, row in rows.items():
        if path not in inside:
            yield Found(path=path, what=Wrong.MISSING)
        elif measured(archive, path) != (row["size"], row["sha256"]):
            yield Found(path=path, what=Wrong.CHANGED)


def extra(rows: dict[str, Any], inside: list[str]) -> Iterator[Found]:
    known = {MANIFEST, SUM, *rows}
    doubled = {path for path in inside if inside.count(path) > 1}
    for path in sorted({*inside} - known | doubled):
        yield Found(path=path, what=Wrong.EXTRA)


def measured(archive: zipfile.ZipFile, path: str) -> tuple[int, str] | None:
    """Length and hash of what really stands there; None where it cannot be read."""
    found, size = hashlib.sha256(), 0
    try:
        with archive.open(path) as member:
            while chunk := member.read(CHUNK_BYTES):
                size += len(chunk)
                found.update(chunk)
    except UNREADABLE:
        return None
    return size, found.hexdigest()


def read(archive: zipfile.ZipFile, path: str) -> bytes | None:
    try:
        if archive.getinfo(path).file_size > MANIFEST_BYTES_MAX:
            return None
        return archive.read(path)
    except (KeyError, *UNREADABLE):
        return None


def understood(manifest: bytes) -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = json.loads(manifest)
        is_ours = told["format"] == FORMAT and isinstance(told["files"], list)
    except (ValueError, KeyError, TypeError):
        return None
    return told if is_ours else None
