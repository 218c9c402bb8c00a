"""A consumer who files on the public page, and the link that she keeps."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playwright.async_api import Page

from tests.journeys.visitors import Typed, main, press, type_into

COMPLAINT: Mapping[str, str | Sequence[str]] = {
    "platform": "1688",
    "problem": "quality",
    "order.purpose": "own_use",
    "order.number": "4217 7730 0118",
    "order.amount": "1286",
    "merchant.shop": "木禾家居专营店",
    "facts": "签收学习桌当天发现桌板开裂，商家说是轻微瑕疵，不肯退货。",
    "demand.1.kind": "return_refund",
    "demand.1.amount": "1286",
    "consumer.name": "田女士",
    "consumer.phone": "13800006021",
    "consumer.email": "tian@consumer.example",
    "consents": ["privacy", "share_with_merchant", "mandate"],
}
DIGITS = "6021"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    number: str
    link: str


async def fill_in(page: Page, org: str, **other: str) -> None:
    await page.goto(f"/{org}/complaints/one-page")
    await type_into(page, written(other))


def written(other: Mapping[str, str]) -> Typed:
    """Names of fields have dots where names in Python cannot."""
    return {**COMPLAINT, **{name.replace("__", "."): text for name, text in other.items()}}


async def file(page: Page, org: str, **other: str) -> Filed:
    """Ends at the receipt."""
    await fill_in(page, org, **other)
    assert await press(page) == 200, await main(page)
    return await receipt(page)


async def receipt(page: Page) -> Filed:
    assert page.url.endswith("/receipt"), await main(page)
    number = re.search(r"20\d\d-\d+", page.url)
    assert number
    link = await page.locator("code.secret").text_content()
    return Filed(number=number[0], link=str(link))


async def open_link(page: Page, filed: Filed, digits: str = DIGITS) -> None:
    """Ends at the status page, past the four digits."""
    await page.goto(filed.link)
    assert page.url.endswith(f"/{filed.number}/check"), "the secret leaves the address"
    await type_into(page, {"digits": digits})
    await press(page)
    assert page.url.endswith(f"/{filed.number}/status"), await main(page)
