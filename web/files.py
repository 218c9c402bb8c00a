"""Files of others, and pictures made of them, leave through here alone: never to be run."""

from collections.abc import AsyncIterator
from urllib.parse import quote

from litestar.exceptions import NotFoundException
from litestar.response import Stream

from web.page import Asked

HARMLESS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
TO_A_PERSON = frozenset({"", "document", "empty"})
"""What a browser may want a file for (`Sec-Fetch-Dest`): no picture, frame or script."""
IN_A_PAGE = frozenset({"", "image"})


async def saved(
    request: Asked,
    chunks: AsyncIterator[bytes],
    *,
    name: str,
    kind: str,
    size: int | None = None,
    wanted: frozenset[str] = TO_A_PERSON,
) -> Stream:
    """The first bytes are read before the answer begins: what is not there is a fault, no file."""
    if request.headers.get("sec-fetch-dest", "") not in wanted:
        raise NotFoundException
    first = await anext(chunks, b"")
    headers = {
        **HARMLESS,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
    }
    if size is not None:
        headers["Content-Length"] = str(size)
    return Stream(onwards(first, chunks), media_type=kind, headers=headers)


async def onwards(first: bytes, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for chunk in chunks:
        yield chunk
