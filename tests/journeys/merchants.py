"""A merchant who answers over the link of a demand, on a phone."""

from playwright.async_api import Page

from tests.journeys.visitors import main, press, type_into


async def open_merchant_link(page: Page, link: str, code: str) -> None:
    """Ends at the demand, past the code."""
    await page.goto(link)
    assert page.url.endswith("/check"), "the secret leaves the address"
    await type_into(page, {"code": code})
    await press(page)
    assert page.url.endswith("/answer"), await main(page)
