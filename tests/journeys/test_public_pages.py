"""What consumers see on a phone: the first screen, every moment of a case, very large letters."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page

from tests.journeys.consumers import Filed, file, open_link
from tests.journeys.product import Product
from tests.journeys.visitors import NARROW, People
from web.moments import Moment

SCREEN = 844
FIRST = ("h1", ".clock", ".offer-sum", ".acts a >> nth=0", ".acts a >> nth=1")
ALWAYS = frozenset(
    {
        *(Moment.RECEIVED, Moment.QUESTION, Moment.MERCHANT_OURS, Moment.MERCHANT_SENT),
        *(Moment.OFFER, Moment.ACCEPTED, Moment.PLATFORM_YOURS, Moment.ASSOCIATION_SENT),
        *(Moment.REGULATOR_YOURS, Moment.REGULATOR_ACCEPTED, Moment.LAW_YOURS, Moment.PAUSED),
        *(Moment.SOLVED, Moment.PARTLY, Moment.NOT_SOLVED, Moment.WITHDRAWN, Moment.DECLINED),
        *(Moment.NOT_PURSUED, Moment.LAW_SENT, Moment.ASSOCIATION_ENDED),
    }
)
"""Those that the demo shows on whatever day it is made; the others hang on weekends between."""

HUGE = "document.documentElement.style.fontSize = '200%'"
WIDTH = "document.documentElement.scrollWidth"
CUT = """() => [...document.querySelectorAll('main *')]
    .filter(it => getComputedStyle(it).overflowX === 'hidden' && it.clientWidth > 1
        && it.scrollWidth > it.clientWidth + 1)
    .map(it => it.outerHTML.slice(0, 120))"""


async def at(product: Product, page: Page, moment: Moment) -> Filed:
    """The demo's first case at this moment, opened by its link and digits."""
    case = next(each for each in product.demo["cases"] if each["moment"] == moment.value)
    filed = Filed(number=case["number"], link=case["status_link"])
    await open_link(page, filed, digits=case["phone_last_digits"])
    return filed


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_first_screen_of_an_offer_holds_all_that_is_needed_to_answer_it(
    product: Product, people: People, language: str
) -> None:
    phone = await people.visitor()
    await at(product, phone, Moment.OFFER)
    await phone.goto(f"{phone.url}?lang={language}")

    for part in FIRST:
        box = await phone.locator(f"main {part}").bounding_box()

        assert box, part
        assert box["y"] + box["height"] <= SCREEN, f"{part} ends at {box['y'] + box['height']}"


async def test_the_demo_shows_every_moment_of_a_consumers_page(product: Product) -> None:
    shown = {case["moment"] for case in product.demo["cases"]}

    assert shown >= {each.value for each in ALWAYS}


async def test_letters_of_double_size_cut_nothing_and_need_no_sideways_scroll(
    product: Product, people: People
) -> None:
    phone = await people.visitor(scripts=True)
    wrong = {}
    async for name in pages(product, phone):
        await phone.evaluate(HUGE)
        width, cut = await phone.evaluate(WIDTH), await phone.evaluate(CUT)
        if width > 390 or cut:
            wrong[name] = (width, cut)

    assert wrong == {}


async def pages(product: Product, phone: Page) -> AsyncIterator[str]:
    org = product.demo["org"]
    for path in (f"/{org}", f"/{org}/lookup?no=2026-1", f"/session?org={org}", "/help", "/privacy"):
        await phone.goto(path)
        yield path
    for moment in (Moment.OFFER, Moment.PLATFORM_YOURS, Moment.NOT_SOLVED, Moment.SOLVED):
        filed = await at(product, phone, moment)
        yield moment
    await phone.goto(f"/s/{filed.number}/reopening")
    yield "reopening"
    await file(phone, org)
    yield "receipt"


async def test_the_receipt_stays_the_same_and_copies_its_link_where_scripts_run(
    product: Product, people: People
) -> None:
    phone = await people.visitor(width=NARROW, scripts=True)
    filed = await file(phone, product.demo["org"])
    for what in ("secret", "number"):
        assert await phone.locator(f"[data-copies={what}]").is_visible()

    await phone.reload()

    assert await phone.locator("code.secret").text_content() == filed.link
    image = phone.locator(".qr img")
    assert await image.evaluate("it => it.naturalWidth") >= 136
    assert filed.link not in str(await image.get_attribute("src"))


async def test_without_scripts_no_button_of_the_receipt_promises_what_it_cannot_do(
    product: Product, people: People
) -> None:
    phone = await people.visitor()
    await file(phone, product.demo["org"])

    for button in ("[data-copies=secret]", "[data-copies=number]", "[data-prints]"):
        assert await phone.locator(button).is_hidden()
    assert await phone.locator("main form, main button:visible").count() == 0
