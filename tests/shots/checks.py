"""Everything that a machine can find wrong on a page: one visit, all widths and both colours."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.async_api import Page
from tinyhtml5.parser import HTMLParser

from services.wording.language import DEFAULT, Language, speaking
from services.wording.say import phrase
from tests.architecture.code import ROOT
from tests.journeys.visitors import DESK, NARROW, PHONE
from tests.shots.guide import Seen
from tests.shots.languages import foreign
from web.forms import SECRETS

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
LOOK = Path(__file__).with_name("look.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = json.dumps({"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
HEIGHT = 844
REFUSED = 422
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
GAP = re.compile(r"%\\\(\w+\\\)[sd]")
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|hx-on", re.IGNORECASE)


async def faults(seen: Seen, language: Language) -> list[str]:
    """All that is wrong, each told once. What does not depend on the language is looked at in one
    of them.
    """
    await seen.page.evaluate(LOOK)
    found = [*of_the_answer(seen), *of_the_source(seen)]
    found += [*await missing(seen, language), *await foreign(seen, language)]
    if seen.status == REFUSED and any("fault" in each for each in seen.state.shows):
        found += await of_the_summary(seen, language)
    if language is DEFAULT:
        found += [*await at_the_desk(seen), *await on_the_phone(seen)]
    else:
        found += await in_other_words(seen.page)
    found += await narrow(seen)
    await dressed(seen.page, width=DESK)
    return list(dict.fromkeys(found))


def of_the_answer(seen: Seen) -> Iterator[str]:
    if seen.status != seen.state.status:
        yield f"answered {seen.status}, and {seen.state.status} was due"
    if "noindex" not in seen.headers.get("x-robots-tag", ""):
        yield "no X-Robots-Tag: noindex"
    if seen.headers.get("referrer-policy") != "no-referrer":
        yield "no Referrer-Policy: no-referrer"
    path = urlsplit(seen.page.url).path
    if seen.lands and not re.fullmatch(seen.lands.replace("{n}", r"\d+"), path):
        yield f"leads to {path}, not to {seen.lands}"
    yield from seen.strays


def of_the_source(seen: Seen) -> Iterator[str]:
    """As it was sent, before any script ran."""
    parser = HTMLParser()
    parser.parse(seen.html)
    for (line, _), code, about in parser.errors:
        yield f"HTML, line {line}: {code} {about}"
    for found in INLINE.findall(seen.html):
        yield f"inline: {found}"


async def missing(seen: Seen, language: Language) -> list[str]:
    """What the list says that this state shows."""
    shown = await seen.page.locator("main").text_content() if seen.state.says else ""
    with speaking(language):
        unsaid = [code for code in seen.state.says if not re.search(worded(code), shown or "")]
    unseen = [each for each in seen.state.shows if not await seen.page.locator(each).count()]
    return [f"missing: {each}" for each in (*unsaid, *unseen)]


def worded(code: str) -> str:
    """A sentence with whatever in its gaps."""
    group, _, key = code.partition(".")
    return GAP.sub(".+", re.escape(phrase(group, key)))


async def of_the_summary(seen: Seen, language: Language) -> list[str]:
    """What was typed wrongly is told in the title and where the focus is; nothing typed is lost."""
    page = seen.page
    mark = {Language.CHINESE: "错误：", Language.ENGLISH: "Error: "}[language]
    found = (
        [] if (await page.title()).startswith(mark) else ["the title does not begin with 错误："]
    )
    for name, typed in seen.typed.items():
        if name in SECRETS:
            continue
        if await page.locator(f"main [name='{name}']").first.input_value() != typed:
            found.append(f"what was typed is lost: {name}")
    return [*found, *await asked(page, "focused", "summary", "untold")]


async def at_the_desk(seen: Seen) -> list[str]:
    page = seen.page
    await dressed(page, width=DESK)
    return [
        *await walk(page),
        *await at_the_end(page),
        *await asked(page, "wordless", "ids", "headings", "clickable"),
        *await page.evaluate("look.small", [CONTROLS, STAFF_PX]),
        *await twice_as_large(page),
    ]


async def twice_as_large(page: Page) -> list[str]:
    """The desk's columns follow the browser's zoom; the public's letters may also grow alone."""
    if await page.locator("body.public").count():
        return await restyled(page, TWICE, "cut")
    await dressed(page, width=DESK // 2)
    return await asked(page, "tooWide", "cut")


async def on_the_phone(seen: Seen) -> list[str]:
    page = seen.page
    has_colours = await page.locator("link[rel=stylesheet]").count()
    await dressed(page, width=PHONE, dark=bool(has_colours))
    found = [*await axe(page), *await asked(page, "tooWide", "cut")]
    found += await restyled(page, WECHAT, "cut")
    if await page.locator("body.public").count():
        found += await page.evaluate("look.small", [MAIN_ACTS, PUBLIC_PX])
        await page.evaluate("document.documentElement.dataset.size = 'large'")
        found += await page.evaluate("look.small", [MAIN_ACTS, LARGE_PX])
        found += await asked(page, "tooWide", "cut")
        await page.evaluate("delete document.documentElement.dataset.size")
    return found


async def in_other_words(page: Page) -> list[str]:
    """Names and labels are words, and longer ones take another place."""
    await dressed(page, width=PHONE)
    return await axe(page)


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


async def at_the_end(page: Page) -> list[str]:
    """Where a bar that sticks to the bottom lies in its own place, and over no row."""
    await page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    return await axe(page)


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
