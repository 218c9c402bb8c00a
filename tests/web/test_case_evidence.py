"""At the desk: the list, originals to be saved and nothing else, and the package with its check."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from litestar.types import ASGIApp

from infra.database import tenant_tx
from services.cases import queries
from services.evidence.checking import Found, Wrong, check
from services.lifecycle.kinds import Role
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.evidence.files import MP4, png
from tests.web.cast import Filed, file, leo_of
from tests.web.faults import doubled_ids
from tests.web.handing_in import acme, named, upload
from tests.web.visitor import Visitor, forms_of, sign_in, visiting
from web.cli import redress

HEADERS = {
    "content-security-policy": "default-src 'none'; sandbox",
    "content-type": "image/png",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}


@pytest.fixture
async def filed(visitor: Visitor, acme: Organisation) -> Filed:
    found = await file(visitor, acme)
    await upload(visitor, found, named(("页面.html", png(1)), ("开箱.mp4", MP4)))
    return found


@pytest.fixture
async def desk(app: ASGIApp, acme: Organisation, database: Database) -> Any:
    async with visiting(app) as ana:
        await sign_in(ana, acme, database)
        yield ana


def place(acme: Organisation, filed: Filed) -> str:
    return f"/{acme.slug}/desk/cases/{filed.number}/evidence"


async def first_piece(acme: Organisation, filed: Filed) -> str:
    view = await queries.case(leo_of(acme), filed.number)
    return str(view.case.evidence[0].id)


async def entries(acme: Organisation) -> list[str]:
    async with tenant_tx(leo_of(acme)) as tx:
        return [row["kind"] for row in await tx.fetch("select kind from audit_entry order by seq")]


async def test_the_list_tells_what_came_from_whom_and_its_hash(
    desk: Visitor, filed: Filed, acme: Organisation
):
    page = await desk.get(place(acme, filed))
    case = await desk.get(f"/{acme.slug}/desk/cases/{filed.number}")

    sha256 = (await queries.case(leo_of(acme), filed.number)).case.evidence[0].sha256
    assert all(text in page.text for text in ("页面.html", "开箱.mp4", sha256[:12], "消费者"))
    assert doubled_ids(page) == set()
    assert "页面.html" in case.text
    assert f'href="{place(acme, filed)}"' in case.text


async def test_on_paper_stands_the_whole_hash(desk: Visitor, filed: Filed, acme: Organisation):
    page = await desk.get(f"/{acme.slug}/desk/cases/{filed.number}/dossier")

    pieces = (await queries.case(leo_of(acme), filed.number)).case.evidence
    assert len(pieces) == 2
    assert all(piece.sha256 in page.text for piece in pieces)


async def test_an_original_is_saved_and_never_shown(
    desk: Visitor, filed: Filed, acme: Organisation
):
    """UPL-02: whatever its sender called it, it goes out under our name and kind."""
    answer = await desk.get(f"{place(acme, filed)}/{await first_piece(acme, filed)}/original")

    assert answer.status_code == 200
    assert answer.content == png(1)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    told = answer.headers["content-disposition"]
    assert told == f"attachment; filename*=UTF-8''{filed.number}-01.png"
    assert "evidence_opened" in await entries(acme)


@pytest.mark.parametrize("dest", ["image", "script", "iframe", "embed", "object", "style"])
async def test_no_page_can_use_an_original_as_a_part_of_itself(
    desk: Visitor, filed: Filed, acme: Organisation, dest: str
):
    answer = await desk.get(
        f"{place(acme, filed)}/{await first_piece(acme, filed)}/original", sec_fetch_dest=dest
    )

    assert answer.status_code == 404


async def test_what_was_changed_in_storage_is_no_file(
    desk: Visitor, filed: Filed, acme: Organisation, settings: Any
):
    for stored in Path(settings.storage_url.removeprefix("file://")).rglob("*"):
        if stored.is_file():
            *whole, last = stored.read_bytes()
            stored.write_bytes(bytes([*whole, last ^ 1]))

    answer = await desk.get(f"{place(acme, filed)}/{await first_piece(acme, filed)}/original")

    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith("text/html")


async def test_a_volunteer_opens_nothing_of_a_case_that_is_not_theirs(
    app: ASGIApp, filed: Filed, acme: Organisation, database: Database
):
    piece = await first_piece(acme, filed)
    async with visiting(app) as vera:
        await sign_in(vera, acme, database, Role.VOLUNTEER)
        answers = [
            await vera.get(f"{place(acme, filed)}{more}")
            for more in ("", "/package", f"/{piece}", f"/{piece}/original")
        ]

    assert [answer.status_code for answer in answers] == [404] * 4


async def test_staff_add_what_they_have_and_the_consumer_does_not_see_it(
    desk: Visitor, visitor: Visitor, filed: Filed, acme: Organisation
):
    page = await desk.get(place(acme, filed))
    action = next(f.action for f in forms_of(page.text) if "ticket=" in f.action)

    answer = await desk.client.post(action, files=named(("商家内部.png", png(9))))

    assert answer.status_code == 303
    assert "商家内部.png" in (await desk.get(place(acme, filed))).text
    assert "商家内部.png" not in (await visitor.get(f"/s/{filed.number}/evidence")).text
    assert "商家内部.png" not in (await visitor.get(f"/s/{filed.number}/status")).text


async def package(desk: Visitor, acme: Organisation, filed: Filed) -> httpx.Response:
    return await desk.get(f"{place(acme, filed)}/package")


async def test_the_package_holds_the_originals_and_checks_clean(
    desk: Visitor, filed: Filed, acme: Organisation, tmp_path: Path
):
    answer = await package(desk, acme, filed)
    saved = tmp_path / "evidence.zip"
    saved.write_bytes(answer.content)

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        assert archive.read("files/01.png") == png(1)
        manifest = json.loads(archive.read("manifest.json"))
    assert [row["name"] for row in manifest["files"]] == ["页面.html", "开箱.mp4"]
    assert {row["received_from"] for row in manifest["files"]} == {"consumer"}
    found = check(saved)
    assert (found.wrong, found.files, found.case) == ((), 2, filed.number)
    async with tenant_tx(leo_of(acme)) as tx:
        body = await tx.fetchval("select body from audit_entry where kind = 'evidence_exported'")
    assert body["manifest"] == found.manifest


async def test_one_changed_byte_is_named_on_the_command_line(
    desk: Visitor, filed: Filed, acme: Organisation, tmp_path: Path
):
    answer = await package(desk, acme, filed)
    saved = tmp_path / "evidence.zip"
    body = bytearray(answer.content)
    body[body.index(MP4) + len(MP4) // 2] ^= 1
    saved.write_bytes(bytes(body))

    done = CliRunner().invoke(redress, ["evidence", "check", str(saved), "--json"])

    assert done.exit_code == 1
    told = json.loads(done.output)
    assert told["wrong"] == [{"path": "files/02.mp4", "what": "changed"}]
    assert check(saved).wrong == (Found(path="files/02.mp4", what=Wrong.CHANGED),)
