"""Who comes to the pages: consumers with a phone, colleagues at a desk; nobody runs scripts,
unless a test measures with them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pyotp
from playwright.async_api import Browser, BrowserContext, Locator, Page, StorageState

from tests.journeys.product import Product

PHONE, NARROW, DESK = 390, 320, 1440
CHINESE, ENGLISH = "zh-CN", "en-GB"
STEP = timedelta(seconds=30)
Typed = Mapping[str, str | Sequence[str]]


@dataclass(slots=True, kw_only=True)
class People:
    """`keys` are the cookies of colleagues who signed in: a code of their phone opens only once."""

    product: Product
    browser: Browser
    keys: dict[str, StorageState]
    here: list[BrowserContext] = field(default_factory=list)

    async def visitor(
        self,
        *,
        width: int = PHONE,
        scripts: bool = False,
        locale: str = CHINESE,
        holding: StorageState | None = None,
    ) -> Page:
        """Somebody new, with a page of their own."""
        context = await self.browser.new_context(
            viewport={"width": width, "height": 844},
            java_script_enabled=scripts,
            locale=locale,
            base_url=self.product.pages,
            storage_state=holding,
        )
        self.here.append(context)
        return await context.new_page()

    async def colleague(
        self, name: str, *, width: int = DESK, scripts: bool = False, locale: str = CHINESE
    ) -> Page:
        """At the queue."""
        holding = self.keys.get(name)
        page = await self.visitor(width=width, scripts=scripts, locale=locale, holding=holding)
        if holding:
            await page.goto(self.product.demo["queue"])
        else:
            await sign_in(page, self.product, name)
            self.keys[name] = await page.context.storage_state()
        return page

    async def leave(self) -> None:
        for context in self.here:
            await context.close()


async def sign_in(page: Page, product: Product, name: str) -> None:
    """Ends at the queue, which is what was asked for."""
    [facts] = [one for one in product.demo["sign_ins"] if one["email"].startswith(f"{name}@")]
    await page.goto(product.demo["queue"])
    await type_into(page, {"email": facts["email"], "password": facts["password"]})
    await press(page)
    totp, now = pyotp.TOTP(facts["totp_secret"]), datetime.now(UTC)
    for moment in (now, now + STEP):
        # The code of this half minute may have been used up when the demo was made.
        await type_into(page, {"code": totp.at(moment)})
        await press(page)
        if page.url.endswith("/queue"):
            return
    raise AssertionError(await main(page))


async def type_into(page: Page, typed: Typed, *, form: str = "main form") -> None:
    """By the names of the fields, whatever kind each is."""
    for name, value in typed.items():
        found = page.locator(f"{form} [name='{name}']:visible")
        await type_one(found, value)


async def type_one(found: Locator, value: str | Sequence[str]) -> None:
    tag = await found.first.evaluate("it => it.tagName + (it.type || '')")
    match tag:
        case "SELECTselect-one":
            assert isinstance(value, str)
            await found.select_option(value)
        case "INPUTradio" | "INPUTcheckbox":
            for one in [value] if isinstance(value, str) else value:
                await found.and_(found.page.locator(f"[value='{one}']")).check()
        case _:
            assert isinstance(value, str)
            await found.fill(value)


async def press(page: Page, *, form: str = "main form") -> int:
    """Sends the form; the status of the page that this leads to, once it is there."""
    async with page.expect_navigation() as onwards:
        await page.locator(form).locator("button:not(.vh, [formaction])").first.click()
    answer = await onwards.value
    return answer.status


async def main(page: Page) -> str:
    """All that its main part says, folded or not."""
    return await page.locator("main").text_content() or ""
