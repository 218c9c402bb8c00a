"""Nobody is left standing before an error: each reader gets the door that is right for them."""

from datetime import timedelta

import pytest
from litestar.types import ASGIApp

from services.tenants import grants
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.web.cast import DARA, DIGITS, file, open_acme
from tests.web.visitor import Visitor, sign_in, visiting


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await open_acme()


async def test_staff_stay_in_their_own_frame_and_can_go_to_queue_and_search(
    visitor: Visitor, acme: Organisation, database: Database
):
    await sign_in(visitor, acme, database)

    page = await visitor.get(f"/{acme.slug}/desk/cases/2026-99999")

    assert page.status_code == 404
    assert '<body class="staff"' in page.text
    assert f'<a class="btn" href="/{acme.slug}/desk/queue">' in page.text
    assert f'<a class="btn" href="/{acme.slug}/desk/search">' in page.text


async def test_consumers_are_shown_where_their_complaint_is_found(
    visitor: Visitor, acme: Organisation
):
    filed = await file(visitor, acme)

    page = await visitor.get(f"/s/{filed.number}/no-such-act")

    assert page.status_code == 404
    assert '<body class="public">' in page.text
    assert f'href="/{acme.slug}/lookup"' in page.text


async def test_strangers_are_led_to_the_first_page(visitor: Visitor):
    page = await visitor.get("/never/was/here")

    assert '<a class="btn" href="/">' in page.text
    assert "autofocus" not in page.text


async def test_a_bad_link_says_what_to_do_and_that_nothing_is_lost(visitor: Visitor):
    page = await visitor.get("/s/ZZZZ")

    assert page.status_code == 404
    assert "<h1>这个链接打不开</h1>" in page.text
    assert "您的案件没有丢" in page.text
    assert 'href="/"' in page.text.split("<main")[1]


async def test_after_a_quarter_of_an_hour_the_digits_lead_back_to_the_same_page(
    app: ASGIApp, acme: Organisation, monkeypatch: pytest.MonkeyPatch
):
    async with visiting(app) as dara:
        monkeypatch.setattr(grants, "SLIDES", timedelta(0))
        filed = await file_unwatched(dara, acme)
        place = f"/s/{filed}/withdrawal"
        away = await dara.get(place)
        monkeypatch.undo()
        assert away.headers["location"] == f"/s/{filed}/check?then={place}"

        await dara.get(away.headers["location"])
        back = await dara.send(f"/s/{filed}/check", digits=DIGITS)

    assert back.status_code == 303
    assert back.headers["location"] == place


async def file_unwatched(dara: Visitor, acme: Organisation) -> str:
    """Filed, and away at once: the receipt is not read."""
    place = f"/{acme.slug}/complaints/one-page"
    await dara.get(place)
    answer = await dara.send(place, **DARA)
    return answer.headers["location"].split("/")[-2]


@pytest.mark.parametrize("then", ["//evil.example", "/s/2026-99/status", "https://evil.example"])
async def test_the_digits_lead_to_no_other_case_and_to_no_other_site(
    app: ASGIApp, acme: Organisation, then: str
):
    async with visiting(app) as dara:
        filed = await file(dara, acme)
        dara.client.cookies.clear()
        await dara.get(f"/s/{filed.link.rsplit('/', 1)[1]}")
        await dara.get(f"/s/{filed.number}/check?then={then}")

        answer = await dara.send(f"/s/{filed.number}/check", digits=DIGITS)

    assert answer.headers["location"] == f"/s/{filed.number}/status"
