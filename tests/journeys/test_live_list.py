"""Live news in a real browser: told to every tab over one stream, and never under the hand."""

import re
from uuid import uuid4

import pytest
from playwright.async_api import Page, expect

from tests.journeys.product import Product
from tests.journeys.visitors import People

HAND = """() => ({
    focus: document.activeElement.closest('[data-row]')?.dataset.number,
    tag: document.activeElement.tagName,
    rows: [...document.querySelectorAll('[data-row]')].map((row) => row.dataset.number),
    picked: [...document.querySelectorAll('input[name=pick]:checked')]
        .map((box) => box.value).sort(),
    scroll: Math.round(scrollY),
    tops: [...document.querySelectorAll('[data-row]')]
        .map((row) => Math.round(row.getBoundingClientRect().top)),
})"""
KEPT = ("focus", "tag", "picked")
ON, LOST = "[data-live=on]", "[data-live=lost]"
SLOWLY = 20_000


async def change(product: Product, numbers: list[str]) -> None:
    """A note on each of these cases, by a program."""
    for number in numbers:
        answer = await product.api.post(
            f"/api/v1/cases/{number}/commands",
            json={"kind": "note", "text": "核实过一次。"},
            headers={"Idempotency-Key": uuid4().hex},
        )
        answer.raise_for_status()


async def open_numbers(product: Product) -> list[str]:
    """Without the case that has to climb with no hand on it."""
    items = (await product.asked("cases?limit=100"))["items"]
    watched = product.demo["watch_it_climb"].rsplit("/", 1)[1]
    found = (one["number"] for one in items if one["stage"] != "closed")
    return [number for number in found if number != watched]


async def at_queue(people: People) -> Page:
    page = await people.colleague("zhou", scripts=True)
    await expect(page.locator(ON)).to_be_visible(timeout=SLOWLY)
    return page


@pytest.mark.parametrize("wheel", [0, 150])
async def test_twenty_changes_move_nothing_under_the_hand(
    people: People, product: Product, wheel: int
):
    page = await at_queue(people)
    for key in ("j", "x", "j", "j", "x"):
        await page.keyboard.press(key)
    await page.evaluate(f"scrollTo({{top: {wheel}, behavior: 'instant'}})")
    before = await page.evaluate(HAND)
    assert before["focus"]
    assert len(before["picked"]) == 2
    assert before["scroll"] == wheel

    await change(product, (await open_numbers(product))[:20])

    bar = page.locator("#fresh")
    await expect(bar).to_contain_text("有20件案件刚刚变化", timeout=SLOWLY)
    assert await page.evaluate(HAND) == before
    await page.keyboard.press("r")
    await expect(bar).not_to_be_visible()
    after = await page.evaluate(HAND)
    assert {name: after[name] for name in KEPT} == {name: before[name] for name in KEPT}
    assert await page.locator("[data-row].is-current").count() == 1


async def test_two_tabs_share_one_stream_and_both_are_told(people: People, product: Product):
    page = await at_queue(people)
    alone = await streams(product)
    other = await page.context.new_page()
    await other.goto(product.desk("queue"))
    await expect(other.locator("h1")).to_be_visible()

    await change(product, (await open_numbers(product))[:1])

    for tab in (page, other):
        await expect(tab.locator("#fresh")).to_contain_text("有1件案件刚刚变化", timeout=SLOWLY)
    assert 1 <= await streams(product) <= alone, "others may have left meanwhile; none came"
    await page.close()
    await expect(other.locator("#fresh")).to_be_visible()
    await change(product, (await open_numbers(product))[1:2])
    await expect(other.locator("#fresh")).to_contain_text("有2件", timeout=SLOWLY)


async def streams(product: Product) -> int:
    """As the server counts them."""
    told = (await product.api.get("/metrics")).text
    return int(float(re.findall(r"^redress_news_streams (\S+)$", told, re.MULTILINE)[0]))


async def test_a_lost_stream_is_said_and_the_page_asks_instead(people: People, product: Product):
    page = await people.colleague("zhou", scripts=True)
    await page.route(re.compile(r"/desk/events\?since"), lambda route: route.abort())
    await page.goto(product.desk("queue"))

    await expect(page.locator(LOST)).to_be_visible(timeout=SLOWLY)
    await expect(page.locator(LOST)).to_have_text("实时更新已断开，每60秒刷新一次")
    await expect(page.locator("#said")).to_have_text("实时更新已断开，每60秒刷新一次")
    await change(product, (await open_numbers(product))[:1])
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # asks at once
    await expect(page.locator("#fresh")).to_contain_text("有1件", timeout=SLOWLY)

    await page.unroute_all()
    await expect(page.locator(ON)).to_be_visible(timeout=40_000)
    await expect(page.locator(LOST)).not_to_be_visible()


async def test_without_scripts_the_list_says_when_it_was_read_and_is_refreshed(people: People):
    page = await people.colleague("zhou")

    assert not await page.locator("#fresh").is_visible()
    assert not await page.locator(ON).is_visible()
    await page.locator("[data-refresh]:visible").click()
    assert await page.locator("[data-row]").count() > 1


async def test_a_colleague_at_a_case_shows_in_its_row_and_in_the_case(
    people: People, product: Product
):
    queue = await at_queue(people)
    number = await queue.locator("[data-row]").nth(1).get_attribute("data-number")
    other = await people.colleague("chen", scripts=True)
    await other.goto(product.desk(f"cases/{number}"))

    mark = queue.locator(f"#presence-{number}")
    await expect(mark).to_contain_text("在看", timeout=SLOWLY)
    await queue.goto(product.desk(f"cases/{number}"))
    await expect(queue.locator(".notice--who")).to_contain_text("打开了本案")
    await other.locator("#jot-text").focus()
    await expect(queue.locator(".notice--who")).to_contain_text("正在写", timeout=SLOWLY)


async def test_nothing_is_swapped_while_an_input_method_composes(people: People, product: Product):
    page = await people.colleague("zhou", scripts=True)
    await page.goto(product.desk("search"))
    field = page.locator("main #q")
    await field.fill("桌")
    before = await page.locator("#results").inner_text()
    await field.evaluate("it => it.dispatchEvent(new Event('compositionstart', {bubbles: true}))")
    async with page.expect_response(re.compile("/search")):
        await page.locator("main form[role=search] button").click()
    await page.wait_for_timeout(300)
    assert await page.locator("#results").inner_text() == before

    await field.evaluate("it => it.dispatchEvent(new Event('compositionend', {bubbles: true}))")
    await expect(page.locator("#results")).not_to_have_text(before)


async def test_after_a_swap_focus_has_a_place_and_it_is_said(people: People, product: Product):
    page = await people.colleague("zhou", scripts=True)
    await page.goto(product.desk("search"))
    await page.locator("main #q").fill("退")
    async with page.expect_response(re.compile("/search")):
        await page.keyboard.press("Enter")

    await expect(page.locator("#said")).not_to_have_text("")
    assert await page.evaluate("document.activeElement.id") == "q"
    assert await page.locator("[aria-busy]").count() == 0


async def test_a_network_that_fails_is_told_calmly_and_can_be_tried_again(
    people: People, product: Product
):
    page = await people.colleague("zhou", scripts=True)
    await page.goto(product.desk("search"))
    await page.route(re.compile("/search"), lambda route: route.abort())
    await page.locator("main #q").fill("退款")
    await page.keyboard.press("Enter")

    await expect(page.locator("#lost-network")).to_be_visible()
    assert await page.locator("main #q").input_value() == "退款"
    await page.unroute_all()
    await page.keyboard.press("Enter")
    await expect(page.locator("#lost-network")).not_to_be_visible()


async def test_what_was_typed_outlives_a_reload_and_not_a_sign_out(
    people: People, product: Product
):
    page = await people.colleague("zhou", scripts=True)
    await page.goto(product.demo["watch_it_climb"])
    field = page.locator("#jot-text")
    await field.fill("商家答应周五回电")
    await page.reload()

    await expect(field).to_have_value("商家答应周五回电")
    await expect(page.locator("[data-draft]")).to_contain_text("已恢复")
    assert await page.evaluate("Object.keys(sessionStorage).length") == 1
    await page.route("**/session/end", lambda route: route.fulfill(status=204))
    await page.locator(".rail [data-signs-out] button").click()
    assert await page.evaluate("Object.keys(sessionStorage).length") == 0
    await page.reload()
    await expect(field).to_have_value("")


async def test_a_form_is_on_its_way_once_and_its_button_stays_in_reach(people: People):
    page = await people.colleague("zhou", scripts=True)
    stop = "document.addEventListener('submit', (event) => { sent += 1; event.preventDefault(); })"
    press = """() => {
        const button = document.querySelector('.rail [data-signs-out] button');
        button.click();
        button.click();
        return [sent, button.ariaDisabled, button.disabled];
    }"""
    await page.evaluate(f"() => {{ window.sent = 0; {stop}; }}")

    assert await page.evaluate(press) == [1, "true", False]
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    assert await page.evaluate(press) == [2, "true", False], "a retry is never blocked"
