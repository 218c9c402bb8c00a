"""A long list: what was added below stays when the list is asked for again, and so do the ticks."""

import re
from collections.abc import AsyncIterator

import pytest
from litestar.types import ASGIApp

from services.lifecycle.kinds import Role
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.web.cast import file, open_acme
from tests.web.visitor import Visitor, forms_of, sign_in, visiting

CASES = 60
NUMBER = re.compile(r'data-number="([^"]+)"')
TICKED = re.compile(r'name="pick" value="([^"]+)" form="bulk" checked')


@pytest.fixture(scope="module")
async def acme(app: ASGIApp, settings: object) -> Organisation:
    acme = await open_acme()
    async with visiting(app) as dara:
        for n in range(CASES):
            await file(dara, acme, facts=f"第{n}件：桌板开裂")
    return acme


@pytest.fixture(scope="module")
async def leo(app: ASGIApp, acme: Organisation, database: Database) -> AsyncIterator[Visitor]:
    async with visiting(app) as somebody:
        await sign_in(somebody, acme, database, Role.MANAGER)
        yield somebody


def link(html: str, sign: str) -> str:
    """Where the link leads that this sign stands in."""
    found = re.search(rf'<a (?=[^>]*{sign})[^>]*?href="([^"]+)"', html)
    assert found, sign
    return found[1].replace("&amp;", "&")


async def second_page(leo: Visitor, acme: Organisation) -> str:
    first = await leo.get(f"/{acme.slug}/desk/queue")
    return (await leo.get(link(first.text, 'id="more-link"'))).text


async def test_as_many_rows_as_stood_there_are_shown_again(leo: Visitor, acme: Organisation):
    page = await leo.get(f"/{acme.slug}/desk/queue?n={CASES}")

    assert len(set(NUMBER.findall(page.text))) == CASES
    assert "n=60" in link(page.text, 'id="refresh"')
    assert 'id="more-link"' not in page.text


@pytest.mark.parametrize("sign", ["data-refresh", 'id="refresh"', "data-all", "data-none"])
async def test_on_the_second_page_every_way_back_to_the_list_leads_to_that_page(
    leo: Visitor, acme: Organisation, sign: str
):
    there = await second_page(leo, acme)

    again = await leo.get(link(there, sign))

    assert len(NUMBER.findall(there)) == 10
    assert NUMBER.findall(again.text) == NUMBER.findall(there)
    assert len(TICKED.findall(again.text)) == (10 if sign == "data-all" else 0)


async def test_scripts_refresh_the_second_page_as_a_whole(leo: Visitor, acme: Organisation):
    there = await second_page(leo, acme)

    again = await leo.get(link(there, 'id="refresh"'), hx_request="true")

    assert 'id="main"' in again.text


async def test_who_assigned_from_the_second_page_comes_back_to_it(leo: Visitor, acme: Organisation):
    there = await second_page(leo, acme)
    bulk = next(form for form in forms_of(there) if form.action.endswith("/assignment"))
    picked = NUMBER.findall(there)[-1]

    asked = "&".join(f"{name}={value}" for name, [value] in bulk.fields.items() if name != "pick")
    page = await leo.get(f"{bulk.action}?{asked}&pick={picked}")
    back = await leo.get(link(page.text.split("<main")[1], 'href="[^"]*pick='))

    assert TICKED.findall(back.text) == [picked]


async def test_what_scripts_added_is_counted_for_the_way_back(leo: Visitor, acme: Organisation):
    first = await leo.get(f"/{acme.slug}/desk/queue")
    onwards = re.search(r'hx-get="([^"]+)"', first.text.split('id="more-link"')[1])
    assert onwards

    part = await leo.get(onwards[1].replace("&amp;", "&"), hx_request="true")

    assert '<input type="hidden" name="n" value="60" form="bulk">' in part.text


async def test_a_page_has_a_limit_and_then_leads_to_the_next(
    leo: Visitor, acme: Organisation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("web.queue.ROWS_MAX", 55)

    page = await leo.get(f"/{acme.slug}/desk/queue?n=1000")

    assert len(NUMBER.findall(page.text)) == 55
    assert "下一页" in page.text
    assert "beside=" not in page.text
