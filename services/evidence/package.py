"""A case's evidence as one ZIP: the files as they came, the manifest, and the manifest's own hash.

It is written while the files stream; none of them is ever whole in memory."""

import hashlib
import io
import json
import zipfile
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any, Final

FORMAT: Final = "redress-evidence-1"
MANIFEST: Final = "manifest.json"
SUM: Final = "manifest.sha256"
FOLDER: Final = "files/"
NO_MOMENT: Final = (1980, 1, 1, 0, 0, 0)


def manifest(told: Mapping[str, Any]) -> bytes:
    """One way of writing it only, so that its hash is the hash of what it says."""
    whole = {"format": FORMAT, **told}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1).encode()


def digest(manifest: bytes) -> str:
    return hashlib.sha256(manifest).hexdigest()


def inside(name: str) -> str:
    return f"{FOLDER}{name}"


async def zipped(
    manifest: bytes, files: Iterable[tuple[str, AsyncIterator[bytes]]]
) -> AsyncIterator[bytes]:
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for name, body in ((MANIFEST, manifest), (SUM, sum_of(manifest))):
            archive.writestr(zipfile.ZipInfo(name, NO_MOMENT), body)
        for name, chunks in files:
            with archive.open(zipfile.ZipInfo(name, NO_MOMENT), "w") as member:
                async for chunk in chunks:
                    member.write(chunk)
                    yield sink.drained()
    yield sink.drained()


def sum_of(manifest: bytes) -> bytes:
    """As `sha256sum --check` reads it."""
    return f"{digest(manifest)}  {MANIFEST}\n".encode()


class Sink(io.RawIOBase):
    """What the archive writes, until it is sent on; nothing is ever gone back to."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, body: Any) -> int:
        self.waiting.append(bytes(body))
        return len(body)

    def drained(self) -> bytes:
        sent = b"".join(self.waiting)
        self.waiting.clear()
        return sent
