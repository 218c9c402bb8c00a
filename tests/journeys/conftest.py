"""One product and one browser for all journeys; each visitor has cookies of their own."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, StorageState

from tests.journeys.product import Product, running
from tests.journeys.visitors import People
from tests.shots.tour import chromium


@pytest.fixture(scope="session")
async def product() -> AsyncIterator[Product]:
    async with running() as product:
        yield product


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def keys() -> dict[str, StorageState]:
    """Of colleagues who signed in during any journey."""
    return {}


@pytest.fixture
async def people(
    product: Product, browser: Browser, keys: dict[str, StorageState]
) -> AsyncIterator[People]:
    people = People(product=product, browser=browser, keys=keys)
    yield people
    await people.leave()
