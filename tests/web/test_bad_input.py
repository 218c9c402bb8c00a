"""Whatever arrives, over the whole way in: a sentence, 4xx, everything typed still there."""

import unicodedata
from typing import Any
from urllib.parse import quote_from_bytes

import httpx
import pytest
from litestar import post
from litestar.types import ASGIApp

from tests.database import Database
from tests.web.conftest import Serve
from tests.web.naughty import TEXTS, UNSTORABLE
from tests.web.visitor import Visitor, forms_of, visiting
from web import access, sign_in
from web.body import BODY_BYTES_MAX
from web.forms import FormReader

FORM = "application/x-www-form-urlencoded"


@post("/echo", opt=access.public(), status_code=200)
async def echo(form: FormReader) -> dict[str, Any]:
    """What the ledger would be given."""
    return {"facts": form.text("facts"), "faults": [fault.code for fault in form.faults]}


@pytest.fixture(scope="module")
def taking(database: Database, serve: Serve) -> ASGIApp:
    """Signing in looks up the association that was named."""
    return serve(echo, sign_in.ask_password, sign_in.take_password)


@pytest.fixture
async def visitor(taking: ASGIApp) -> Any:
    async with visiting(taking) as somebody:
        yield somebody


async def token_of(visitor: Visitor) -> str:
    page = await visitor.get("/session")
    return forms_of(page.text)[0].fields["csrf"][0]


async def put(visitor: Visitor, body: bytes, content_type: str = FORM) -> httpx.Response:
    headers = {"x-csrf-token": await token_of(visitor), "content-type": content_type}
    return await visitor.client.post("/echo", content=body, headers=headers)


async def typed(visitor: Visitor, text: str) -> httpx.Response:
    """Into a page that cannot be sent, as the password is missing."""
    await visitor.get("/session")
    return await visitor.send("/session", org=text, email=text)


@pytest.mark.parametrize("text", TEXTS)
async def test_naughty_texts_arrive_as_they_were_typed(visitor: Visitor, text: str):
    token = await token_of(visitor)

    answer = await visitor.client.post("/echo", data={"facts": text, "csrf": token})

    meant = unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
    assert answer.json() == {"facts": meant.replace("\r\n", "\n").strip(), "faults": []}


@pytest.mark.parametrize("text", TEXTS)
async def test_naughty_texts_are_inert_and_still_there_on_the_page(visitor: Visitor, text: str):
    answer = await typed(visitor, text)

    page = await visitor.get("/session")
    assert answer.status_code == 422
    assert answer.text.count("<script") == page.text.count("<script") == 0
    assert answer.text.count("<form") == page.text.count("<form")
    again = forms_of(answer.text)[0].fields
    assert again["org"] == [text.removeprefix("\ufeff")]


@pytest.mark.parametrize("text", UNSTORABLE)
async def test_what_cannot_be_stored_gets_a_sentence(visitor: Visitor, text: str):
    answer = await typed(visitor, f"vor {text} nach")

    assert answer.status_code == 422
    assert "看不见的符号" in answer.text
    assert "vor " in forms_of(answer.text)[0].fields["org"][0]


@pytest.mark.parametrize("charset", ["gbk", "big5", "utf-16", "latin-1", "utf-8"])
async def test_no_charset_becomes_other_words_in_silence(visitor: Visitor, charset: str):
    text = {"latin-1": "café", "big5": "投訴商家"}.get(charset, "投诉商家")

    answer = await put(visitor, b"facts=" + quote_from_bytes(text.encode(charset)).encode())

    assert answer.status_code == 200
    told = answer.json()
    assert told["facts"] == text or told["faults"]
    assert told["facts"] in {text, ""}


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"\xff\xfe", "text/plain", 415),
        (b"{}", "application/json", 415),
        (b"", "", 200),
        (b"facts=x", "", 415),
        (b"x", "multipart/form-data", 400),
        (b"x", "multipart/form-data; boundary=b", 400),
        (b"--b\r\n\r\nx\r\n--b--", "multipart/form-data; boundary=b", 400),
        (b"a=1&" * 501, FORM, 400),
        (b"=&&&==&%=%&a", FORM, 200),
        (b"facts=" + b"x" * BODY_BYTES_MAX, FORM, 413),
    ],
)
async def test_what_is_no_form_is_told_in_a_page(
    visitor: Visitor, body: bytes, content_type: str, status: int
):
    answer = await put(visitor, body, content_type)

    assert answer.status_code == status
    assert status == 200 or answer.headers["content-type"].startswith("text/html")
    assert status == 200 or answer.text.count("<h1") == 1


async def test_a_megabyte_is_told_to_be_too_long_and_kept(visitor: Visitor):
    answer = await typed(visitor, "字" * 100_000)

    assert answer.status_code == 422
    assert "超出了99800个字" in answer.text
    assert forms_of(answer.text)[0].fields["org"] == ["字" * 100_000]


async def test_a_form_with_no_length_announced_is_cut_off_at_the_limit(taking: ASGIApp):
    async def endless() -> Any:
        for _ in range(200):
            yield b"x" * 65_536

    async with visiting(taking) as visitor:
        headers = {"x-csrf-token": await token_of(visitor), "content-type": FORM}
        answer = await visitor.client.post("/echo", content=endless(), headers=headers)

    assert answer.status_code == 413


PATHS = [
    "/%00", "/%ff", "/%c0%ae%c0%ae/", "/..%2f..%2fetc/passwd", "/session/%0d%0aSet-Cookie:x",
    "//evil.example/", "/static/../../etc/passwd", "/static/%2e%2e/manifest.json",
    "/" + "x" * 9_000, "/session?org=" + "x" * 9_000, "/session?" + "a&" * 500,
    "/session?then=%00", "/session?org=%ff",
    "/session?org=a&org=b", "/session?org=%E6%8A%95", "/%F0%9F%98%80", "/session;a=b", "/session/",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS, ids=range(len(PATHS)))
async def test_odd_addresses_are_answered_with_a_page_and_never_with_a_bug(
    visitor: Visitor, path: str
):
    answer = await visitor.get(path)

    assert answer.status_code in {200, 400, 404, 414}
    assert answer.headers["content-type"].startswith("text/html")
    assert "set-cookie: x" not in str(answer.headers).lower()


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "anonymous=\x7f; session=" + "x" * 5_000},
        {"cookie": "flash=Said.signed_out"},
        {"cookie": 'flash=<script>.x; language=xx; theme="; size'},
        {"cookie": "; ; =;a=b=c"},
        {"cookie": "second-step=%00"},
        {"hx-request": "true", "hx-target": "<script>"},
        {"hx-request": "maybe"},
        {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https"},
        {"x-http-method-override": "DELETE"},
        {"accept": "application/json"},
        {"accept-language": "\xff, zh;q=", "user-agent": "\xff" * 300},
        {"range": "bytes=0-1", "if-none-match": "*"},
        {"content-length": "-1"},
        {"expect": "200-maybe"},
    ],
    ids=str,
)
async def test_odd_headers_change_nothing(visitor: Visitor, headers: dict[str, str]):
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]

    answer = await visitor.client.get("/session", headers=raw)

    assert answer.status_code == 200
    assert "<script>" not in answer.text.split("<main")[1]
    assert "evil.example" not in answer.text


async def test_headers_without_end_are_not_even_looked_at(visitor: Visitor):
    answer = await visitor.client.get("/session", headers={"x-long": "a" * 64_000})

    assert answer.status_code == 431
    assert "这个页面暂时打不开" in answer.text
