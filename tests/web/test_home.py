"""The pages before and around a complaint: an association's home, the look-up, and what is told to
anybody."""

import httpx
import pytest

from services.tenants.organisations import Organisation
from tests.web.cast import Filed, file, open_acme
from tests.web.faults import doubled_ids
from tests.web.visitor import Visitor

ABOUT = ("/help", "/privacy", "/accessibility")


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await open_acme()


async def test_home_offers_to_complain_and_to_follow_before_anything_else(
    visitor: Visitor, acme: Organisation
):
    page = await visitor.get(f"/{acme.slug}")

    main = page.text.split("<main")[1]
    assert "<h1>网购遇到纠纷？</h1>" in main
    first, second = main.index("/complaints/new"), main.index('href="#follow"')
    assert first < second < main.index("五级阶梯")
    assert "不能保证结果" in main
    assert "<script" not in page.text
    assert doubled_ids(page) == set()


async def test_the_front_page_lists_the_associations(visitor: Visitor, acme: Organisation):
    page = await visitor.get("/")

    assert page.status_code == 303 or f'href="/{acme.slug}"' in page.text


async def test_a_front_page_that_shows_only_some_says_so(
    visitor: Visitor, acme: Organisation, monkeypatch: pytest.MonkeyPatch
):
    await open_acme()
    monkeypatch.setattr("web.home.SHOWN_MAX", 1)

    page = await visitor.get("/")

    assert page.status_code == 200
    assert "请使用您的协会给您的网址" in page.text


async def test_a_number_alone_tells_nobody_whether_there_is_such_a_case(
    visitor: Visitor, acme: Organisation
):
    filed = await file(visitor, acme)
    visitor.client.cookies.clear()

    known = await looked_up(visitor, acme, filed.number)
    unknown = await looked_up(visitor, acme, "2026-99999")

    assert known.status_code == unknown.status_code == 200
    assert known.text.replace(filed.number, "…") == unknown.text.replace("2026-99999", "…")


async def test_who_still_holds_the_link_is_led_back_by_the_number(
    visitor: Visitor, acme: Organisation
):
    filed: Filed = await file(visitor, acme)

    answer = await looked_up(visitor, acme, filed.number)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/s/{filed.number}/status"


async def looked_up(visitor: Visitor, acme: Organisation, number: str) -> httpx.Response:
    return await visitor.client.get(f"/{acme.slug}/lookup?no={number}")


@pytest.mark.parametrize("path", ABOUT)
async def test_what_anybody_may_know_is_told_in_both_languages(visitor: Visitor, path: str):
    chinese = await visitor.get(f"{path}?lang=zh")
    english = await visitor.get(f"{path}?lang=en")

    assert chinese.status_code == english.status_code == 200
    assert "协会" in chinese.text.split("<main")[1]
    assert "association" in english.text.split("<main")[1]
    assert "协会" not in english.text.split("<main")[1]


async def test_every_public_page_leads_to_help_privacy_and_access(
    visitor: Visitor, acme: Organisation
):
    for path in (f"/{acme.slug}", f"/{acme.slug}/complaints/new", "/session", "/nowhere"):
        foot = (await visitor.get(path)).text.split("<footer")[1]

        assert all(f'href="{about}"' in foot for about in ABOUT), path
