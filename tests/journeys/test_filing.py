"""The public form in the hands of people who err: nothing is lost, and nothing counts twice."""

from datetime import UTC, datetime, timedelta

from playwright.async_api import Page

from services.lifecycle.bells import local_day
from services.lifecycle.refusals import Why
from services.wording.say import say
from tests.journeys.consumers import COMPLAINT, file, open_link, receipt
from tests.journeys.product import Product
from tests.journeys.visitors import People, main, press, type_into
from web.forms import TEXT_MAX, Flaw

HOSTILE = "<script>alert(1)</script> & <b>“好店”</b>"
NEEDED = {
    "platform": say(Flaw.CHOICE_MISSING),
    "problem": say(Flaw.CHOICE_MISSING),
    "facts": say(Flaw.MISSING),
    "consumer-name": say(Flaw.MISSING),
    "consumer-phone": say(Flaw.MISSING),
    "consents": say(Why.PRIVACY_CONSENT_MISSING),
}
KEPT = ("order.number", "order.amount", "merchant.shop", "facts", "consumer.name")


async def told_beside(page: Page) -> dict[str, str]:
    """Each fault of the summary by the field it links to, as the field itself says it."""
    links = page.locator(".faults a")
    hrefs = [await link.get_attribute("href") or "" for link in await links.all()]
    told = {}
    for href in hrefs:
        assert await page.locator(href).count() == 1, f"{href} leads nowhere"
        told[href.removeprefix("#")] = str(await page.locator(f"{href}-fault").text_content())
    return told


async def test_what_was_typed_wrongly_comes_back_beside_its_reason(
    product: Product, people: People
) -> None:
    org, phone = product.demo["org"], await people.visitor()
    await phone.goto(f"/{org}/complaints/one-page")
    assert await press(phone) == 422
    assert await told_beside(phone) == NEEDED

    tomorrow = local_day(datetime.now(UTC)) + timedelta(days=1)
    wrong = {
        "facts": "长" * (TEXT_MAX + 7),
        "order.amount": "１２８６元",
        "order.paid_on": tomorrow.isoformat(),
        "merchant.shop": HOSTILE,
        "demand.1.amount": "１２８６元",
        "consumer.phone": "１３８ ００００ ６０２１",
    }
    await type_into(phone, {**COMPLAINT, **wrong})
    assert await press(phone) == 422

    assert await told_beside(phone) == {
        "facts": say(Flaw.TOO_LONG, over=7, longest=TEXT_MAX),
        "order-paid-on": say(Why.IN_THE_FUTURE),
    }
    for name, typed in {**COMPLAINT, **wrong}.items():
        await still_typed(phone, name, typed)

    await type_into(phone, {"facts": HOSTILE, "order.paid_on": "2026-11-01"})
    assert await press(phone) == 200
    filed = await receipt(phone)
    case = await product.asked(f"cases/{filed.number}")
    assert case["demands"] == [{"kind": "return_refund", "amount": "1286.00"}]
    assert case["facts"] == case["parties"]["merchant"]["shop"] == HOSTILE
    await open_link(phone, filed)
    assert HOSTILE in await main(phone)
    assert await phone.locator("main script, main [hx-ignore] b").count() == 0


async def still_typed(page: Page, name: str, typed: object) -> None:
    found = page.locator(f"main [name='{name}']")
    if await found.first.get_attribute("type") in ("radio", "checkbox"):
        ticked = [one for one in await found.all() if await one.is_checked()]
        values = [await one.get_attribute("value") for one in ticked]
        assert values == (typed if isinstance(typed, list) else [typed]), name
    else:
        assert await found.input_value() == typed, name


async def test_a_form_sent_twice_makes_one_case(product: Product, people: People) -> None:
    phone = await people.visitor()
    first = await file(phone, product.demo["org"], facts="网络不好，按了两次。")
    cases = await numbers(product)

    await phone.go_back()
    assert await phone.locator("[name=facts]").input_value() == "网络不好，按了两次。"
    assert await press(phone) == 200

    assert await receipt(phone) == first
    assert await numbers(product) == cases


async def numbers(product: Product) -> set[str]:
    return {row["number"] for row in (await product.asked("cases?limit=100"))["items"]}
