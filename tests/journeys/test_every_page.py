"""Every page and state of tests/shots/pages.toml, as the eye, the finger, the keyboard, the screen
reader and a strict parser meet it: at all widths, in both colours and both languages.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Browser, StorageState

from services.wording.language import Language
from tests.journeys.product import Product
from tests.shots.broken import broken_window
from tests.shots.checks import faults
from tests.shots.guide import Guide
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
@pytest.mark.parametrize("language", Language, ids=lambda each: each.tag[:2])
async def test_nothing_is_wrong_on_any_page_in_any_state(
    state: State, language: Language, guides: Guides, titles: dict[str, str]
) -> None:
    seen = await guides[language].reach(state)

    assert [*await faults(seen, language), *await of_the_title(seen, titles)] == []
