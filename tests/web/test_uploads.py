"""What comes in as a stream: refused before it is read, and cut off without a trace."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from litestar.exceptions import ClientException
from litestar.types import ASGIApp

from infra.database import tenant_tx
from services.tenants.organisations import Organisation
from tests.evidence.files import MP4, pieces, png
from tests.web.cast import Filed, leo_of
from tests.web.handing_in import acme, filed
from tests.web.visitor import Visitor, forms_of
from web import parts
from web.body import UnsupportedMedia, Value
from web.parts import BrokenOff, File

BOUNDARY = "----x"
KIND = f"multipart/form-data; boundary={BOUNDARY}"
MEBIBYTE = 1024 * 1024


class Sender:
    """A browser that sends a film of 200 MB as long as somebody reads, and goes when told."""

    def __init__(self, *, until: int) -> None:
        self.sent, self.until = 0, until
        self.status = 0

    async def receive(self) -> dict[str, Any]:
        if self.sent >= self.until:
            return {"type": "http.disconnect"}
        body = head("a.mp4") + MP4 if not self.sent else bytes(64 * 1024)
        self.sent += len(body)
        return {"type": "http.request", "body": body, "more_body": True}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]


async def post(app: Any, visitor: Visitor, target: str, sender: Sender) -> None:
    path, _, query = target.partition("?")
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.client.cookies.items())
    headers = {
        "host": "localhost:8000",
        "content-type": KIND,
        "content-length": str(200 * MEBIBYTE),
        "cookie": cookies,
    }
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("2001:db8::9", 50_000),
        "server": ("localhost", 8000),
        "state": {},
    }
    await app(scope, sender.receive, sender.send)


@pytest.mark.parametrize("wrong", ["no_ticket", "no_grant"])
async def test_what_may_not_be_sent_is_refused_before_it_is_read(
    app: ASGIApp, visitor: Visitor, filed: Filed, wrong: str
):
    """UPL-08."""
    page = await visitor.get(f"/s/{filed.number}/evidence")
    action = forms_of(page.text)[0].action
    if wrong == "no_grant":
        visitor.client.cookies.clear()
    sender = Sender(until=200 * MEBIBYTE)

    await post(app, visitor, action.partition("?")[0] if wrong == "no_ticket" else action, sender)

    assert sender.status == (403 if wrong == "no_ticket" else 401)
    assert sender.sent < 64 * 1024


async def test_a_connection_that_is_cut_in_the_middle_leaves_no_byte(
    app: ASGIApp, visitor: Visitor, filed: Filed, acme: Organisation, settings: Any
):
    """UPL-06."""
    page = await visitor.get(f"/s/{filed.number}/evidence")

    await post(app, visitor, forms_of(page.text)[0].action, Sender(until=5 * MEBIBYTE))

    folder = Path(settings.storage_url.removeprefix("file://")) / str(acme.tenant)
    assert [each for each in folder.rglob("*") if each.is_file()] == []
    async with tenant_tx(leo_of(acme)) as tx:
        assert await tx.fetchval("select state from evidence") == "refused"


def posted(*bodies: bytes) -> bytes:
    told = b"".join(head(str(n)) + body + b"\r\n" for n, body in enumerate(bodies))
    return told + f"--{BOUNDARY}--\r\n".encode()


def head(name: str) -> bytes:
    told = f'Content-Disposition: form-data; name="files"; filename="{name}"'
    return f"--{BOUNDARY}\r\n{told}\r\n\r\n".encode()


async def taken(body: bytes, step: int, *, reading: bool = True) -> list[tuple[str, bytes]]:
    return await read(parts.parts(KIND, pieces(body, step)), reading=reading)


async def read(
    coming: AsyncIterator[Value | File], *, reading: bool = True
) -> list[tuple[str, bytes]]:
    found = []
    async for each in coming:
        assert isinstance(each, File)
        content = [chunk async for chunk in each.content] if reading else []
        found.append((each.name, b"".join(content)))
    return found


@given(bodies=st.lists(st.binary(max_size=200), max_size=5), step=st.integers(1, 300))
@settings(deadline=None)
def test_files_come_out_as_they_were_however_the_bytes_arrive(bodies: list[bytes], step: int):
    found = asyncio.run(taken(posted(*bodies), step))

    assert found == [(str(n), body) for n, body in enumerate(bodies)]


async def test_a_file_that_nobody_reads_is_passed_over():
    assert await taken(posted(png(1), png(2)), 50, reading=False) == [("0", b""), ("1", b"")]


async def test_texts_come_between_files_and_too_long_ones_are_no_form():
    text = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="note"\r\n\r\n说明\r\n'.encode()
    both = [each async for each in parts.parts(KIND, pieces(text + posted(b"x")))]
    assert isinstance(both[0], Value)
    assert (both[0].name, both[0].text) == ("note", "说明")

    with pytest.raises(ClientException):
        await anext(aiter(parts.parts(KIND, pieces(text.replace(b"\xe8", b"x" * 100_000)))))


@pytest.mark.parametrize("body", [posted(b"x" * 500)[:300], b"nonsense" * 100])
async def test_half_a_form_is_no_form(body: bytes):
    with pytest.raises(ClientException):
        await taken(body, 100)


async def test_another_kind_of_body_is_told_so():
    with pytest.raises(UnsupportedMedia):
        await anext(aiter(parts.parts("text/plain", pieces(b"x"))))


async def test_who_sends_nothing_for_long_is_left(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parts, "STILL_MAX", parts.STILL_MAX / 1_000)

    async def silent() -> AsyncIterator[bytes]:
        yield head("a.mp4")
        await asyncio.Event().wait()

    with pytest.raises(BrokenOff):
        await read(parts.parts(KIND, silent()))
