"""The bytes of a form become named texts. UTF-8 is read strictly, GB18030 only where declared.

What cannot be read is guessed, so that people see their words again, and marked, so that nothing
guessed is ever stored."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote_to_bytes

from litestar.exceptions import ClientException, HTTPException
from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

BODY_BYTES_MAX = 2 * 1024 * 1024
FIELDS_MAX = 500
NAME_MAX = 100
GB_FAMILY = frozenset({"gb18030", "gbk", "gb2312", "gb_2312-80", "cp936", "x-gbk"})


class Unfit(StrEnum):
    """Why a value is no text that we can take."""

    ENCODING = "encoding"
    FILE = "file"


class UnsupportedMedia(HTTPException):
    status_code = 415


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    name: str
    text: str
    unfit: Unfit | None = None


def values(content_type: str, body: bytes) -> tuple[Value, ...]:
    """Raises what becomes 400, 413 or 415 where the body as a whole is no form."""
    kind, options = parse_options_header(content_type)
    match kind:
        case "application/x-www-form-urlencoded":
            found = urlencoded(body, options.get("charset"))
        case "multipart/form-data":
            found = multipart(body, options.get("boundary", ""), options.get("charset"))
        case "" if not body:
            return ()
        case _:
            raise UnsupportedMedia
    return tuple(limited(found))


def limited(found: Iterator[Value]) -> Iterator[Value]:
    for number, value in enumerate(found):
        if number >= FIELDS_MAX:
            raise ClientException(extra={"trouble": "too_many_fields"})
        if 0 < len(value.name) <= NAME_MAX:
            yield value


def urlencoded(body: bytes, charset: str | None) -> Iterator[Value]:
    for pair in body.split(b"&", FIELDS_MAX + 1):
        if pair:
            name, _, value = pair.replace(b"+", b" ").partition(b"=")
            yield made(unquote_to_bytes(name), unquote_to_bytes(value), charset)


def multipart(body: bytes, boundary: str, charset: str | None) -> Iterator[Value]:
    try:
        yield from parts(body, boundary, charset)
    except (MultipartError, LookupError, UnicodeError) as error:
        raise ClientException(extra={"trouble": "malformed"}) from error


def parts(body: bytes, boundary: str, charset: str | None) -> Iterator[Value]:
    segment, content = None, bytearray()
    with PushMultipartParser(boundary, header_charset="latin-1") as parser:
        for event in parser.parse(body):
            match event:
                case MultipartSegment():
                    segment, content = event, bytearray()
                case None:
                    yield part(segment, bytes(content), charset)
                case _:
                    content += event


def part(segment: MultipartSegment | None, content: bytes, charset: str | None) -> Value:
    """An empty file input is nothing; a file where a text belongs is told to its sender."""
    assert segment is not None
    name = (segment.name or "").encode("latin-1", "replace")
    if segment.filename:
        return Value(name=text_of(name, charset)[0], text="", unfit=Unfit.FILE)
    return made(name, content, segment.charset or charset)


def made(name: bytes, content: bytes, charset: str | None) -> Value:
    text, is_sure = text_of(content, charset)
    unfit = None if is_sure else Unfit.ENCODING
    return Value(name=text_of(name, charset)[0], text=text, unfit=unfit)


def text_of(raw: bytes, charset: str | None) -> tuple[str, bool]:
    """The text, and whether we are sure of it."""
    declared_gb = (charset or "").strip().lower() in GB_FAMILY
    try:
        return raw.removeprefix(codecs.BOM_UTF8).decode("gb18030" if declared_gb else "utf-8"), True
    except UnicodeDecodeError:
        return guessed(raw), False


def guessed(raw: bytes) -> str:
    """Old Chinese forms send GBK without a word; anything else is shown as far as it goes."""
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")
