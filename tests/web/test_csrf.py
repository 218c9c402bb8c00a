"""A change is taken from our own pages only, and only from a page made for this very person."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from litestar.types import ASGIApp

from services.tenants.organisations import Organisation
from tests.database import Database
from tests.tenants.people import found_acme
from tests.web import desk
from tests.web.conftest import Serve
from tests.web.visitor import BASE, Visitor, sign_in, visiting
from web import app, csrf


@pytest.fixture(scope="module")
def guarded(serve: Serve, settings: Any) -> ASGIApp:
    return serve(*app.handlers_of([desk, *app.PAGES]), settings=settings)


@pytest.fixture
async def visitor(guarded: ASGIApp) -> AsyncIterator[Visitor]:
    async with visiting(guarded) as somebody:
        yield somebody


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await found_acme()


CROSS_SITE = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://evil.example"},
    {"origin": "http://localhost:8000.evil.example"},
]


@pytest.mark.parametrize("headers", CROSS_SITE)
async def test_a_change_from_another_site_is_refused_whatever_it_carries(
    visitor: Visitor, acme: Organisation, database: Database, headers: dict[str, str]
):
    await sign_in(visitor, acme, database)
    address = f"/{acme.slug}/desk/secrets/1/note"
    token = await a_token(visitor, address)

    answer = await visitor.client.post(
        address, data={"csrf": token, "text": "geheim"}, headers=headers
    )

    assert answer.status_code == 403
    assert "geheim" not in answer.text


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "null"}, {"origin": BASE}, {"sec-fetch-site": "same-origin"}]
)
async def test_our_own_pages_may_change_things_in_old_browsers_and_new_ones(
    visitor: Visitor, acme: Organisation, database: Database, headers: dict[str, str]
):
    await sign_in(visitor, acme, database)
    address = f"/{acme.slug}/desk/secrets/1/note"
    token = await a_token(visitor, address)

    by_field = await visitor.client.post(address, data={"csrf": token}, headers=headers)
    by_header = await visitor.client.delete(
        f"/{acme.slug}/desk/secrets/1", headers={**headers, csrf.HEADER: token}
    )

    assert (by_field.status_code, by_header.status_code) == (200, 200)


async def test_the_token_of_another_session_is_worth_nothing(
    guarded: ASGIApp, visitor: Visitor, acme: Organisation, database: Database
):
    address = f"/{acme.slug}/desk/secrets/1/note"
    await sign_in(visitor, acme, database)
    mine = await a_token(visitor, address)
    async with visiting(guarded) as leo:
        await sign_in(leo, acme, database)

        stolen = await leo.client.post(address, data={"csrf": mine})
        own = await leo.client.post(address, data={"csrf": await a_token(leo, address)})

    assert (stolen.status_code, own.status_code) == (403, 200)


@pytest.mark.parametrize("given", ["", "0" * 64, "\u00e9", "x" * 5_000])
async def test_a_change_without_a_genuine_token_goes_no_further(
    visitor: Visitor, acme: Organisation, database: Database, given: str
):
    await sign_in(visitor, acme, database)

    answer = await visitor.client.post(
        f"/{acme.slug}/desk/secrets/1/note", data={"csrf": given, "text": "bleibt"}
    )

    assert answer.status_code == 403
    assert "bleibt" in answer.text


async def test_what_was_typed_is_shown_again_without_the_seal_of_what_was_read(
    visitor: Visitor, acme: Organisation
):
    seal = "5ea1" * 16

    answer = await visitor.client.post(
        f"/{acme.slug}/complaints/one-page", data={"facts": "bleibt", "consents.shown": seal}
    )

    shown = answer.text.split('<dl class="kept">')[1].split("</dl>")[0]
    assert "bleibt" in shown
    assert seal not in shown
    assert seal in answer.text, "it goes along when the text is sent again"


async def a_token(visitor: Visitor, address: str) -> str:
    answer = await visitor.client.post(address, data={"text": "x"})
    return answer.text.split('name="csrf" value="')[1].split('"')[0]


@pytest.mark.parametrize(
    ("headers", "status"), [({"sec-fetch-site": "same-origin"}, 200), ({}, 403)]
)
async def test_a_page_that_asked_to_sign_in_beside_it_may_send_its_form_afterwards(
    visitor: Visitor,
    acme: Organisation,
    database: Database,
    headers: dict[str, str],
    status: int,
):
    address = f"/{acme.slug}/desk/secrets/1/note"
    apology = await visitor.client.post(address, data={"text": "halb getippt"})
    assert apology.status_code in (401, 403)
    await visitor.get(f"/session?org={acme.slug}")
    before = visitor.last.text.split('name="csrf" value="')[1].split('"')[0]
    await sign_in(visitor, acme, database)

    answer = await visitor.client.post(address, data={"csrf": before}, headers=headers)

    assert answer.status_code == status


async def test_the_token_of_somebody_elses_anonymous_page_is_worth_nothing(
    guarded: ASGIApp, visitor: Visitor, acme: Organisation, database: Database
):
    async with visiting(guarded) as mallory:
        page = await mallory.get(f"/session?org={acme.slug}")
        planted = page.text.split('name="csrf" value="')[1].split('"')[0]
    await sign_in(visitor, acme, database)

    answer = await visitor.client.post(
        f"/{acme.slug}/desk/secrets/1/note",
        data={"csrf": planted},
        headers={"sec-fetch-site": "same-origin"},
    )

    assert answer.status_code == 403
