"""What a page asks a phone to fetch: almost no script for the public, and style sheets
that a slow network carries (ux.md 7, 21); every file compressed, under its own name, for ever.
"""

import re

import pytest
from litestar.types import ASGIApp

from infra.assets.manifest import BUILT, names
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.web.cast import DIGITS, file, open_acme
from tests.web.visitor import Visitor, sign_in, visiting
from tests.web.walking import walk

SCRIPTS_BYTES_MAX = 20 * 1024
SHEETS_BYTES_MAX = 15 * 1024
HANDY = {"fresh", "handy", "keep", "htmx", "focus"}
"""Loads an old page anew; copies and prints; saves what is typed; checks a text where it stands,
and says so when the network fails.
Every page works without."""

LINKED = re.compile(r'(?:src|href)="(/static/[^"#]+\.(?:js|css))"')


@pytest.fixture(scope="module")
async def acme(settings: object) -> Organisation:
    return await open_acme()


def weight(page: str, kind: str) -> int:
    """Of what the page fetches, as brotli sends it."""
    found = {place for place in LINKED.findall(page) if place.endswith(kind)}
    return sum((BUILT / f"{place[8:]}.br").stat().st_size for place in found)


def scripts(page: str) -> set[str]:
    return {place[8:].partition(".")[0] for place in LINKED.findall(page) if place.endswith(".js")}


async def test_public_pages_are_light_and_hardly_a_script(visitor: Visitor, acme: Organisation):
    home = f"/{acme.slug}"
    pages = [
        await visitor.get(place)
        for place in (home, f"{home}/complaints/new", f"{home}/lookup", "/session", "/nowhere")
    ]
    pages.append(await walk(visitor, acme, to="story"))
    filed = await file(visitor, acme)
    assert visitor.last
    pages.append(visitor.last)
    await visitor.get(filed.link.partition("localhost:8000")[2])
    await visitor.follow()
    await visitor.send(f"/s/{filed.number}/check", digits=DIGITS)
    pages.append(await visitor.follow())

    assert 'class="public"' in pages[-1].text
    for page in pages:
        assert scripts(page.text) <= HANDY
        assert 0 < weight(page.text, ".css") <= SHEETS_BYTES_MAX
        assert weight(page.text, ".js") <= SCRIPTS_BYTES_MAX


async def test_the_desk_has_its_scripts_and_they_are_small(
    app: ASGIApp, acme: Organisation, database: Database
):
    async with visiting(app) as ana:
        await sign_in(ana, acme, database)
        queue = await ana.get(f"/{acme.slug}/desk/queue")

    assert {"htmx", "focus", "keys", "live", "presence", "drafts"} <= scripts(queue.text)
    ours = sum(
        (BUILT / f"{name}.br").stat().st_size for name in built_scripts() if "htmx" not in name
    )
    assert ours <= 12 * 1024
    assert weight(queue.text, ".js") <= 2 * SCRIPTS_BYTES_MAX


def built_scripts() -> list[str]:
    return [built for name, built in names().items() if name.endswith(".js")]


async def test_every_script_and_sheet_is_compressed_and_kept_for_ever(visitor: Visitor):
    found = [built for name, built in names().items() if name.endswith((".js", ".css"))]
    assert len(found) > 10
    for built in found:
        answer = await visitor.get(f"/static/{built}", accept_encoding="br")
        etag = answer.headers["etag"]
        again = await visitor.get(f"/static/{built}", if_none_match=etag)

        assert answer.status_code == 200
        assert answer.headers["content-encoding"] == "br"
        assert answer.headers["cache-control"] == "max-age=315360000, public, immutable"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert re.search(r"\.[0-9a-f]{12}\.", built)
        assert again.status_code == 304


async def test_no_script_is_served_under_a_name_that_could_change(visitor: Visitor):
    answer = await visitor.get("/static/keys.js")

    assert answer.status_code == 404
