"""What a consumer prints of her complaint: everything that happened, and nothing to press."""

import re
import unicodedata
from io import BytesIO

from pypdf import PdfReader

from services.wording.say import phrase
from tests.journeys.consumers import Filed, open_link
from tests.journeys.product import Product
from tests.journeys.visitors import People

A4_PAGES_MAX = 4


def squeezed(text: str) -> str:
    """Without spaces, and with the usual signs for the radicals that paper shows in their place."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


async def test_a_status_page_prints_whole_and_without_buttons(
    product: Product, people: People
) -> None:
    [case, *_] = [each for each in product.demo["cases"] if each["arc"] == "offer_open"]
    page = await people.visitor(scripts=True)
    filed = Filed(number=case["number"], link=case["status_link"])
    await open_link(page, filed, case["phone_last_digits"])

    paper = PdfReader(BytesIO(await page.pdf(format="A4", prefer_css_page_size=True)))
    printed = squeezed("".join(sheet.extract_text() for sheet in paper.pages))

    told = await page.locator(".tl-item time, .story time").all_inner_texts()
    assert len(told) >= 5
    assert case["number"] in printed
    assert [each for each in told if squeezed(each) not in printed] == []
    for act in ("agreement", "rejection"):
        assert squeezed(phrase("ConsumerAct", act)) not in printed
    assert len(paper.pages) <= A4_PAGES_MAX


async def test_a_page_of_the_desk_prints_without_anything_to_press(
    product: Product, people: People
) -> None:
    [case, *_] = [each for each in product.demo["cases"] if each["arc"] == "offer_open"]
    page = await people.colleague("zhou", scripts=True)
    await page.goto(product.desk(f"cases/{case['number']}"))

    await page.emulate_media(media="print")

    buttons = page.locator(".btn:visible, button:visible, input:visible, .menu:visible")
    assert await buttons.all_inner_texts() == []
    assert await page.locator(".tl-item").first.is_visible()


async def test_the_queue_prints_its_rows_and_no_list_lies_over_them(
    product: Product, people: People
) -> None:
    page = await people.colleague("zhou", scripts=True)
    await page.goto(product.desk("queue"))

    await page.emulate_media(media="print")

    assert await page.locator(".own-list:visible, .bulk:visible, input:visible").count() == 0
    assert await page.locator(".row .due").first.is_visible()
    assert await page.locator("h1").is_visible()
