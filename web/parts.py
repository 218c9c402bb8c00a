"""A posted form with files, part by part as it comes in: no file is ever whole in memory."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from litestar.exceptions import ClientException, InternalServerException
from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from web.body import FIELDS_MAX, UnsupportedMedia, Value, part, text_of

STILL_MAX: Final = timedelta(seconds=60)
TEXT_BYTES_MAX: Final = 64 * 1024


class BrokenOff(ClientException):
    """Nothing came for a minute, or the connection was lost, which the framework calls a fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """`content` can be read once, before the next part is asked for."""

    field: str
    name: str
    content: AsyncIterator[bytes]


async def parts(content_type: str, body: AsyncIterator[bytes]) -> AsyncIterator[Value | File]:
    """Texts as values, files as streams. Both raise what becomes 400 or 415."""
    kind, options = parse_options_header(content_type)
    if kind != "multipart/form-data":
        raise UnsupportedMedia
    charset, source = options.get("charset"), events(options.get("boundary", ""), body)
    async for event in source:
        assert isinstance(event, MultipartSegment)
        content = content_of(source)
        if event.filename is None:
            yield part(event, await whole(content), charset)
        elif event.filename:
            yield file(event, content, charset)
        async for _rest in content:
            pass


async def events(
    boundary: str, body: AsyncIterator[bytes]
) -> AsyncIterator[MultipartSegment | bytes | None]:
    try:
        with PushMultipartParser(
            boundary, header_charset="latin-1", max_segment_count=FIELDS_MAX
        ) as parser:
            async for chunk in paced(body):
                for event in parser.parse(chunk):
                    yield bytes(event) if isinstance(event, bytearray) else event
    except (MultipartError, LookupError, UnicodeError) as error:
        raise ClientException(extra={"trouble": "malformed"}) from error


async def paced(body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    source = aiter(body)
    while True:
        try:
            async with asyncio.timeout(STILL_MAX.total_seconds()):
                chunk = await anext(source)
        except StopAsyncIteration:
            return
        except (TimeoutError, InternalServerException) as error:
            raise BrokenOff from error
        yield chunk


async def content_of(
    source: AsyncIterator[MultipartSegment | bytes | None],
) -> AsyncIterator[bytes]:
    async for event in source:
        if event is None:
            return
        assert isinstance(event, bytes)
        yield event


async def whole(content: AsyncIterator[bytes]) -> bytes:
    found = bytearray()
    async for chunk in content:
        found += chunk
        if len(found) > TEXT_BYTES_MAX:
            raise ClientException(extra={"trouble": "malformed"})
    return bytes(found)


def file(segment: MultipartSegment, content: AsyncIterator[bytes], charset: str | None) -> File:
    field = (segment.name or "").encode("latin-1", "replace")
    name = (segment.filename or "").encode("latin-1", "replace")
    return File(field=text_of(field, charset)[0], name=text_of(name, charset)[0], content=content)
