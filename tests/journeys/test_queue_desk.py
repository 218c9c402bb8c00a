"""A day's work in the queue: by hand and by keys, with scripts and without."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.journeys.consumers import file
from tests.journeys.product import Product
from tests.journeys.visitors import NARROW, People, main, press

UNASSIGNED = re.compile(r"未分派\s*(\d+)")

with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False])


async def filed(product: Product, people: People, how_many: int) -> list[str]:
    phone = await people.visitor()
    return [(await file(phone, product.demo["org"])).number for _ in range(how_many)]


async def unassigned(page: Page) -> int:
    found = UNASSIGNED.search(await page.locator("nav.views").inner_text())
    assert found
    return int(found[1])


async def holder(page: Page, number: str) -> str:
    return (await page.locator(f"#case-{number} .person-name").first.inner_text()).strip()


async def handled_by(page: Page, product: Product, number: str) -> str:
    """As the case page says it: a case may stand on any page of the queue."""
    await page.goto(product.desk(f"cases/{number}"))
    words = await page.locator(".person").first.inner_text()
    return words.strip().splitlines()[-1].strip()


@with_and_without_scripts
async def test_two_cases_are_chosen_and_given_to_a_colleague(
    product: Product, people: People, scripts: bool
) -> None:
    one, two = await filed(product, people, 2)
    leo = await people.colleague("zhou", scripts=scripts)
    await leo.goto(product.desk("queue?view=unassigned"))
    before = await unassigned(leo)

    for number in (one, two):
        await leo.locator(f"#case-{number} input[name=pick]").check()
    await leo.locator("#bulk-to").select_option(label=await colleague(leo, "陈立"))
    assert await press(leo, form="form.bulk") == 200
    assert "把2件案件分派给陈立" in await main(leo)
    assert await press(leo, form="main form[method=post]") == 200

    assert "已分派2件，已记录在案" in await main(leo)
    assert leo.url.endswith("/queue?view=unassigned")
    assert await unassigned(leo) == before - 2
    assert await leo.locator(f"#case-{one}, #case-{two}").count() == 0


async def colleague(page: Page, name: str) -> str:
    """As the list words it, with what rests on them."""
    options = await page.locator("#bulk-to option").all_inner_texts()
    return next(words for words in options if words.startswith(name))


async def test_by_keys_alone(product: Product, people: People) -> None:
    """Down, choose, down, choose, assign: the bar is entered by one key. The case that has to climb
    with no hand on it is passed over.
    """
    await filed(product, people, 2)
    leo = await people.colleague("zhou", scripts=True)
    await leo.goto(product.desk("queue?view=unassigned"))
    numbers = await leo.locator("[data-row]").evaluate_all(
        "all => all.map(it => it.dataset.number)"
    )

    watched = product.demo["watch_it_climb"].rsplit("/", 1)[1]
    meant = [number for number in numbers[:3] if number != watched][:2]
    for number in numbers[: numbers.index(meant[-1]) + 1]:
        await leo.keyboard.press("j")
        if number in meant:
            await leo.keyboard.press("x")
    await leo.keyboard.press("a")
    await expect(leo.locator("#bulk-to")).to_be_focused()
    await leo.keyboard.press("ArrowDown")
    await leo.keyboard.press("ArrowDown")
    words = await leo.locator("#bulk-to option:checked").inner_text()
    name = words.partition(" · ")[0]
    await leo.keyboard.press("Tab")
    await leo.keyboard.press("Enter")
    await leo.wait_for_url("**/queue/assignment?**")
    assert f"把2件案件分派给{name}" in await main(leo)
    confirm = leo.locator("main form[method=post] button")
    for _ in range(30):
        await leo.keyboard.press("Tab")
        if await confirm.evaluate("it => it === document.activeElement"):
            break
    await leo.keyboard.press("Enter")
    await leo.wait_for_url("**/queue?view=unassigned")

    assert "已分派2件" in await main(leo)
    for number in meant:
        assert f"{name}负责" in await handled_by(leo, product, number)


async def test_one_key_takes_a_case_where_it_stands(product: Product, people: People) -> None:
    [number] = await filed(product, people, 1)
    chen = await people.colleague("chen", scripts=True)
    await chen.goto(product.desk("queue?view=unassigned"))
    order = await chen.locator("[data-row]").evaluate_all("all => all.map(it => it.id)")
    await chen.locator(f"#case-{number} .case-title").focus()

    await chen.keyboard.press("i")

    await expect(chen.locator(f"#case-{number} .person-name").first).to_have_text("陈立")
    await expect(chen.locator(f"#own-{number}")).to_be_focused()
    await expect(chen.locator("#said")).to_have_text(f"{number}现在由陈立负责。")
    after = await chen.locator("[data-row]").evaluate_all("all => all.map(it => it.id)")
    assert after == order, "a list never moves under the hand"


async def test_a_handler_is_chosen_in_the_row_by_keys(product: Product, people: People) -> None:
    [number] = await filed(product, people, 1)
    chen = await people.colleague("chen", scripts=True)
    await chen.goto(product.desk("queue?view=unassigned"))
    await chen.locator(f"#case-{number} .case-title").focus()

    await chen.keyboard.press("a")
    await expect(chen.locator(f"#case-{number} .own-one").first).to_be_visible()
    await chen.keyboard.press("Tab")
    name = await chen.evaluate("document.activeElement.querySelector('.person-name').textContent")
    await chen.keyboard.press("Enter")

    await expect(chen.locator(f"#case-{number} .person-name").first).to_have_text(
        name.removesuffix("（我）")
    )
    await expect(chen.locator(f"#own-{number}")).to_be_focused()


async def test_escape_closes_the_list_and_leaves_everything(
    product: Product, people: People
) -> None:
    [number] = await filed(product, people, 1)
    chen = await people.colleague("chen", scripts=True)
    await chen.goto(product.desk("queue?view=unassigned"))
    await chen.locator(f"#own-{number}").click()
    await expect(chen.locator(f"#case-{number} .own-one").first).to_be_visible()

    await chen.keyboard.press("Escape")

    await expect(chen.locator(f"#case-{number} .own-one").first).to_be_hidden()
    await expect(chen.locator(f"#own-{number}")).to_be_focused()
    assert await holder(chen, number) == "未分派"


async def test_without_scripts_a_handler_is_chosen_on_a_page_of_its_own(
    product: Product, people: People
) -> None:
    [number] = await filed(product, people, 1)
    chen = await people.colleague("chen")
    await chen.goto(product.desk("queue?view=unassigned"))

    await chen.locator(f"#own-{number}").click()
    await chen.locator(f"#case-{number} .own-list a").click()
    await chen.wait_for_url("**/owner?**")
    await chen.locator(".own-one", has_text="吴静").click()
    await chen.wait_for_url("**/queue?view=unassigned")

    assert "已分派1件" in await main(chen)
    assert "吴静负责" in await handled_by(chen, product, number)


async def test_two_keys_open_the_first_case(product: Product, people: People) -> None:
    chen = await people.colleague("chen", scripts=True)
    await chen.goto(product.desk("queue"))
    first = await chen.locator("[data-row]").first.get_attribute("data-number")

    await chen.keyboard.press("j")
    await chen.keyboard.press("Enter")

    await chen.wait_for_url(f"**/desk/cases/{first}?from=**")


async def test_the_bar_counts_what_is_chosen_and_sticks_where_one_reads(
    product: Product, people: People
) -> None:
    leo = await people.colleague("zhou", scripts=True)
    await leo.goto(product.desk("queue"))
    boxes = leo.locator("[data-row] input[name=pick]")
    assert not await is_in_sight(leo)

    for n in range(3):
        await boxes.nth(n).check()

    assert await is_in_sight(leo)
    count = await leo.evaluate(
        "getComputedStyle(document.querySelector('.bulk-count'), '::before').content"
    )
    assert "chosen" in count
    await leo.keyboard.press("Escape")
    assert not await is_in_sight(leo)


async def is_in_sight(page: Page) -> bool:
    """Without scrolling: the bar lies within the window."""
    box = await page.locator("form.bulk").bounding_box()
    assert box
    height: float = await page.evaluate("innerHeight")
    return box["y"] + box["height"] <= height


@with_and_without_scripts
async def test_every_step_fits_320_pixels(product: Product, people: People, scripts: bool) -> None:
    [number] = await filed(product, people, 1)
    leo = await people.colleague("zhou", width=NARROW, scripts=scripts)
    await leo.goto(product.desk("queue?view=unassigned"))
    widths = [await width_of(leo)]
    await leo.locator(f"#case-{number} input[name=pick]").check()
    await leo.locator(f"#own-{number}").click()
    await leo.locator(".filter-form summary").click()
    widths.append(await width_of(leo))
    for path in (f"queue/{number}/owner", f"queue/assignment?pick={number}", "queue?view=closed"):
        await leo.goto(product.desk(path))
        widths.append(await width_of(leo))

    assert max(widths) <= NARROW


async def width_of(page: Page) -> int:
    width: int = await page.evaluate("document.documentElement.scrollWidth")
    return width
