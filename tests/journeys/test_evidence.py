"""Proof from a phone without scripts, and what becomes of it at the desk and outside the house."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Page

from services.evidence.checking import check
from tests.evidence.files import MP4, ZIP, png
from tests.evidence.samples import paper, photograph
from tests.journeys.consumers import file, open_link
from tests.journeys.product import Product
from tests.journeys.visitors import NARROW, People, main, press, type_into
from tests.shots.steps import until

PICTURES = [(f"聊天{n}.png", png(n)) for n in range(4)]


def payloads(files: Sequence[tuple[str, bytes]]) -> list[FilePayload]:
    """What the browser says of their kind is wrong on purpose."""
    return [{"name": name, "mimeType": "text/html", "buffer": body} for name, body in files]


async def hand_in(page: Page, files: Sequence[tuple[str, bytes]], **typed: str) -> int:
    await page.locator("main form summary").click()
    await type_into(page, typed)
    await page.locator("main [name=files]").set_input_files(payloads(files))
    return await press(page)


async def test_four_pictures_come_from_a_phone_and_leave_the_house_provably(
    product: Product, people: People, tmp_path: Path
) -> None:
    phone = await people.visitor(width=NARROW)
    filed = await file(phone, product.demo["org"])
    await open_link(phone, filed)
    await phone.locator(f"main a[href='/s/{filed.number}/evidence']").first.click()

    assert await hand_in(phone, PICTURES, note="商家答应退款", capture="screenshot") == 200

    assert "已收到4份文件" in await main(phone)
    assert await phone.locator(".evs > li").count() == 4
    leo = await people.colleague("zhou")
    await leo.goto(f"/{product.demo['org']}/desk/cases/{filed.number}/evidence")
    assert "聊天3.png" in await main(leo)
    async with leo.expect_download() as saving:
        await leo.locator("a[href$='/evidence/package']").click()
    saved = tmp_path / "evidence.zip"
    await (await saving.value).save_as(saved)
    found = check(saved)
    assert (found.files, found.wrong) == (4, ())


async def test_one_wrong_file_loses_nothing_else(product: Product, people: People) -> None:
    phone = await people.visitor()
    filed = await file(phone, product.demo["org"], order__number="4217 7730 0999")
    await open_link(phone, filed)
    await phone.goto(f"/s/{filed.number}/evidence")

    status = await hand_in(phone, [("证据.zip", ZIP), ("开箱.mp4", MP4)], note="开箱视频")

    assert status == 422
    assert (await phone.title()).startswith("错误：")
    assert "这是压缩包" in str(await phone.locator("main [role=alert]").text_content())
    assert await phone.locator("main [name=note]").input_value() == "开箱视频"
    assert await phone.locator(".evs > li").count() == 1


@pytest.mark.parametrize("scripts", [False, True])
async def test_a_photograph_and_a_contract_are_looked_at_by_both_sides_of_the_desk(
    product: Product, people: People, *, scripts: bool
) -> None:
    """At 390 pixels; what the pictures show is seen in the browser, not only asked for."""
    phone = await people.visitor(scripts=scripts)
    filed = await file(phone, product.demo["org"])
    await open_link(phone, filed)
    await phone.goto(f"/s/{filed.number}/evidence")

    await hand_in(phone, [("裂纹.jpg", photograph()), ("合同.pdf", paper(12))], note="到货当天")
    await until(phone, ".evs > li:nth-child(2) img")

    assert await drawn(phone) == [(360, 480), (339, 480)]
    await phone.locator(".evs a").first.click()
    assert await drawn(phone) == [(480, 640)]
    await phone.locator("a[rel=next]").click()
    assert len(await drawn(phone)) == 10
    assert "原件里还有2页" in await main(phone)
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 390
    chen = await people.colleague("zhou", width=390, scripts=scripts)
    await chen.goto(f"/{product.demo['org']}/desk/cases/{filed.number}")
    assert await drawn(chen) == [(360, 480), (339, 480)]
    await chen.locator(".evs a").first.click()
    assert await drawn(chen) == [(480, 640)]
    async with chen.expect_download() as saving:
        await chen.locator("a[href$='/original']").click()
    assert (await saving.value).suggested_filename == f"{filed.number}-01.jpg"


async def drawn(page: Page) -> list[tuple[int, int]]:
    """The pictures of evidence on this page, by the sizes that the browser found in them."""
    await page.wait_for_load_state("load")
    sizes = await page.locator("main img[src*='/pictures/']").evaluate_all(
        "all => all.map(it => [it.naturalWidth, it.naturalHeight])"
    )
    return [(wide, high) for wide, high in sizes]
