"""Pages as the eye and the screen reader meet them: measured with scripts on, at 320 pixels."""

import json
from collections.abc import AsyncIterator
from typing import Any

from playwright.async_api import Page

from tests.architecture.code import ROOT
from tests.journeys.consumers import Filed, file, open_link
from tests.journeys.product import Product
from tests.journeys.visitors import NARROW, People, press

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DRESSED = """() => document.readyState === 'complete'
    && [...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet)"""
RULES = json.dumps({"runOnly": {"type": "tag", "values": WCAG}})


async def test_every_public_page_fits_320_pixels_and_axe_finds_nothing(
    product: Product, people: People
) -> None:
    faults: dict[str, Any] = {}
    names = set()
    async for name, page in pages(product, people):
        names.add(name)
        await page.wait_for_function(DRESSED)
        if found := [*await too_wide(page), *await wrong(page)]:
            faults[name] = found

    assert faults == {}, json.dumps(faults, ensure_ascii=False, indent=1)
    assert len(names) == 17


async def pages(product: Product, people: People) -> AsyncIterator[tuple[str, Page]]:
    phone = await people.visitor(width=NARROW, scripts=True)
    async for name in public(product, phone):
        yield name, phone
    filed = await file(phone, product.demo["org"])
    yield "receipt", phone
    reader = await people.visitor(width=NARROW, scripts=True)
    async for name in read_by_link(reader, filed):
        yield name, reader
    staff = await people.colleague("wu", width=NARROW, scripts=True)
    yield "queue", staff
    await staff.goto(product.demo["watch_it_climb"])
    yield "a case that is nobody's", staff
    manager = await people.colleague("zhou", width=NARROW, scripts=True)
    for name in ("", "/filing", "/closure", "/deadlines"):
        await manager.goto(product.demo["watch_it_climb"] + name)
        yield f"case{name}", manager


async def public(product: Product, phone: Page) -> AsyncIterator[str]:
    org = product.demo["org"]
    for path in (f"/{org}", f"/session?org={org}", f"/{org}/lookup?no=2026-1", "/nowhere"):
        await phone.goto(path)
        yield path
    await phone.goto(f"/{org}/complaints/new")
    yield "form"
    await press(phone)
    yield "form with faults"


async def read_by_link(reader: Page, filed: Filed) -> AsyncIterator[str]:
    await reader.goto(filed.link)
    yield "check"
    await open_link(reader, filed)
    yield "status"
    for noun in ("deadlines", "withdrawal"):
        await reader.goto(f"/s/{filed.number}/{noun}")
        yield noun


async def too_wide(page: Page) -> list[str]:
    width = await page.evaluate("document.documentElement.scrollWidth")
    return [] if width <= NARROW else [f"{width} pixels wide"]


async def wrong(page: Page) -> list[str]:
    """Each rule that is broken, with the elements that break it."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    found = await page.evaluate(f"axe.run(document, {RULES})")
    assert found["passes"], "axe looked at nothing"
    return [
        f"{v['id']}: {[node['html'][:160] for node in v['nodes']][:3]}" for v in found["violations"]
    ]
