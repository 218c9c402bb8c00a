"""A merchant who answers over the link of a demand, on a phone."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from playwright.async_api import Page

from services.lifecycle.bells import local_day
from tests.journeys.product import Product
from tests.journeys.visitors import main, press, type_into

OFFER = {
    "answering.kind": "partial",
    "answering.sum": "600",
    "answering.back": "none",
    "answering.day": "2027-01-15",
    "answering.text": "运输途中受损，愿意补偿600元。",
}
TOLD = "部分退款。不用退回商品。\n运输途中受损，愿意补偿600元。"


async def open_merchant_link(page: Page, link: str, code: str) -> None:
    """Ends at the demand, past the code."""
    await page.goto(link)
    assert page.url.endswith("/check"), "the secret leaves the address"
    await type_into(page, {"code": code})
    await press(page)
    assert page.url.endswith("/answer"), await main(page)


async def sent(product: Product, number: str) -> None:
    """Taken on, and the demand handed over with proof."""
    today = local_day(datetime.now(UTC)).isoformat()
    proof = {"kind": "mail_receipt", "reference": "挂号信 XA 0000 1286 6 CN"}
    filing = {"kind": "record_filing", "door": "merchant", "on": today, "proof": proof}
    for command in ({"kind": "take_on"}, filing):
        await commanded(product, number, command)


async def commanded(product: Product, number: str, command: dict[str, Any]) -> None:
    answer = await product.api.post(
        f"/api/v1/cases/{number}/commands",
        json=command,
        headers={"Idempotency-Key": str(uuid4())},
    )
    answer.raise_for_status()


async def handed_over(desk: Page, product: Product, number: str) -> tuple[str, str]:
    """Link and code, as the desk is shown them once."""
    await desk.goto(product.desk(f"cases/{number}/merchant-link"))
    await press(desk, form="form.act")
    link, code = await desk.locator("code.secret").all_text_contents()
    return link, code
