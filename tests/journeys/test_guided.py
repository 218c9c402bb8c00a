"""A complaint screen by screen in a browser, with scripts and without: few screens, little typing,
and nothing lost on the way.
"""

from collections.abc import Mapping

import pytest
from playwright.async_api import Page, expect

from tests.journeys.consumers import Filed, open_link, receipt
from tests.journeys.product import Product
from tests.journeys.visitors import People, Typed, main, press, type_into

SCREENS: Mapping[str, Typed] = {
    "new": {"whom": "merchant", "problem": "quality", "platform": "1688"},
    "purpose": {"order.purpose": "own_use"},
    "deal": {
        "merchant.shop": "木禾家居专营店",
        "order.number": "421777300118",
        "order.amount": "1286",
        "order.received_on": "2026-11-05",
    },
    "story": {"facts": "11月5日签收学习桌，当天发现桌板开裂，商家说是轻微瑕疵，不肯退货。"},
    "wish": {"demand.kind": ["return_refund"]},
    "contact": {
        "consumer.name": "田女士",
        "consumer.phone": "13800006021",
        "consents": ["privacy", "share_with_merchant", "mandate"],
    },
}
PRESSED = {"whom", "problem", "platform", "order.purpose", "demand.kind", "consents"}
PICKED = {"order.received_on"}
TYPED_CHARS_MAX = 60  # besides the story (ux.md 2.3)
SCREENS_MAX = 7  # five, what it was bought for on wholesale sites, and the check


def place(page: Page) -> str:
    return page.url.partition("?")[0].rsplit("/", 1)[1]


async def walk(page: Page, org: str, *, to: str) -> list[str]:
    """The screens that were seen, with the last one, on which nothing is done."""
    await page.goto(f"/{org}/complaints/new")
    seen = [place(page)]
    while seen[-1] != to:
        await type_into(page, SCREENS[seen[-1]])
        assert await press(page) == 200, await main(page)
        seen.append(place(page))
    return seen


@pytest.mark.parametrize("scripts", [False, True])
async def test_a_complaint_takes_few_screens_and_little_typing(
    product: Product, people: People, scripts: bool
) -> None:
    phone = await people.visitor(scripts=scripts)

    seen = await walk(phone, product.demo["org"], to="check")
    assert await press(phone) == 200
    filed = await receipt(phone)

    typed = sum(
        len(text)
        for screen in SCREENS.values()
        for name, text in screen.items()
        if name not in PRESSED | PICKED | {"facts"}
    )
    assert len(seen) <= SCREENS_MAX
    assert typed < TYPED_CHARS_MAX
    case = await product.asked(f"cases/{filed.number}")
    assert case["demands"] == [{"kind": "return_refund", "amount": "1286.00"}]
    await open_link(phone, filed)


async def test_a_draft_goes_on_on_another_phone_and_is_gone_once_it_is_filed(
    product: Product, people: People
) -> None:
    org = product.demo["org"]
    old, new = await people.visitor(), await people.visitor()
    await walk(old, org, to="story")
    await type_into(old, SCREENS["story"])
    await old.locator("button[value=later]").click()
    link = str(await old.locator("code.secret").text_content())

    await new.goto(link)
    assert place(new) == "wish"
    await new.goto(f"{link}/story")
    assert await new.locator("[name=facts]").input_value() == SCREENS["story"]["facts"]
    for screen in ("story", "wish", "contact"):
        await type_into(new, SCREENS[screen])
        assert await press(new) == 200
    assert await press(new) == 200
    filed = await receipt(new)

    await old.goto(f"{link}/story")
    assert filed.number in await main(old)
    assert str(SCREENS["story"]["facts"]) not in await main(old)


async def test_what_is_typed_is_saved_by_itself_where_scripts_run(
    product: Product, people: People
) -> None:
    phone, other = await people.visitor(scripts=True), await people.visitor()
    await phone.clock.install()
    await walk(phone, product.demo["org"], to="story")

    await type_into(phone, SCREENS["story"])
    await phone.clock.fast_forward(21_000)
    await phone.locator("#kept-by-itself:not(:empty)").wait_for()

    await other.goto(phone.url)
    assert await other.locator("[name=facts]").input_value() == SCREENS["story"]["facts"]

    told = phone.locator("#kept-by-itself")
    await phone.route("**/story", lambda route: route.abort())
    await phone.locator("[name=facts]").press_sequentially("！")
    await phone.clock.fast_forward(21_000)
    await expect(told).to_contain_text("刚才没有保存成功")
    await phone.unroute_all()
    await phone.clock.fast_forward(21_000)
    await expect(told).to_contain_text("已自动保存")


async def test_going_back_after_filing_files_nothing_more(product: Product, people: People) -> None:
    phone = await people.visitor()
    await walk(phone, product.demo["org"], to="check")
    await press(phone)
    first: Filed = await receipt(phone)

    await phone.go_back()
    assert first.number in await main(phone)


async def test_each_change_from_the_check_leads_back_to_it(
    product: Product, people: People
) -> None:
    phone = await people.visitor()
    seen = await walk(phone, product.demo["org"], to="check")

    for screen in seen[1:-1]:
        await phone.locator(f"main a[href*='/{screen}?back=check']").first.click()
        assert place(phone) == screen
        assert await press(phone) == 200
        assert place(phone) == "check", screen
