"""Files in a folder of this machine: whole, on the disk and under their name, or not there."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from infra.folders import private
from infra.storage_errors import AlreadyThere, NotThere

CHUNK_BYTES = 1024 * 1024
COMING = ".coming"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    root: Path

    async def put(self, key: str, chunks: AsyncIterator[bytes]) -> None:
        place = self.place(key)
        coming = place.with_name(place.name + COMING)
        file = await asyncio.to_thread(begun, coming)
        try:
            async for chunk in chunks:
                await asyncio.to_thread(file.write, chunk)
            await asyncio.to_thread(kept, file, coming, place)
        finally:
            file.close()
            coming.unlink(missing_ok=True)

    async def get(self, key: str) -> AsyncIterator[bytes]:
        try:
            file = await asyncio.to_thread(self.place(key).open, "rb")
        except FileNotFoundError as error:
            raise NotThere(key) from error
        with file:
            while chunk := await asyncio.to_thread(file.read, CHUNK_BYTES):
                yield chunk

    async def delete(self, key: str) -> None:
        """With what a broken-off process may have left of it."""
        place = self.place(key)
        for left in (place, place.with_name(place.name + COMING)):
            await asyncio.to_thread(left.unlink, missing_ok=True)

    def place(self, key: str) -> Path:
        assert all(part.strip(".") for part in key.split("/")), "keys are ours"
        return self.root / key


def begun(coming: Path) -> BinaryIO:
    private(coming.parent)
    try:
        handle = os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise AlreadyThere(coming.name) from error
    return os.fdopen(handle, "wb")


def kept(file: BinaryIO, coming: Path, place: Path) -> None:
    """On the disk first, then under its name, which a link never takes from another file."""
    file.flush()
    os.fsync(file.fileno())
    try:
        os.link(coming, place)
    except FileExistsError as error:
        raise AlreadyThere(place.name) from error
    with suppress(OSError):  # some file systems cannot be told to keep a folder
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
