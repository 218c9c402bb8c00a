"""Slow down and sort, never refuse (ABU-01, ABU-04): a burst passes, a flood goes the slow lane."""

import httpx
import pytest
from litestar.types import ASGIApp

from services.cases import queries
from services.lifecycle.signs import Sign
from services.tenants import lanes
from services.tenants.organisations import Organisation
from tests.web.cast import Filed, file, leo_of, open_acme
from tests.web.visitor import Visitor, visiting

START = {"whom": "merchant", "problem": "quality", "platform": "taobao"}


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await open_acme()


async def signs(acme: Organisation, filed: Filed) -> tuple[Sign, ...]:
    return (await queries.case(leo_of(acme), filed.number)).case.signs


async def letters(acme: Organisation, filed: Filed) -> list[str]:
    return [each.letter for each in (await queries.case(leo_of(acme), filed.number)).notices]


async def begin(visitor: Visitor, acme: Organisation) -> httpx.Response:
    await visitor.get(f"/{acme.slug}/complaints/new")
    return await visitor.send(f"/{acme.slug}/complaints/new", **START)


async def test_an_honest_complaint_goes_the_usual_lane(visitor: Visitor, acme: Organisation):
    filed = await file(visitor, acme)

    assert await signs(acme, filed) == ()
    assert set(await letters(acme, filed)) == {"received", "new_case"}


async def test_whoever_fills_what_nobody_sees_gets_a_receipt_and_no_letter_leaves(
    visitor: Visitor, acme: Organisation
):
    filed = await file(visitor, acme, homepage="https://buy.example")

    assert await signs(acme, filed) == (Sign.TRAP,)
    assert await letters(acme, filed) == []


async def test_over_the_limit_of_one_place_all_are_kept_and_marked(
    app: ASGIApp, acme: Organisation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(lanes, "FILINGS_FROM_PLACE", 2)
    async with visiting(app) as bot:
        filed = [await file(bot, acme, **{"consumer.phone": f"1380000{n:04}"}) for n in range(4)]

    found = [await signs(acme, each) for each in filed]
    assert found == [(), (), (Sign.MANY_FROM_PLACE,), (Sign.MANY_FROM_PLACE,)]


async def test_one_phone_in_many_complaints_is_looked_at(
    app: ASGIApp, acme: Organisation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(lanes, "FILINGS_FROM_PHONE", 1)
    filed = []
    for _ in range(2):
        async with visiting(app) as somewhere:
            filed.append(await file(somewhere, acme))

    assert [await signs(acme, each) for each in filed] == [(), (Sign.MANY_FROM_PHONE,)]


async def test_where_too_many_begin_the_whole_complaint_is_asked_on_one_page(
    app: ASGIApp, acme: Organisation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(lanes, "DRAFTS_FROM_PLACE", 1)
    async with visiting(app) as visitor:
        first, second = [await begin(visitor, acme) for _ in range(2)]

    assert first.status_code == 303
    assert second.status_code == 200
    assert "一次填完" in second.text
    assert f'action="/{acme.slug}/complaints/one-page"' in second.text


async def test_a_mailbox_gets_one_receipt_a_day_five_codes_and_twenty_letters(
    acme: Organisation,
):
    async def sent(letter: str, times: int) -> int:
        to = f"{letter}@victim.example"
        free = [await lanes.may_write_to(to, letter, tenant=acme.tenant) for _ in range(times)]
        return sum(free)

    assert await sent("received", 4) == 1
    assert await sent("code_email", 8) == 5
    assert await sent("question", 25) == 20
