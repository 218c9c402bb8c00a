"""Who has a case, chosen in its row: with scripts in place, without them on a page of its own."""

import re
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from litestar.types import ASGIApp

from services.cases import queries
from services.lifecycle import commands as c
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Role
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.tenants.people import Member
from tests.web.cast import Filed, file, give, leo_of, open_acme
from tests.web.visitor import Visitor, sign_in, visiting


@pytest.fixture(scope="module")
async def acme(settings: object) -> Organisation:
    return await open_acme()


@pytest.fixture(scope="module")
async def vera(app: ASGIApp, acme: Organisation, database: Database) -> Member:
    async with visiting(app) as somebody:
        return await sign_in(somebody, acme, database, Role.VOLUNTEER)


@pytest.fixture(scope="module")
async def desk(
    app: ASGIApp, acme: Organisation, database: Database
) -> AsyncIterator[tuple[Visitor, Member]]:
    async with visiting(app) as somebody:
        yield somebody, await sign_in(somebody, acme, database, Role.CASEWORKER)


@pytest.fixture
def ana(desk: tuple[Visitor, Member]) -> Visitor:
    return desk[0]


@pytest.fixture
async def filed(app: ASGIApp, acme: Organisation) -> Filed:
    async with visiting(app) as dara:
        return await file(dara, acme)


def place(acme: Organisation, filed: Filed) -> str:
    return f"/{acme.slug}/desk/queue/{filed.number}/owner"


async def sent(visitor: Visitor, path: str, **typed: Any) -> httpx.Response:
    """As htmx sends the list of people, or the key that takes a case."""
    csrf = re.search(r'"X-CSRF-Token": "([^"]+)"', (await visitor.get(path)).text)
    assert csrf
    headers = {"hx-request": "true", "x-csrf-token": csrf[1]}
    return await visitor.client.post(path, data=typed, headers=headers)


async def test_the_list_tells_what_rests_on_whom(
    ana: Visitor, acme: Organisation, vera: Member, filed: Filed
):
    page = await ana.get(place(acme, filed), hx_request="true")

    assert page.text.lstrip().startswith("<form")
    assert page.text.count('name="to"') == 2
    assert "在办0，三日内0" in page.text
    assert "（我）" in page.text


async def test_without_scripts_it_is_a_page_that_comes_back_to_the_list(
    ana: Visitor, acme: Organisation, vera: Member, filed: Filed
):
    page = await ana.get(f"{place(acme, filed)}?view=unassigned")
    assert page.text.startswith("<!doctype html>")

    answer = await ana.send(f"{place(acme, filed)}?view=unassigned", to=str(vera.id))
    queue = await ana.follow()

    assert answer.headers["location"] == f"/{acme.slug}/desk/queue?view=unassigned"
    assert "已分派1件" in queue.text
    assert (await queries.case(leo_of(acme), filed.number)).case.assignee == vera.id


async def test_with_scripts_the_row_comes_back_with_its_focus_and_a_word_for_the_ear(
    ana: Visitor, acme: Organisation, vera: Member, filed: Filed
):
    answer = await sent(ana, place(acme, filed), to=vera.id, version=1)

    assert answer.status_code == 200
    assert answer.text.count("<tr ") == 1
    assert f'id="case-{filed.number}"' in answer.text
    assert re.search(rf'id="own-{filed.number}"[^>]* data-focus>', answer.text)
    assert re.search(rf"data-said>{filed.number}现在由[^<]+负责。<", answer.text)


async def test_the_row_comes_back_as_rich_as_it_was(
    app: ASGIApp, database: Database, ana: Visitor, acme: Organisation, filed: Filed
):
    """With the list it stands in, its tick and who else is at the case."""
    async with visiting(app) as leo:
        await sign_in(leo, acme, database, Role.MANAGER)
        await leo.get(f"/{acme.slug}/desk/cases/{filed.number}")
    queue = await ana.get(f"/{acme.slug}/desk/queue?view=unassigned&type=quality")
    key = re.search(rf'data-key="i" hx-post="([^"]*{filed.number}/[^"]*)"', queue.text)
    to = re.search(r"hx-vals='{\"to\": \"([^\"]+)\"", queue.text)
    assert key
    assert to

    path = key[1].replace("&amp;", "&")
    row = (await sent(ana, path, to=to[1], version=1, pick=filed.number)).text

    assert "view%3Dunassigned%26type%3Dquality" in row
    assert f"{filed.number}/owner?view=unassigned&amp;type=quality" in row
    assert re.search(r'name="pick"[^>]* checked', row)
    assert "在看" in row


async def test_to_oneself_it_is_taken(
    desk: tuple[Visitor, Member], acme: Organisation, filed: Filed
):
    ana, me = desk

    await sent(ana, place(acme, filed), to=me.id, version=1)

    view = await queries.case(leo_of(acme), filed.number)
    assert [event.kind for event in view.events] == ["filed", "taken"]
    assert view.case.assignee == me.id


async def test_who_was_slower_is_told_and_may_choose_again(
    ana: Visitor, acme: Organisation, vera: Member, filed: Filed
):
    await give(acme, filed, c.Note(text=Words(text="刚刚来过电话")))

    answer = await sent(ana, place(acme, filed), to=vera.id, version=1)

    assert answer.status_code == 409
    assert answer.headers["hx-retarget"] == f"#case-{filed.number} .own-list"
    assert "您查看之后，有人改动了这件案件" in answer.text
    assert 'name="version" value="2"' in answer.text
    assert (await queries.case(leo_of(acme), filed.number)).case.assignee is None


@pytest.mark.parametrize("to", ["", "nobody", str(uuid4())])
async def test_nobody_is_nobody(ana: Visitor, acme: Organisation, filed: Filed, to: str):
    answer = await sent(ana, place(acme, filed), to=to)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert (await queries.case(leo_of(acme), filed.number)).case.assignee is None
