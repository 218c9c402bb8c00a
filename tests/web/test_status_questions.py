"""The association asks, and the consumer answers or has nothing more to say."""

import pytest

from services.cases import queries
from services.lifecycle import commands as c
from services.lifecycle.facts import Words
from services.tenants.organisations import Organisation
from tests.web.cast import Filed, file, give, leo_of, open_acme
from tests.web.visitor import Visitor, forms_of


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await open_acme()


@pytest.fixture
async def asked(visitor: Visitor, acme: Organisation) -> Filed:
    filed = await file(visitor, acme)
    await give(acme, filed, c.Ask(text=Words(text="请问外箱有没有破损？")))
    return filed


async def is_answered(acme: Organisation, asked: Filed) -> bool:
    return (await queries.case(leo_of(acme), asked.number)).case.question is None


async def test_a_question_is_answered(visitor: Visitor, asked: Filed, acme: Organisation) -> None:
    page = await visitor.get(f"/s/{asked.number}/status")
    assert "请问外箱有没有破损？" in page.text

    await visitor.get(f"/s/{asked.number}/reply")
    await visitor.send(f"/s/{asked.number}/reply", text="外箱完好")

    assert await is_answered(acme, asked)


async def test_who_has_nothing_more_need_not_find_words_for_it(
    visitor: Visitor, asked: Filed, acme: Organisation
) -> None:
    page = await visitor.get(f"/s/{asked.number}/status")
    assert f"/s/{asked.number}/reply?nothing" in page.text

    page = await visitor.get(f"/s/{asked.number}/reply?nothing")
    [form] = [each for each in forms_of(page.text) if "text" in each.fields]
    [ready] = form.fields["text"]
    await visitor.send(f"/s/{asked.number}/reply", text=ready)

    assert ready.startswith("我没有更多要补充的了")
    assert await is_answered(acme, asked)
