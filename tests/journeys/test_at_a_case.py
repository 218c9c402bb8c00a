"""A day at one case: with the keyboard alone, with somebody else at the same case, and on paper."""

import re
import unicodedata
from io import BytesIO

import pytest
from playwright.async_api import expect
from pypdf import PdfReader

from tests.journeys.consumers import file
from tests.journeys.product import Product
from tests.journeys.visitors import DESK, People, press, type_into

A4_PAGES_MAX = 4


@pytest.fixture
async def number(product: Product, people: People) -> str:
    """A new complaint, not taken on so far."""
    phone = await people.visitor()
    return (await file(phone, product.demo["org"])).number


def squeezed(text: str) -> str:
    """Without spaces, and with the usual signs for the radicals that paper shows in their place."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


async def test_a_case_is_opened_taken_on_and_called_about_by_the_keyboard_alone(
    product: Product, people: People, number: str
) -> None:
    page = await people.colleague("zhou", scripts=True)
    await page.goto(product.desk(f"cases/{number}?from=view%3Dopen"))

    await page.keyboard.press("1")
    await expect(page.locator("#notices")).to_contain_text("已办，已记录")
    assert "from=view%3Dopen" in page.url

    await page.keyboard.press("n")
    await expect(page.locator("#jot-outcome")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
        for _ in range(2):
            await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")

    told = page.locator("#timeline .tl-item").first
    await expect(told).to_contain_text("电话联系消费者")
    await expect(told).to_contain_text("无人接听")


async def test_a_case_is_opened_from_the_queue_and_the_next_one_from_the_case(
    product: Product, people: People
) -> None:
    page = await people.colleague("zhou", scripts=True)
    await page.goto(product.desk("queue?view=open"))

    await page.keyboard.press("j")
    async with page.expect_navigation():
        await page.keyboard.press("Enter")
    first = page.url
    async with page.expect_navigation():
        await page.keyboard.press("j")
    second = page.url
    async with page.expect_navigation():
        await page.keyboard.press("k")

    assert "/cases/" in first
    assert "from=view%3Dopen" in first
    assert second.split("?")[0] != first.split("?")[0]
    assert page.url == first


async def test_an_open_case_says_that_it_changed_and_moves_nothing(
    product: Product, people: People, number: str
) -> None:
    reader = await people.colleague("zhou", scripts=True)
    await reader.goto(product.desk(f"cases/{number}"))
    await reader.locator("#jot-text").fill("半句话")
    before = await reader.locator("#timeline .tl-item").count()

    writer = await people.colleague("chen")
    await writer.goto(product.desk(f"cases/{number}/question"))
    await type_into(writer, {"text": "外箱完好吗？"})
    await press(writer)

    news = reader.locator("#news")
    await expect(news).to_contain_text("本案有了新变化", timeout=15_000)
    assert await reader.locator("#timeline .tl-item").count() == before
    assert await reader.locator("#jot-text").input_value() == "半句话"
    async with reader.expect_navigation():
        await news.locator("a").click()
    told = reader.locator("#timeline .tl-item").first
    await expect(told).to_contain_text("新")
    await expect(told).to_contain_text("外箱完好吗？")


async def test_what_is_half_typed_outlives_the_filters_and_the_opening_of_other_acts(
    product: Product, people: People, number: str
) -> None:
    page = await people.colleague("zhou", scripts=True)
    await page.goto(product.desk(f"cases/{number}"))
    await page.locator("#jot-text").fill("半句话")
    await page.locator("#tl-show a:not([aria-current])").first.click()
    await expect(page.locator("#tl-show a").nth(1)).to_have_attribute("aria-current", "true")
    await expect(page.locator("#tl-show a").nth(1)).to_be_focused()
    await expect(page.locator("#jot-text")).to_have_value("半句话")

    correction = page.locator(".menu a[href*='/correction']")
    await correction.click()
    await expect(page.locator("#act-title")).to_be_focused()
    await page.locator("#act-place textarea").fill("应为11月6")
    await page.locator(".menu a[href*='/pause']").click()
    await expect(page.locator("#act-place form[action*='/pause']")).to_be_visible()
    await correction.click()
    await expect(page.locator("#act-place textarea")).to_have_value("应为11月6")


async def test_of_two_at_one_case_the_second_sees_both_and_loses_nothing(
    product: Product, people: People, number: str
) -> None:
    address = product.desk(f"cases/{number}/question")
    zhou, chen = await people.colleague("zhou"), await people.colleague("chen")
    for page in (zhou, chen):
        await page.goto(address)
    await type_into(zhou, {"text": "外箱完好吗？"})
    await press(zhou)
    await type_into(chen, {"text": "有开箱视频吗？"})

    assert await press(chen) == 409

    await expect(chen.locator("main")).to_contain_text("外箱完好吗？")
    await expect(chen.locator("main [name='text']")).to_have_value("有开箱视频吗？")
    assert await press(chen, form="form.act") == 200
    await expect(chen.locator("#timeline")).to_contain_text("有开箱视频吗？")


async def test_the_whole_case_prints_clean_on_a_few_sheets(
    product: Product, people: People
) -> None:
    page = await people.colleague("zhou", width=DESK)
    longest = max((await product.asked("cases?limit=100"))["items"], key=lambda one: one["version"])
    assert longest["version"] > 10

    await page.goto(product.desk(f"cases/{longest['number']}/dossier"))
    shown = [await one.inner_text() for one in await page.locator(".tl-head time").all()]
    buttons = [await one.inner_text() for one in await page.locator(".no-print").all()]
    paper = PdfReader(BytesIO(await page.pdf(format="A4", prefer_css_page_size=True)))
    text = squeezed("".join(sheet.extract_text() for sheet in paper.pages))

    assert len(paper.pages) <= A4_PAGES_MAX
    assert longest["number"] in text
    assert len(shown) >= longest["version"]
    assert all(squeezed(day) in text for day in shown)
    assert "返回案件" in squeezed("".join(buttons))
    assert "返回案件" not in text
    assert "138••••" in text
