"""Where files lie: a folder of this machine, or a bucket that speaks S3. What comes here is sealed
already (services/evidence/sealing.py); a key is random and belongs to one file for ever."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from infra.storage_bucket import Bucket
from infra.storage_errors import AlreadyThere, NotThere
from infra.storage_folder import Folder

__all__ = ["AlreadyThere", "NotThere", "Storage", "current", "opened", "use"]


class Storage(Protocol):
    async def put(self, key: str, chunks: AsyncIterator[bytes]) -> None:
        """Whole or not at all: where `chunks` raises, nothing lies there. Raises `AlreadyThere`."""

    def get(self, key: str) -> AsyncIterator[bytes]:
        """Raises `NotThere` with the first chunk that is asked for."""

    async def delete(self, key: str) -> None:
        """Also where there is nothing to delete."""


class Place(Protocol):
    """infra.settings.Settings, as far as it matters here."""

    @property
    def storage_url(self) -> str: ...


_OPENED: list[Storage] = []


def use(place: Place) -> None:
    """Said once when a process starts."""
    _OPENED[:] = [opened(place.storage_url)]


def current() -> Storage:
    assert _OPENED, "start with storage.use(settings)"
    return _OPENED[0]


def opened(url: str) -> Storage:
    """`file:///folder`, `s3://KEY:SECRET@bucket/prefix?region=…`, or, for another server that
    speaks S3, its own address: `https://KEY:SECRET@host/bucket/prefix`."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return Folder(root=Path(unquote(parts.path)))
    return Bucket.at(parts)
