"""The merchant's answer on a phone, from the link to the consumer's decision, with and without
scripts; and what the link leaves behind in a browser: nothing.
"""

import asyncio
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.journeys.consumers import Filed, file, open_link
from tests.journeys.merchants import OFFER, TOLD, handed_over, open_merchant_link, sent
from tests.journeys.product import Product
from tests.journeys.test_unattended import read
from tests.journeys.visitors import NARROW, People, main, press, type_into

SECONDS_MAX = 120.0


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])
async def test_a_merchant_offers_and_the_consumer_accepts(
    product: Product, people: People, scripts: bool
) -> None:
    consumer = await people.visitor(scripts=scripts)
    filed = await file(consumer, product.demo["org"])
    await sent(product, filed.number)
    desk = await people.colleague("zhou", scripts=scripts)
    link, code = await handed_over(desk, product, filed.number)
    shop = await people.visitor(scripts=scripts)

    await open_merchant_link(shop, link, code)
    assert "请在" in await shop.locator(".clock").inner_text()
    await type_into(shop, OFFER)
    assert await press(shop) == 200, await main(shop)
    assert TOLD in await main(shop)
    await press(shop)
    assert shop.url.endswith("/receipt"), await main(shop)
    assert re.search(rf"{filed.number}-\d+", await main(shop))

    await open_link(consumer, filed)
    assert "¥600" in await main(consumer)
    assert "愿意补偿600元。" in await main(consumer)
    await consumer.goto(f"/s/{filed.number}/agreement")
    await type_into(consumer, {"digits": "6021"})
    await press(consumer, form="form.act")
    case = await product.asked(f"cases/{filed.number}")
    assert case["stage"] == "settled"
    await shop.goto(f"/m/{filed.number}/answer")
    assert "已经说定" in await main(shop)
    await desk.goto(product.desk(f"cases/{filed.number}"))
    assert "通过答复链接" in await main(desk)


async def handed(product: Product, people: People) -> tuple[Filed, str, str]:
    consumer = await people.visitor()
    filed = await file(consumer, product.demo["org"])
    await sent(product, filed.number)
    return filed, *await handed_over(await people.colleague("zhou"), product, filed.number)


async def test_lnk_03_no_request_no_store_and_no_history_keeps_the_token(
    product: Product, people: People
) -> None:
    _, link, code = await handed(product, people)
    token = link.rsplit("/", 1)[1]
    shop = await people.visitor(scripts=True)
    asked: list[str] = []
    shop.on(
        "request",
        lambda request: asked.append(f"{request.url} {request.headers.get('referer', '')}"),
    )

    await open_merchant_link(shop, link, code)
    await shop.reload()

    assert [each for each in asked if token in each] == [f"{link} "]
    kept = await shop.evaluate(
        "() => [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie,"
        " document.referrer, location.href, document.documentElement.outerHTML].join()"
    )
    assert token not in kept
    assert code not in kept
    await shop.go_back()
    assert token not in shop.url


async def test_an_answer_by_keyboard_alone_on_the_narrowest_screen(
    product: Product, people: People
) -> None:
    filed, link, code = await handed(product, people)
    shop = await people.visitor(width=NARROW, scripts=True)
    await open_merchant_link(shop, link, code)
    assert not await shop.evaluate("document.documentElement.scrollWidth > innerWidth")

    await to(shop, "[value=agree]")
    await shop.keyboard.press("Space")
    for _ in range(6):
        await shop.keyboard.press("ArrowDown")
    assert await shop.locator("[value=dispute]").is_checked()
    await expect(shop.locator("[name='answering.sum']")).to_be_hidden()
    await to(shop, "textarea")
    await shop.keyboard.type("出厂时检验合格。")
    for button in ("form[action$=check] .btn", "form[action$=answer] .btn"):
        await to(shop, button)
        async with shop.expect_navigation():
            await shop.keyboard.press("Enter")

    assert shop.url.endswith("/receipt"), await main(shop)
    case = await product.asked(f"cases/{filed.number}")
    assert case["filings"][-1]["verdict"] == "refused"


async def to(page: Page, selector: str) -> None:
    """By the tabulator, as far as it takes."""
    for _ in range(60):
        if await page.evaluate("s => document.activeElement?.matches(s)", selector):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"no way to {selector}")


async def test_the_mailed_demand_brings_the_link_and_another_letter_its_code(
    product: Product, people: People
) -> None:
    """The case on the two-minute ladder, whose demand nobody hands over by hand."""
    number = product.demo["watch_it_climb"].rsplit("/", 1)[1]
    link, code = await mailed(product.mails, number)
    shop = await people.visitor()

    await open_merchant_link(shop, link, code)

    assert "台灯收到第二天不亮" in await main(shop)


async def mailed(folder: Path, number: str) -> tuple[str, str]:
    async with asyncio.timeout(SECONDS_MAX):
        while True:
            letters = [read(path).get_content() for path in sorted(folder.glob("*.eml"))]
            about = [letter for letter in letters if number in letter]
            links = [m[0] for letter in about for m in re.finditer(r"http\S+/m/\w{26}", letter)]
            codes = [m[0] for letter in about for m in re.finditer(r"(?m)^\d{6}(?=\s*$)", letter)]
            if links and codes:
                return links[0], codes[0]
            await asyncio.sleep(0.5)
