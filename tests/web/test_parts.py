"""The gallery shows every part there is, and finds for each the file and the sheet behind it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from litestar.types import ASGIApp

from infra.settings import Settings
from services.wording.language import Language
from tests.web.conftest import Serve
from tests.web.visitor import visiting
from web.dues import Press
from web.gallery import imagined, page
from web.gallery.catalogue import classes_in, classes_of_sheet, parts
from web.gallery.looks import every_due, tiles
from web.templating import FOLDER

SHEET = "@layer x { .a:hover > .b::before { y: 1.5rem } @media z { .c-d { } } }"
CALL = re.compile(r"\b(\w+)\(")


@pytest.fixture(scope="module")
def app(serve: Serve) -> ASGIApp:
    return serve(page.show)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", ["staff", "public"])
async def test_the_gallery_shows_every_file_of_parts(app: ASGIApp, language: Language, kind: str):
    async with visiting(app) as visitor:
        answer = await visitor.client.get(f"/parts?lang={language.value[:2]}&as={kind}")

    assert answer.status_code == 200
    shown = re.findall(r'<h2 id="h-\w+">parts/(\w+)\.html</h2>', answer.text)
    assert shown == [part.name for part in parts()]
    assert f'<body class="{kind}">' in answer.text
    assert 'style="' not in answer.text


def test_every_macro_is_called_in_the_gallery_or_by_one_that_is():
    bodies = {
        name: body
        for part in parts()
        for name, body in macros(FOLDER / "parts" / f"{part.name}.html")
    }
    waiting = {
        name
        for file in (FOLDER / "gallery").glob("*.html")
        for name in CALL.findall(file.read_text(encoding="utf-8"))
    }
    shown: set[str] = set()
    while fresh := (waiting & bodies.keys()) - shown:
        shown |= fresh
        waiting = {name for each in fresh for name in CALL.findall(bodies[each])}

    assert bodies.keys() - shown == set()


def macros(file: Path) -> list[tuple[str, str]]:
    text = file.read_text(encoding="utf-8")
    return re.findall(r"{%-? macro (\w+)\(.*?%}(.*?){%-? endmacro", text, re.DOTALL)


async def test_a_running_service_has_no_gallery(serve: Serve, bare_settings: Settings):
    public = replace(bare_settings, public_url="https://desk.example.org")

    async with visiting(serve(page.show, settings=public)) as visitor:
        answer = await visitor.client.get("/parts", headers={"host": "desk.example.org"})

    assert answer.status_code == 404


def test_the_samples_hold_every_state():
    assert {due.press for due in every_due()} == {*Press}
    assert {note for due in every_due() for note in due.notes} == {"遇节假日顺延", "以订单页为准"}
    assert {tile.state for tile in tiles()} == {
        "uploading",
        "checking",
        "ready",
        "refused",
        "too_large",
        "duplicate",
        "missing",
    }


def test_the_imagined_case_is_one_that_the_law_allows():
    assert len(imagined.stops()) == len(imagined.story()["step"]) + 1
    assert imagined.view().case.offer


def test_a_part_names_the_sheets_that_dress_it():
    dressed = {part.name: part.styles for part in parts()}

    assert "components/due.css" in dressed["due"]
    assert "components/stairs.css" in dressed["stairs"]
    assert [part.name for part in parts() if not part.styles] == []


def test_classes_are_read_as_templates_and_sheets_write_them():
    written = classes_in('<p class="due due--{{ press }}{{ " is-late" if late else "" }} x">')

    assert written.whole == {"due", "is-late", "x"}
    assert written.begun == {"due--"}
    assert classes_of_sheet(
        "@layer a { .a:hover > .b::before { x: 1.5rem } @media x { .c-d{} } }"
    ) == {"a", "b", "c-d"}
