"""The frame of every page: its links keep what was asked for, and mark where one is."""

import re
from collections.abc import AsyncIterator
from urllib.parse import urljoin
from uuid import uuid4

import pytest
from litestar.types import ASGIApp

from services.lifecycle.kinds import Role
from services.playbooks import library
from services.tenants import organisations, seats
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.web.cast import Filed, file, open_acme
from tests.web.visitor import Visitor, sign_in, visiting

LOOKS = re.compile(r'href="([^"]*[?;](?:lang|theme|size|keys)=\w+)"')
MARKED = re.compile(r'href="([^"]+)" aria-current="page"')


@pytest.fixture(scope="module")
async def acme(settings: object) -> Organisation:
    return await open_acme()


@pytest.fixture(scope="module")
async def leo(app: ASGIApp, acme: Organisation, database: Database) -> AsyncIterator[Visitor]:
    async with visiting(app) as somebody:
        await sign_in(somebody, acme, database, Role.MANAGER)
        yield somebody


@pytest.fixture
async def filed(visitor: Visitor, acme: Organisation) -> Filed:
    return await file(visitor, acme)


def looks(html: str) -> list[str]:
    found = [each.replace("&amp;", "&") for each in LOOKS.findall(html)]
    assert found
    return found


@pytest.mark.parametrize("query", ["view=mine&type=quality", "view=open&n=60"])
async def test_another_look_keeps_the_list_that_was_asked_for(
    leo: Visitor, acme: Organisation, filed: Filed, query: str
):
    page = await leo.get(f"/{acme.slug}/desk/queue?{query}&lang=zh")

    for place in looks(page.text):
        assert place.startswith(f"?{query}&")
        assert place.count("lang=") + place.count("keys=") == 1


async def test_another_look_keeps_the_list_that_a_case_was_reached_from(
    leo: Visitor, acme: Organisation, filed: Filed
):
    page = await leo.get(f"/{acme.slug}/desk/cases/{filed.number}?from=view%3Dmine")

    assert all("?from=view%3Dmine&" in place for place in looks(page.text))


async def test_another_look_keeps_where_the_digits_lead(
    app: ASGIApp, acme: Organisation, filed: Filed
):
    async with visiting(app) as dara:
        await dara.get(f"/s/{filed.link.rpartition('/')[2]}")
        page = await dara.get(f"/s/{filed.number}/check?then=/s/{filed.number}/evidence")

    then = f"then=%2Fs%2F{filed.number}%2Fevidence&"
    assert all(then in place for place in looks(page.text))


async def test_on_a_page_that_answers_a_form_another_look_leads_to_a_page(
    leo: Visitor, acme: Organisation, filed: Filed
):
    case = f"/{acme.slug}/desk/cases/{filed.number}"
    await leo.get(case)
    contacts = await leo.send(f"{case}/contacts")
    await leo.get("/me")
    faulty = await leo.send("/me/password")
    assert (contacts.status_code, faulty.status_code) == (200, 422)

    for page, status, back in ((contacts, 303, case), (faulty, 200, None)):
        for place in looks(page.text):
            answer = await leo.client.get(urljoin(str(page.url), place))
            assert (answer.status_code, answer.headers.get("location")) == (status, back)


async def test_settings_are_marked_on_their_own_pages_alone(
    app: ASGIApp, database: Database, settings: object
):
    slug = f"meishan-{uuid4().hex[:8]}"
    tenant = await organisations.create(name="眉山消协", slug=slug, prefix="眉消诉", mediates=True)
    meishan = await organisations.by_id(tenant)
    assert meishan
    await library.publish_shelf(seats.operator(tenant=tenant, slug=slug), demo=False)
    async with visiting(app) as ana:
        await sign_in(ana, meishan, database)
        for path, marked in (
            (f"/{slug}/desk", {f"/{slug}/desk/queue"}),
            (f"/{slug}/desk/queue", {f"/{slug}/desk/queue"}),
            (f"/{slug}/desk/search", {f"/{slug}/desk/search"}),
            ("/me/sessions", {"/me", "/me/sessions"}),
        ):
            page = await ana.get(path)
            views = f"/{slug}/desk/queue?view="
            found = {each for each in MARKED.findall(page.text) if not each.startswith(views)}
            assert found == marked, path


async def test_who_has_to_sign_in_first_comes_back_to_all_that_was_asked_for(
    app: ASGIApp, acme: Organisation
):
    async with visiting(app) as somebody:
        away = await somebody.client.get(f"/{acme.slug}/desk/queue?view=mine&turn=merchant")
        asked = await somebody.get(away.headers["location"])

    place = f"/{acme.slug}/desk/queue?view=mine&amp;turn=merchant"
    assert f'name="then" value="{place}"' in asked.text
