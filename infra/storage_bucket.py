"""Files in a bucket that speaks S3, in parts, so that no file is ever whole in memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import SplitResult, parse_qs, unquote

import obstore
from obstore.exceptions import NotFoundError
from obstore.store import S3Store

from infra.storage_errors import AlreadyThere, NotThere

PART_BYTES = 8 * 1024 * 1024
PARTS_AT_ONCE = 2
CHUNK_BYTES = 1024 * 1024
REGION = "us-east-1"
ABSENT = (NotFoundError, FileNotFoundError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    store: S3Store

    @classmethod
    def at(cls, url: SplitResult) -> Self:
        bucket, prefix = url.hostname or "", url.path.strip("/")
        server: dict[str, Any] = {}
        if url.scheme != "s3":
            host = url.netloc.rpartition("@")[2]
            bucket, _, prefix = prefix.partition("/")
            server = {"endpoint": f"{url.scheme}://{host}", "virtual_hosted_style_request": False}
        return cls(
            store=S3Store(
                bucket,
                prefix=prefix or None,
                region=parse_qs(url.query).get("region", [REGION])[0],
                client_options={"allow_http": url.scheme == "http"},
                **server,
                **credentials(url),
            )
        )

    async def put(self, key: str, chunks: AsyncIterator[bytes]) -> None:
        """A key is random and looked up first: S3 itself cannot refuse to overwrite in parts."""
        if await self.has(key):
            raise AlreadyThere(key)
        await obstore.put_async(
            self.store, key, chunks, chunk_size=PART_BYTES, max_concurrency=PARTS_AT_ONCE
        )

    async def has(self, key: str) -> bool:
        try:
            await obstore.head_async(self.store, key)
        except ABSENT:
            return False
        return True

    async def get(self, key: str) -> AsyncIterator[bytes]:
        try:
            found = await obstore.get_async(self.store, key)
        except ABSENT as error:
            raise NotThere(key) from error
        async for chunk in found.stream(min_chunk_size=CHUNK_BYTES):
            yield bytes(chunk)

    async def delete(self, key: str) -> None:
        try:
            await obstore.delete_async(self.store, key)
        except ABSENT:
            return


def credentials(url: SplitResult) -> dict[str, Any]:
    """Without them the environment of the machine is asked, as S3's own tools do."""
    if not url.username:
        return {}
    return {
        "access_key_id": unquote(url.username),
        "secret_access_key": unquote(url.password or ""),
    }
