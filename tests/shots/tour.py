"""A product of its own for looking at: `make shots` and `make look` begin here and leave nothing
behind.
"""

import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser, StorageState, async_playwright

from services.wording.language import Language
from tests.browser import find
from tests.journeys.product import Product, running
from tests.journeys.visitors import People
from tests.shots.broken import broken_window
from tests.shots.guide import Guide
from tests.shots.pages import State, states

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(slots=True, kw_only=True)
class Tour:
    product: Product
    browser: Browser
    broken: str
    keys: dict[str, StorageState] = field(default_factory=dict)

    @asynccontextmanager
    async def guide(self, language: Language) -> AsyncIterator[Guide]:
        people = People(product=self.product, browser=self.browser, keys=self.keys)
        try:
            yield await Guide.of(self.product, people, broken=self.broken, language=language)
        finally:
            await people.leave()


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        yield browser
        await browser.close()


@asynccontextmanager
async def tour() -> AsyncIterator[Tour]:
    with TemporaryDirectory(prefix="redress-broken-") as home:
        async with (
            running() as product,
            chromium() as browser,
            broken_window(Path(home)) as broken,
        ):
            yield Tour(product=product, browser=browser, broken=broken)


def chosen(words: Sequence[str]) -> list[State]:
    """All, or those whose names begin with one of the words."""
    found = [s for s in states() if not words or s.name.startswith(tuple(words))]
    if not found:
        sys.exit(f"No state in tests/shots/pages.toml begins with {' or '.join(words)}")
    return found
