"""The tone checked on a phone: with scripts a part changes, without them nothing is lost."""

from playwright.async_api import Page, expect

from tests.journeys.consumers import COMPLAINT, receipt
from tests.journeys.product import Product
from tests.journeys.visitors import People, press, type_into

HARSH = "11月5日收到桌子，桌板开裂。这家店是骗子！！"
CHECK = "button[value=check]"


async def opened(page: Page, product: Product) -> Page:
    await page.goto(f"/{product.demo['org']}/complaints/one-page")
    await type_into(page, {**COMPLAINT, "facts": HARSH})
    return page


async def test_with_scripts_the_part_comes_alone_and_the_focus_follows(
    product: Product, people: People
) -> None:
    phone = await opened(await people.visitor(scripts=True), product)
    here = phone.url
    await phone.evaluate("window.stayed = true")

    await phone.click(CHECK)
    await expect(phone.locator(".tone mark")).to_have_text(["骗子", "！！"])
    await expect(phone.locator("#facts-tone-title")).to_be_focused()
    await phone.click("button[value^='take']")

    await expect(phone.locator("#facts")).to_have_value(HARSH.replace("骗子", "该经营者"))
    await expect(phone.locator("#facts-tone-title")).to_be_focused()
    await phone.click("button[value^='keep']")
    await expect(phone.locator(".tone mark")).to_have_count(0)
    assert phone.url == here
    assert await phone.evaluate("window.stayed")
    await press(phone)
    case = await product.asked(f"cases/{(await receipt(phone)).number}")
    assert case["facts"] == HARSH.replace("骗子", "该经营者")


async def test_a_network_that_fails_is_told_where_the_text_stands(
    product: Product, people: People
) -> None:
    phone = await opened(await people.visitor(scripts=True), product)
    await phone.route("**/tone", lambda route: route.abort())

    await phone.click(CHECK)

    await expect(phone.locator("#lost-network")).to_be_in_viewport()
    await expect(phone.locator("#said")).not_to_be_empty()
    await expect(phone.locator("#facts")).to_have_value(HARSH)
    await phone.unroute_all()
    await phone.click(CHECK)
    await expect(phone.locator(".tone mark")).to_have_text(["骗子", "！！"])
    await expect(phone.locator("#lost-network")).not_to_be_visible()


async def test_without_scripts_the_page_comes_again_at_the_part(
    product: Product, people: People
) -> None:
    phone = await opened(await people.visitor(), product)

    await phone.click(CHECK)
    assert phone.url.endswith("/complaints/one-page/tone#facts-tone")
    await expect(phone.locator(".tone mark")).to_have_text(["骗子", "！！"])
    await expect(phone.locator("#facts-tone-title")).to_be_in_viewport()
    await phone.click("button[value^='take']")
    await expect(phone.locator("#facts")).to_have_value(HARSH.replace("骗子", "该经营者"))

    await press(phone)
    case = await product.asked(f"cases/{(await receipt(phone)).number}")
    assert case["facts"] == HARSH.replace("骗子", "该经营者")


async def test_enter_in_a_line_files_and_checks_nothing(product: Product, people: People) -> None:
    phone = await opened(await people.visitor(), product)

    await phone.locator("[name='order.number']").press("Enter")

    await phone.wait_for_url("**/receipt")
