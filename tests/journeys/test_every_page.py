"""Every page and state of tests/shots/pages.toml, as the eye, the finger, the keyboard, the screen
reader and a strict parser meet it: at all widths, in both colours and both languages.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Browser, StorageState

from services.wording.language import Language
from tests.journeys.product import Product
from tests.shots.broken import broken_window
from tests.shots.checks import faults
from tests.shots.guide import Guide, Seen
from tests.shots.pages import State, states
from tests.shots.titles import of_the_title
from tests.shots.tour import Tour

Guides = dict[Language, Guide]


@pytest.fixture(scope="session")
async def guides(
    product: Product,
    browser: Browser,
    keys: dict[str, StorageState],
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Guides]:
    home: Path = tmp_path_factory.mktemp("broken")
    async with AsyncExitStack() as stack:
        broken = await stack.enter_async_context(broken_window(home))
        tour = Tour(product=product, browser=browser, broken=broken, keys=keys)
        yield {each: await stack.enter_async_context(tour.guide(each)) for each in Language}


@pytest.fixture(scope="session")
def titles() -> dict[str, str]:
    return {}


@pytest.mark.parametrize("state", states(), ids=lambda each: each.name)
async def test_nothing_is_wrong_on_any_page_in_any_state(
    state: State, guides: Guides, titles: dict[str, str]
) -> None:
    seen = {each: await guides[each].reach(state) for each in Language}

    found = await asyncio.gather(*(wrong(seen[each], each, titles) for each in Language))

    assert dict(zip(Language, found, strict=True)) == {each: [] for each in Language}


async def wrong(seen: Seen, language: Language, titles: dict[str, str]) -> list[str]:
    return [*await faults(seen, language), *await of_the_title(seen, titles)]
