"""The confirmation: the number, the date, the link once, and the same page at every reload."""

import re

import pytest
from litestar.types import ASGIApp

from services.lifecycle import commands as c
from services.tenants.organisations import Organisation
from tests.web.cast import file, give, open_acme
from tests.web.faults import doubled_ids
from tests.web.visitor import Visitor, visiting

DATE = re.compile(r"我们最晚<strong><time[^>]*>[^<]+</time></strong>告诉您是否协助办理")


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await open_acme()


async def test_the_receipt_says_the_number_the_date_and_the_link(
    visitor: Visitor, acme: Organisation
):
    filed = await file(visitor, acme)

    page = visitor.last
    assert page
    assert f'<strong class="number" id="number">青消诉{filed.number}</strong>' in page.text
    assert re.search(
        r"我们最晚<strong><time[^>]*>[^<]+</time></strong>告诉您是否协助办理", page.text
    )
    assert page.text.count(filed.link) == 1
    assert "目前商家和监管部门都还没有收到。" in page.text
    assert doubled_ids(page) == set()
    assert "clock--soon" not in page.text


async def test_a_reload_shows_the_same_page(visitor: Visitor, acme: Organisation):
    filed = await file(visitor, acme)
    first = visitor.last
    place = f"/{acme.slug}/complaints/{filed.number}/receipt"

    again = await visitor.get(place)

    assert first
    assert again.text == first.text


async def test_once_the_case_has_moved_on_no_old_date_is_told(visitor: Visitor, acme: Organisation):
    filed = await file(visitor, acme)
    await give(acme, filed, c.TakeOn())

    page = await visitor.get(f"/{acme.slug}/complaints/{filed.number}/receipt")

    assert "我们最晚" not in page.text
    assert "案件已经往下走了" in page.text


async def test_nobody_else_sees_a_receipt(visitor: Visitor, acme: Organisation, app: ASGIApp):
    filed = await file(visitor, acme)

    async with visiting(app) as stranger:
        answer = await stranger.get(f"/{acme.slug}/complaints/{filed.number}/receipt")

    assert answer.status_code == 401
    assert filed.link not in answer.text


async def test_the_picture_on_it_holds_the_number_and_no_secret(
    visitor: Visitor, acme: Organisation
):
    filed = await file(visitor, acme)
    assert visitor.last
    picture = re.search(r'<img src="([^"]+)"', visitor.last.text)
    assert picture

    answer = await visitor.get(picture[1])

    assert picture[1] == f"/{acme.slug}/lookup/qr?no={filed.number}"
    assert answer.headers["content-type"] == "image/png"
    width = int.from_bytes(answer.content[16:20], "big")
    assert width >= 136
