"""Two associations on one machine: neither finds anything of the other, not even that it exists."""

import json

from tests.journeys.consumers import file
from tests.journeys.product import Product
from tests.journeys.visitors import People, main

NEIGHBOUR = "baishi"
SECRET = "白石的事只有白石知道：花盆漏水。"


async def test_a_stranger_of_another_association_finds_nothing(
    product: Product, people: People
) -> None:
    org, phone = product.demo["org"], await people.visitor()
    filed = await file(phone, NEIGHBOUR, facts=SECRET)
    staff = await people.colleague("xu")

    for path in ("queue", f"cases/{filed.number}", f"cases/{filed.number}/taking-on"):
        theirs = await staff.goto(f"/{NEIGHBOUR}/desk/{path}")
        assert theirs
        assert theirs.status == 404, path
        assert SECRET not in await main(staff)
    unknown = await staff.goto("/nowhere/desk/queue")
    assert unknown
    assert unknown.status == 404

    rows = (await product.asked("cases?limit=100"))["items"]
    assert rows
    assert SECRET not in json.dumps(rows, ensure_ascii=False)
    same_number = await product.api.get(f"/api/v1/cases/{filed.number}")
    assert SECRET not in same_number.text
    elsewhere = await phone.goto(f"/{org}/complaints/{filed.number}/receipt")
    assert elsewhere
    assert elsewhere.status == 404
