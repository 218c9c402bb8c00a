"""A status page that was left open shows what stands now, and never takes away what was typed."""

from playwright.async_api import Page, expect

from tests.journeys.consumers import file, open_link
from tests.journeys.product import Product
from tests.journeys.visitors import People

SEEN_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"


async def at_status(people: People, product: Product) -> Page:
    phone = await people.visitor(scripts=True)
    await phone.clock.install()
    filed = await file(phone, product.demo["org"])
    await open_link(phone, filed)
    await phone.evaluate("window.isTheSame = true")
    return phone


async def test_a_status_page_is_read_anew_after_five_minutes(people: People, product: Product):
    phone = await at_status(people, product)

    await phone.clock.fast_forward("04:59")
    await phone.evaluate(SEEN_AGAIN)
    assert await phone.evaluate("window.isTheSame")
    await phone.clock.fast_forward("00:02")
    async with phone.expect_navigation():
        await phone.evaluate(SEEN_AGAIN)

    assert await phone.evaluate("window.isTheSame ?? null") is None


async def test_what_is_being_typed_is_not_taken_away(people: People, product: Product):
    phone = await at_status(people, product)
    await phone.goto(f"{phone.url.rsplit('/', 1)[0]}/withdrawal")
    await expect(phone.locator("textarea")).to_be_visible()
    await phone.add_script_tag(url=await script(phone, product))
    await phone.locator("textarea").fill("我再想想")
    await phone.clock.fast_forward("10:00")
    await phone.evaluate(SEEN_AGAIN)

    assert await phone.locator("textarea").input_value() == "我再想想"


async def script(phone: Page, product: Product) -> str:
    """The address of the small script that the status page carries."""
    status = await phone.request.get(f"{phone.url.rsplit('/', 1)[0]}/status")
    return "/static/fresh." + (await status.text()).split("/static/fresh.")[1].split('"')[0]
