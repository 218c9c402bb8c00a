"""One product and one browser for all journeys; each visitor has cookies of their own."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser import find
from tests.journeys.product import Product, running
from tests.journeys.visitors import People

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
async def product() -> AsyncIterator[Product]:
    async with running() as product:
        yield product


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        yield browser
        await browser.close()


@pytest.fixture
async def people(product: Product, browser: Browser) -> AsyncIterator[People]:
    people = People(product=product, browser=browser)
    yield people
    await people.leave()
