"""Evidence is looked at as pictures: on its own page, by who may see it, and nowhere else."""

import re
from typing import Any
from uuid import UUID

import pytest
from litestar.types import ASGIApp

from services.cases import queries
from services.evidence import copying
from services.lifecycle.commands import RevokeConsent, ShareEvidence
from services.lifecycle.kinds import Consent, Role
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.evidence.files import JPEG, MP4, png
from tests.evidence.samples import CANARY, HEIC, paper, photograph
from tests.web.cast import Filed, file, give, leo_of
from tests.web.faults import doubled_ids
from tests.web.handing_in import acme, filed, named, place, upload
from tests.web.visitor import Visitor, sign_in, visiting
from web import pictures

HEADERS = {
    "content-type": "image/webp",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}
SHOT = re.compile(r'<img[^>]* src="([^"]*/pictures/\d+\?until=[^"]*)"')
ALL = (("聊天.jpg", photograph()), ("合同.pdf", paper(12)), ("照片.heic", HEIC))


async def draw(acme: Organisation) -> None:
    while owed := await copying.next_owed(acme.tenant):
        await copying.draw(owed)


async def handed(visitor: Visitor, filed: Filed, acme: Organisation) -> list[str]:
    """The addresses of the pieces' own pages."""
    await upload(visitor, filed, named(*ALL))
    await draw(acme)
    view = await queries.case(leo_of(acme), filed.number)
    return [f"{place(filed)}/{piece.id}" for piece in view.case.evidence]


def shots(text: str) -> list[str]:
    return SHOT.findall(text)


async def test_upl_02_every_picture_has_exactly_these_headers(
    visitor: Visitor, filed: Filed, acme: Organisation
):
    pages = await handed(visitor, filed, acme)
    found = [shot for page in pages for shot in shots((await visitor.get(page)).text)]
    found += shots((await visitor.get(place(filed))).text)

    assert len(found) == 1 + 10 + 1 + 3
    for shot in found:
        answer = await visitor.client.get(shot, headers={"sec-fetch-dest": "image"})
        assert answer.status_code == 200
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
        assert answer.content[8:12] == b"WEBP"
        assert CANARY.encode() not in answer.content


@pytest.mark.parametrize("dest", ["document", "iframe", "script", "embed", "object", "style"])
async def test_upl_02_a_picture_is_no_page_and_no_part_of_anything_else(
    visitor: Visitor, filed: Filed, acme: Organisation, dest: str
):
    pages = await handed(visitor, filed, acme)
    shot = shots((await visitor.get(pages[0])).text)[0]

    answer = await visitor.client.get(shot, headers={"sec-fetch-dest": dest})

    assert answer.status_code == 404


async def test_the_address_of_a_picture_means_nothing_to_anybody_else_or_later(
    visitor: Visitor,
    filed: Filed,
    acme: Organisation,
    app: ASGIApp,
    monkeypatch: pytest.MonkeyPatch,
):
    pages = await handed(visitor, filed, acme)
    shot = shots((await visitor.get(pages[0])).text)[0]
    bare, _, signature = shot.partition("?until=")
    until, _, mac = signature.partition(".")
    other = bare.replace("/pictures/1", "/pictures/0")

    wrong = (
        bare,
        f"{bare}?until={int(until) + 60}.{mac}",
        f"{other}?until={signature}",
        f"{bare}?until=²{signature}",
        f"{bare}?until={until}.",
    )
    for address in wrong:
        assert (await visitor.client.get(address)).status_code == 404
    async with visiting(app) as stranger:
        assert (await stranger.client.get(shot)).status_code in (303, 401, 404)
    assert (await visitor.client.get(shot)).status_code == 200
    monkeypatch.setattr(pictures, "now", lambda: int(until))
    assert (await visitor.client.get(shot)).status_code == 404


async def test_each_piece_has_a_page_with_what_is_known_of_it_and_its_neighbours(
    visitor: Visitor, filed: Filed, acme: Organisation
):
    first, second, third = await handed(visitor, filed, acme)

    page = await visitor.get(second)

    sha256 = (await queries.case(leo_of(acme), filed.number)).case.evidence[1].sha256
    assert all(text in page.text for text in ("合同.pdf", sha256, "原件里还有2页", "第10页"))
    assert f'rel="prev" href="{first}"' in page.text
    assert f'rel="next" href="{third}"' in page.text
    assert 'rel="prev"' not in (await visitor.get(first)).text
    assert "/original" not in page.text
    assert doubled_ids(page) == set()


async def test_tiles_stand_on_the_page_of_the_consumer(
    visitor: Visitor, filed: Filed, acme: Organisation
):
    pages = await handed(visitor, filed, acme)

    for address in (place(filed), f"/s/{filed.number}/status"):
        page = await visitor.get(address)
        assert len(shots(page.text)) == 3
        assert all(f'href="{piece}"' in page.text for piece in pages)
        assert "12页" in page.text


async def test_what_is_not_drawn_so_far_or_cannot_be_says_so(
    visitor: Visitor, filed: Filed, acme: Organisation
):
    await upload(visitor, filed, named(("聊天.jpg", JPEG), ("开箱.mp4", MP4)))
    assert "正在检查文件" in (await visitor.get(place(filed))).text
    await draw(acme)

    tiles = await visitor.get(place(filed))
    pieces = (await queries.case(leo_of(acme), filed.number)).case.evidence
    broken, film = [(await visitor.get(f"{place(filed)}/{p.id}")).text for p in pieces]

    assert "已保存，无法显示" in tiles.text
    assert "文件已损坏" in broken
    assert "视频和录音按收到时的原样保存" in film
    assert shots(tiles.text + broken + film) == []


async def test_nobody_looks_at_a_piece_by_another_case(
    visitor: Visitor, filed: Filed, acme: Organisation
):
    pages = await handed(visitor, filed, acme)
    other = await file(visitor, acme)

    for piece in (pages[0].rpartition("/")[2], "0" * 32, "nothing"):
        answer = await visitor.get(f"{place(other)}/{piece}")
        assert answer.status_code == 404


@pytest.fixture
async def desk(app: ASGIApp, acme: Organisation, database: Database) -> Any:
    async with visiting(app) as ana:
        await sign_in(ana, acme, database)
        yield ana


async def test_at_the_desk_pictures_stand_in_the_list_on_the_case_and_on_paper(
    visitor: Visitor, desk: Visitor, filed: Filed, acme: Organisation
):
    await handed(visitor, filed, acme)
    case = f"/{acme.slug}/desk/cases/{filed.number}"

    for address in (case, f"{case}/evidence", f"{case}/dossier"):
        found = shots((await desk.get(address)).text)
        assert len(found) == 3
        assert (await desk.client.get(found[0])).headers["content-type"] == "image/webp"


async def test_an_original_is_saved_from_a_page_that_warns(
    visitor: Visitor, desk: Visitor, filed: Filed, acme: Organisation
):
    piece = (await handed(visitor, filed, acme))[0].rpartition("/")[2]
    address = f"/{acme.slug}/desk/cases/{filed.number}/evidence/{piece}"

    page = await desk.get(address)

    assert "可能危害您的电脑" in page.text
    assert f'href="{address}/original"' in page.text
    assert (await desk.get(f"{address}/original")).content == photograph()
    assert (await visitor.get(f"{place(filed)}/{piece}/original")).status_code == 404


async def test_what_staff_added_is_not_shown_to_the_consumer(
    visitor: Visitor, filed: Filed, acme: Organisation, app: ASGIApp, database: Database
):
    async with visiting(app) as vera:
        await sign_in(vera, acme, database, Role.MANAGER)
        base = f"/{acme.slug}/desk/cases/{filed.number}/evidence"
        page = await vera.get(base)
        action = re.search(r'action="([^"]*ticket=[^"]*)"', page.text)
        assert action
        await vera.client.post(action[1], files=named(("内部.png", png(9))))
        await draw(acme)
        (piece,) = (await queries.case(leo_of(acme), filed.number)).case.evidence
        assert len(shots((await vera.get(f"{base}/{piece.id}")).text)) == 1

    assert (await visitor.get(f"{place(filed)}/{piece.id}")).status_code == 404


async def test_the_page_of_a_piece_says_whether_the_merchant_sees_it(
    visitor: Visitor, desk: Visitor, filed: Filed, acme: Organisation
):
    address = (await handed(visitor, filed, acme))[0]
    piece = address.rpartition("/")[2]
    at_desk = f"/{acme.slug}/desk/cases/{filed.number}/evidence/{piece}"
    assert "商家目前看不到这份证据。" in (await desk.get(at_desk)).text

    await give(acme, filed, ShareEvidence(piece=UUID(piece), shared=True))
    assert "商家可以看到这份证据的展示图" in (await desk.get(at_desk)).text

    await give(acme, filed, RevokeConsent(consent=Consent.SHARE_WITH_MERCHANT))
    assert "消费者没有同意向商家出示" in (await desk.get(at_desk)).text
