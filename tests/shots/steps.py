"""What somebody does to bring a page into a state: the words that `steps` in `pages.toml` knows."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pyotp
from playwright.async_api import FilePayload, Page

from tests.evidence.samples import photograph
from tests.journeys.consumers import COMPLAINT
from tests.journeys.product import Product
from tests.journeys.visitors import press, type_into
from tests.shots.pages import Step

DRAWN_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where somebody is, and what fills the gaps of addresses and typed texts."""

    page: Page
    product: Product
    facts: Mapping[str, str]

    def filled(self, text: str) -> str:
        for name, fact in self.facts.items():
            text = text.replace(f"{{{name}}}", fact)
        return text


async def take(step: Step, way: Way) -> None:
    [(word, told)] = step.items()
    page = way.page
    match word:
        case "type":
            texts = {name: way.filled(text) for name, text in told.items()}
            await type_into(page, texts)
        case "press":
            await press(page, form=told)
        case "file":
            await type_into(page, COMPLAINT)
            await press(page)
        case "hand_in":
            await page.locator("main [name=files]").set_input_files(photograph_named(told))
            await press(page)
        case "until":
            await until(page, told)
        case "prove":
            await prove(page, told)
        case "meanwhile":
            await meanwhile(way, told)
        case _:
            await touch(page, word, told)


async def touch(page: Page, word: str, told: str) -> None:
    """One thing on the page as it stands."""
    match word:
        case "choose":
            await page.locator(f"main form select[name='{told}']").select_option(index=1)
        case "click":
            await page.locator(told).first.click()
        case "tick":
            await page.locator(told).first.check()
        case "keys":
            await page.keyboard.press(told)
        case "wait":
            await page.locator(told).first.wait_for()
        case "spoil":
            await page.evaluate(
                "n => document.getElementsByName(n).forEach(i => i.value = '-')", told
            )
        case _:
            raise AssertionError(f"pages.toml: nobody knows how to {word}")


def photograph_named(name: str) -> FilePayload:
    """Never the same one twice, or it would be known."""
    body = photograph(width=1600, height=1200) + uuid4().bytes
    return {"name": name, "mimeType": "image/jpeg", "buffer": body}


async def until(page: Page, selector: str) -> None:
    """What the worker makes in the background is there when somebody looks again."""
    async with asyncio.timeout(DRAWN_SECONDS):
        while not await page.locator(selector).count():
            await page.reload()


async def prove(page: Page, form: str) -> None:
    """With the secret that the page shows to a phone; as late as the answer asks, where others
    failed from this place before.
    """
    here, secret = page.url, await page.locator("main code").first.text_content()
    totp = pyotp.TOTP(str(secret).replace(" ", ""))
    await page.locator(f"{form} [name=code]").fill(totp.at(datetime.now(UTC)))
    async with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        await press(page, form=form)
    answer = await answered.value
    if wait := answer.headers.get("retry-after"):
        await page.wait_for_timeout(1000 * int(wait))
        await page.goto(here)
        await prove(page, form)


async def meanwhile(way: Way, command: str) -> None:
    """Somebody else is quicker."""
    body: dict[str, Any] = {"kind": command, "text": "刚刚接到商家来电，约好明天再谈。"}
    answer = await way.product.api.post(
        f"/api/v1/cases/{way.facts['number']}/commands",
        json=body,
        headers={"Idempotency-Key": str(uuid4())},
    )
    answer.raise_for_status()
