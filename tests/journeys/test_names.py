"""Names as people bear them: taken as they are, shown back as they were, and room for each."""

import pytest

from tests.journeys.consumers import file, open_link
from tests.journeys.product import Product
from tests.journeys.visitors import NARROW, People, main
from tests.shots.checks import LOOK

NAMES = {
    "古丽巴哈尔·阿卜杜热依木": "古丽巴哈尔·阿卜杜热依木",
    "古丽巴哈尔•阿卜杜热依木": "古丽巴哈尔·阿卜杜热依木",
    "𥖄": "𥖄",
    "李": "李",
    "Maximiliana Hohenstein-Sigmaringen": "Maximiliana Hohenstein-Sigmaringen",
}


@pytest.mark.parametrize("typed", NAMES)
async def test_a_name_is_shown_back_as_it_is_and_fits(
    typed: str, product: Product, people: People
) -> None:
    phone = await people.visitor(width=NARROW, scripts=True)
    filed = await file(
        phone,
        product.demo["org"],
        consumer__name=typed,
        consumer__phone="＋８６ １３８－００００－６０２１",
        order__amount="１,２８６元",
        merchant__shop="木禾家居专营店" * 8,
    )
    await open_link(phone, filed)
    await phone.evaluate(LOOK)
    assert await phone.evaluate("look.tooWide()") == []

    staff = await people.colleague("zhou", width=NARROW, scripts=True)
    await staff.goto(product.desk(f"cases/{filed.number}"))
    await staff.evaluate(LOOK)

    assert NAMES[typed] in await main(staff)
    assert await staff.evaluate("look.tooWide()") == []
    assert [each for each in await staff.evaluate("look.cut()") if "木禾" in each] == []
