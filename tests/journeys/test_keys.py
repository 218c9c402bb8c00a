"""The keyboard: single keys where nobody types, none where somebody does, a place that stays."""

import pytest
from playwright.async_api import Page, expect

from tests.journeys.product import Product
from tests.journeys.visitors import People

ROW = "[data-row].is-current"
FOCUSED = "() => document.activeElement?.closest('[data-row]')?.dataset.number ?? null"


async def at_queue(people: People, query: str = "") -> Page:
    page = await people.colleague("zhou", scripts=True)
    await page.goto(people.product.desk(f"queue{query}"))
    await expect(page.locator("[data-live=on]").first).to_be_visible()
    return page


async def numbers(page: Page) -> list[str]:
    rows = page.locator("[data-row]")
    return [str(await rows.nth(n).get_attribute("data-number")) for n in range(3)]


async def test_the_keys_move_choose_and_open(people: People):
    page = await at_queue(people)
    first, second, third = await numbers(page)

    await page.keyboard.press("j")
    await page.keyboard.press("j")
    assert await page.evaluate(FOCUSED) == second, "focus goes with the row"
    await page.keyboard.press("k")
    assert await page.locator(ROW).get_attribute("data-number") == first
    await page.keyboard.press("x")
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("Shift+X")
    chosen = page.locator("input[name=pick]:checked")
    assert [await box.get_attribute("value") for box in await chosen.all()] == [
        first,
        second,
        third,
    ]
    await page.keyboard.press("Escape")
    await expect(chosen).to_have_count(0)
    await page.keyboard.press("o")
    await page.wait_for_url(f"**/cases/{third}**")
    await page.keyboard.press("g")
    await page.keyboard.press("q")
    await page.wait_for_url("**/desk/queue")


async def test_in_a_field_a_key_is_a_letter(people: People):
    page = await at_queue(people)
    await page.keyboard.press("/")
    await page.keyboard.type("jx?r")

    assert await page.locator("#q").input_value() == "jx?r"
    assert await page.locator(ROW).count() == 0


@pytest.mark.parametrize("key", ["Control+j", "Alt+j", "Meta+j"])
async def test_with_a_modifier_a_key_is_the_browsers(people: People, key: str):
    page = await at_queue(people)
    await page.keyboard.press(key)

    assert await page.locator(ROW).count() == 0


@pytest.mark.parametrize("composing", ["{isComposing: true}", "{keyCode: 229}"])
async def test_an_input_method_that_composes_fires_no_key(people: People, composing: str):
    page = await at_queue(people)
    struck = "{key: 'j', bubbles: true, ...%s}"
    strike = f"document.body.dispatchEvent(new KeyboardEvent('keydown', {struck}))"
    await page.evaluate(strike % composing)
    assert await page.locator(ROW).count() == 0

    await page.evaluate(strike % "{}")
    assert await page.locator(ROW).count() == 1, "the same key without it"


async def test_keys_that_are_turned_off_do_nothing_and_no_hint_shows(people: People):
    page = await at_queue(people, "?keys=off")
    await page.keyboard.press("j")

    assert await page.locator(ROW).count() == 0
    assert await page.locator("kbd:visible").count() == 0
    await page.goto("/me/shortcuts?keys=on")
    await page.goto(people.product.desk("queue"))
    await page.keyboard.press("j")
    assert await page.locator(ROW).count() == 1


async def test_the_question_mark_lists_the_keys_of_this_page(people: People):
    page = await at_queue(people)
    await page.keyboard.press("?")
    listed = page.locator("dialog#keys")
    await expect(listed).to_be_visible()
    assert await listed.locator("[data-for='j|k']").is_visible()
    assert not await listed.locator("[data-for='n']").is_visible()
    await page.keyboard.press("j")
    assert await page.locator(ROW).count() == 0, "behind a dialog nothing moves"
    await page.keyboard.press("Escape")
    await expect(listed).not_to_be_visible()

    await page.goto("/me/shortcuts")
    assert await page.locator("main .keylist [data-for]").count() > 10, "its page twin"


async def test_a_key_does_what_a_control_on_the_page_does(people: People, product: Product):
    page = await people.colleague("zhou", scripts=True)
    for place in (product.desk("queue"), product.demo["watch_it_climb"], "/me"):
        await page.goto(place)
        controls = page.locator("[data-key]")
        assert await controls.count() > 0
        for control in await controls.all():
            name = await control.evaluate(
                "it => it.innerText || it.ariaLabel || it.labels?.[0]?.innerText"
            )
            assert name, await control.evaluate("it => it.outerHTML")
