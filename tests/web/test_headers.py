"""What every answer of ours carries, whoever made it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from litestar import get
from litestar.types import ASGIApp

from infra.settings import Settings
from tests.web.conftest import Serve
from tests.web.visitor import visiting
from web import access, sign_in
from web.health import live
from web.templating import FOLDER, asset

ALWAYS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
PAGES = {"cache-control": "no-store", "x-robots-tag": "noindex, nofollow, noarchive"}
ASKED = {
    "/session": 200,
    "/never": 404,
    "/broken": 500,
    "/session/code/%ff": 404,
    "/session?q=%ff": 400,
    "/health/live": 200,
}


@get("/broken", opt=access.public())
async def broken() -> None:
    raise RuntimeError


@pytest.fixture(scope="module")
def plain(serve: Serve) -> ASGIApp:
    return serve(sign_in.ask_password, live, broken)


@pytest.mark.parametrize("path", ASKED)
async def test_every_page_and_every_error_carries_the_headers(plain: ASGIApp, path: str):
    async with visiting(plain) as visitor:
        answer = await visitor.get(path)

    assert answer.status_code == ASKED[path]
    carried = {name: answer.headers.get(name) for name in ALWAYS | PAGES}
    assert carried == ALWAYS | PAGES
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["x-request-id"])


async def test_static_files_are_kept_for_ever_and_carry_them_too(plain: ASGIApp):
    async with visiting(plain, **{"accept-encoding": "br"}) as visitor:
        whole = await visitor.get(asset("staff.css"))
        again = await visitor.get(asset("staff.css"), if_none_match=whole.headers["etag"])
        some = await visitor.get(asset("htmx.js"), range="bytes=0-9", accept_encoding="identity")
        wrong = await visitor.client.post(asset("staff.css"))

    assert "immutable" in whole.headers["cache-control"]
    assert whole.headers["content-encoding"] == "br"
    assert whole.text.startswith("/* Ink and paper")
    assert {name: whole.headers.get(name) for name in ALWAYS} == ALWAYS
    assert (again.status_code, some.status_code, wrong.status_code) == (304, 206, 405)
    assert len(some.content) == 10


async def test_under_https_cookies_are_bound_to_the_host_and_the_scheme(
    serve: Serve, bare_settings: Settings
):
    public = replace(bare_settings, public_url="https://desk.example.org")
    app = serve(sign_in.ask_password, settings=public)

    async with visiting(app) as visitor:
        answer = await visitor.get("/session?lang=en", host="desk.example.org")

    cookies = answer.headers.get_list("set-cookie")
    assert "max-age" in answer.headers["strict-transport-security"]
    assert len(cookies) == 2
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= set(cookie.lower().split("; "))


async def test_without_https_they_work_all_the_same(plain: ASGIApp):
    async with visiting(plain) as visitor:
        answer = await visitor.get("/session")

    assert answer.headers["set-cookie"].startswith("anonymous=")
    assert "secure" not in answer.headers["set-cookie"].lower()
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("127.0.0.1:8000", 200),
        ("192.168.1.7:8000", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("", 421),
        ("localhost@evil.example", 421),
        ("[", 421),
    ],
)
async def test_only_hosts_of_ours_are_answered(plain: ASGIApp, host: str, status: int):
    async with visiting(plain) as visitor:
        answer = await visitor.get("/session", host=host)

    assert answer.status_code == status


async def test_health_is_told_to_whoever_watches_under_any_name(plain: ASGIApp):
    async with visiting(plain) as visitor:
        answer = await visitor.get("/health/live", host="10.0.0.3")

    assert answer.json() == {"status": "alive"}


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        ("", "zh-Hans-CN"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hans-CN"),
        ("zh_Hans_CN", "zh-Hans-CN"),
        ("fr,de;q=0.9", "zh-Hans-CN"),
        ("fr,en;q=0.1", "en"),
        ("en;q=0,zh", "zh-Hans-CN"),
        ("en;q=nonsense", "zh-Hans-CN"),
        ("," * 5_000, "zh-Hans-CN"),
    ],
)
async def test_pages_speak_what_the_browser_asks_for_and_chinese_otherwise(
    plain: ASGIApp, header: str, tag: str
):
    async with visiting(plain) as visitor:
        answer = await visitor.get("/session", accept_language=header)

    assert f'<html lang="{tag}"' in answer.text
    assert answer.headers["content-language"] == tag


async def test_a_taste_that_was_asked_for_lasts(plain: ASGIApp):
    async with visiting(plain, **{"accept-language": "zh"}) as visitor:
        await visitor.get("/session?lang=en&size=large&theme=dark")
        answer = await visitor.get("/session")

    assert '<html lang="en" data-theme="dark" data-size="large">' in answer.text


@pytest.mark.parametrize("query", ["lang=xx", "lang=%3Cscript%3E", "theme=../x", "size=9", "lang"])
async def test_a_taste_that_we_do_not_know_is_no_taste(plain: ASGIApp, query: str):
    async with visiting(plain) as visitor:
        answer = await visitor.get(f"/session?{query}")

    assert answer.status_code == 200
    assert '<html lang="zh-Hans-CN">' in answer.text


@pytest.mark.parametrize("template", sorted(FOLDER.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_holds_a_script_a_style_or_a_word_of_another_host(template: Path):
    text = template.read_text(encoding="utf-8")

    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|hx-on|javascript:", text)
    assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", text)
