"""Everything that a machine can find wrong on a page: one visit, all widths and colours."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Page
from tinyhtml5.parser import HTMLParser

from tests.architecture.code import ROOT
from tests.journeys.visitors import DESK, NARROW, PHONE
from tests.shots.guide import Seen

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = json.dumps({"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
HEIGHT = 844
DATE_STOPS = 5
"""Presses that a field for a date takes more than others."""

# WCAG 2.2: 2.5.8 for the desk; MIIT's rules for elder people for the public, plain and large.
STAFF_PX, PUBLIC_PX, LARGE_PX = 24, 44, 60
CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary"
MAIN_ACTS = "main .btn:not(.btn--s), main form button"
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-block-end: 2em !important }"""
TWICE = "html { font-size: 200% !important }"
WECHAT = "html { font-size: 140% !important }"
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|hx-on", re.IGNORECASE)


async def faults(seen: Seen) -> list[str]:
    """All that is wrong, each told once."""
    found = [*of_the_answer(seen), *of_the_source(seen)]
    async for fault in of_the_page(seen):
        if fault not in found:
            found.append(fault)
    return found


def of_the_answer(seen: Seen) -> Iterator[str]:
    if seen.status != seen.state.status:
        yield f"answered {seen.status}, and {seen.state.status} was due"
    if "noindex" not in seen.headers.get("x-robots-tag", ""):
        yield "no X-Robots-Tag: noindex"
    if seen.headers.get("referrer-policy") != "no-referrer":
        yield "no Referrer-Policy: no-referrer"


def of_the_source(seen: Seen) -> Iterator[str]:
    """As it was sent, before any script ran."""
    parser = HTMLParser()
    parser.parse(seen.html)
    for (line, _), code, about in parser.errors:
        yield f"HTML, line {line}: {code} {about}"
    for found in INLINE.findall(seen.html):
        yield f"inline: {found}"


async def of_the_page(seen: Seen) -> AsyncIterator[str]:
    page = seen.page
    await page.evaluate(LOOK)
    for at_a_width in (at_the_desk, on_the_phone, narrow):
        for fault in await at_a_width(seen):
            yield fault
    await dressed(page, width=DESK)


async def at_the_desk(seen: Seen) -> list[str]:
    page = seen.page
    await dressed(page, width=DESK)
    shown = [*seen.state.shows]
    missing = [f"missing: {each}" for each in shown if not await page.locator(each).count()]
    walked = await walk(page)
    return [
        *missing,
        *walked,
        *await axe(page),
        *await asked(page, "wordless", "ids", "headings", "clickable"),
        *await page.evaluate("look.small", [CONTROLS, STAFF_PX]),
        *await restyled(page, TWICE, "cut"),
    ]


async def on_the_phone(seen: Seen) -> list[str]:
    page = seen.page
    await dressed(page, width=PHONE, dark=True)
    found = [*await axe(page), *await asked(page, "tooWide", "cut")]
    found += await restyled(page, WECHAT, "cut")
    if not seen.state.is_staff:
        found += await page.evaluate("look.small", [MAIN_ACTS, PUBLIC_PX])
        await page.evaluate("document.documentElement.dataset.size = 'large'")
        found += await page.evaluate("look.small", [MAIN_ACTS, LARGE_PX])
        found += await asked(page, "tooWide", "cut")
        await page.evaluate("delete document.documentElement.dataset.size")
    return found


async def narrow(seen: Seen) -> list[str]:
    await dressed(seen.page, width=NARROW)
    return [
        *await asked(seen.page, "tooWide", "cut"),
        *await restyled(seen.page, SPACED, "tooWide", "cut"),
    ]


async def dressed(page: Page, *, width: int, dark: bool = False) -> None:
    await page.set_viewport_size({"width": width, "height": HEIGHT})
    scheme: Literal["dark", "light"] = "dark" if dark else "light"
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")


async def asked(page: Page, *names: str) -> list[str]:
    found: list[str] = []
    for name in names:
        found += await page.evaluate(f"look.{name}()")
    return found


async def restyled(page: Page, rules: str, *names: str) -> list[str]:
    await page.evaluate("look.restyle", rules)
    found = await asked(page, *names)
    await page.evaluate("look.restyle", "")
    return found


async def walk(page: Page) -> list[str]:
    """With Tab from the top to the end, or until Tab leads nowhere new."""
    await page.evaluate("look.beginWalk()")
    ahead, before = await page.evaluate("look.ahead()"), -1
    while ahead not in {0, before}:
        for _ in range(ahead + DATE_STOPS):
            await page.keyboard.press("Tab")
        ahead, before = await page.evaluate("look.ahead()"), ahead
    found: list[str] = await page.evaluate("look.endWalk()")
    return found


async def axe(page: Page) -> list[str]:
    """Each rule that is broken, with the elements that break it."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE)
    found: dict[str, Any] = await page.evaluate(f"axe.run(document, {RULES})")
    assert found["passes"], "axe looked at nothing"
    return [
        f"axe {each['id']}: {[node['html'][:120] for node in each['nodes']][:3]}"
        for each in found["violations"]
    ]
