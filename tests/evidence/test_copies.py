"""A piece that is kept gets its viewing copy; whoever is killed, nothing is lost or left over."""

import asyncio
import signal
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from infra.database import Login, tenant_tx
from services.cases import queries
from services.cases.anonymise import anonymise
from services.cases.looking import copies, picture, shareable
from services.cases.receipts import NotFound
from services.cases.verify import verify
from services.evidence import copying
from services.evidence.copies import Copy, State
from services.evidence.unseen import COVER, Unseen
from services.lifecycle import commands as c
from services.lifecycle.kinds import Consent, Outcome
from services.tenants.seats import Seat
from tests.architecture.code import ROOT
from tests.cases.cast import give, make_org
from tests.database import Database
from tests.evidence.cast import Scene, scene
from tests.evidence.files import JPEG, MP4, png
from tests.evidence.samples import CANARY, paper, photograph
from tests.lifecycle.cast import words
from workflows import viewing

NOW = timedelta()


@pytest.fixture
async def at(database: Database, files: Path) -> Scene:
    return await scene()


def lying(files: Path) -> list[Path]:
    return [each for each in files.rglob("*") if each.is_file()]


async def work(at: Scene) -> None:
    """What the worker does until nothing is owed here."""
    while owed := await copying.next_owed(at.org.tenant):
        await copying.draw(owed)


async def seen(at: Scene, seat: Seat | None = None) -> list[Copy]:
    by = seat or at.org.leo
    return list((await copies(by, await queries.case(by, at.case.case_id))).values())


async def body_of(at: Scene, copy: Copy, no: int, seat: Seat | None = None) -> bytes:
    found = await picture(seat or at.org.leo, at.case.number, copy.id, no)
    return b"".join([chunk async for chunk in found.bytes()])


async def test_a_piece_that_came_in_can_be_looked_at(at: Scene, files: Path):
    await at.hand(photograph())
    assert [each.state for each in await seen(at)] == [State.WAITING]

    await work(at)

    (copy,) = await seen(at)
    assert (copy.state, copy.pages, list(copy.shown), copy.more) == (State.READY, 1, [1], 0)
    assert copy.sizes == ((360, 480), (480, 640))
    for no in (COVER, 1):
        body = await body_of(at, copy, no)
        assert body[8:12] == b"WEBP"
        assert CANARY.encode() not in body
        assert not any(body[:40] in stored.read_bytes() for stored in lying(files))
    assert await verify(at.org.tenant) == ()


async def test_video_and_sound_are_kept_and_not_drawn(at: Scene):
    await at.hand(MP4)

    assert await copying.next_owed(at.org.tenant) is None
    assert await seen(at) == []


async def test_what_cannot_be_shown_says_why_and_holds_up_no_other(at: Scene):
    await at.hand(JPEG)
    await at.hand(photograph())

    await work(at)

    assert {each.state: each.why for each in await seen(at)} == {
        State.UNSEEN: Unseen.BROKEN,
        State.READY: None,
    }


async def test_a_picture_that_is_not_there_is_not_found(at: Scene):
    await at.hand(paper(2))
    (waiting,) = await seen(at)
    with pytest.raises(NotFound):
        await picture(at.org.leo, at.case.number, waiting.id, 1)
    await work(at)
    (copy,) = await seen(at)

    for no in (-1, 3, 99):
        with pytest.raises(NotFound):
            await picture(at.org.leo, at.case.number, copy.id, no)
    assert await body_of(at, copy, 2)


async def test_the_consumer_looks_at_their_own_pieces_and_the_merchant_at_none(at: Scene):
    await at.hand(photograph())
    await at.hand(png(2), seat=at.org.ana)
    await work(at)
    own, ours = sorted(await seen(at), key=lambda copy: copy.sizes, reverse=True)

    assert [each.id for each in await seen(at, at.dara)] == [own.id]
    assert await body_of(at, own, 1, at.dara)
    for seat, copy in ((at.dara, ours), (at.org.shop(at.case), own)):
        with pytest.raises(NotFound):
            await picture(seat, at.case.case_id, copy.id, 1)


async def test_another_house_finds_nothing(at: Scene):
    await at.hand(photograph())
    await work(at)
    (copy,) = await seen(at)
    cleo = (await make_org()).leo

    for place in (at.case.number, at.case.case_id):
        with pytest.raises(NotFound):
            await picture(cleo, place, copy.id, 1)


@pytest.mark.parametrize("stored", [0, 1, 2, 3])
async def test_upl_07_a_worker_that_is_killed_at_any_step_leaves_nothing_and_loses_nothing(
    at: Scene, files: Path, database: Database, stored: int
):
    await at.hand(paper(2))
    url = database.settings.url(Login.WORKER)
    words = (url, f"file://{files}", str(at.org.tenant), str(stored))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.evidence.killed", *words), cwd=ROOT
    )
    assert await process.wait() == -signal.SIGKILL
    assert len(lying(files)) == 1 + stored
    assert [each.state for each in await seen(at)] == [State.DRAWING]
    assert await copying.next_owed(at.org.tenant) is None, "somebody may still be at it"

    again = await copying.next_owed(at.org.tenant, left_alone=NOW)
    assert again
    await copying.draw(again)

    (copy,) = await seen(at)
    assert (copy.state, copy.tries) == (State.READY, 2)
    assert len(lying(files)) == 1 + 3
    assert await body_of(at, copy, 2)


async def test_a_file_that_ends_its_worker_every_time_is_left_alone(at: Scene):
    await at.hand(photograph())
    for _ in range(copying.TRIES_MAX):
        assert await copying.next_owed(at.org.tenant, left_alone=NOW)

    owed = await copying.next_owed(at.org.tenant, left_alone=NOW)
    assert owed
    await copying.draw(owed)

    assert [(each.state, each.why) for each in await seen(at)] == [(State.UNSEEN, Unseen.GIVEN_UP)]


async def test_who_comes_back_too_late_takes_its_pictures_away(at: Scene, files: Path):
    await at.hand(photograph())
    late = await copying.next_owed(at.org.tenant)
    again = await copying.next_owed(at.org.tenant, left_alone=NOW)
    assert late
    assert again
    await copying.draw(again)

    await copying.draw(late)

    (copy,) = await seen(at)
    assert copy.tries == 2
    assert len(lying(files)) == 1 + 2
    assert await body_of(at, copy, 1)


async def test_with_the_words_of_a_case_its_copies_go_for_good(at: Scene, files: Path):
    await at.hand(photograph())
    await work(at)
    (copy,) = await seen(at)
    await give(at.org.leo, at.case, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))

    await anonymise(at.org.leo, at.case.number)

    assert lying(files) == []
    assert await seen(at) == []
    with pytest.raises(NotFound):
        await picture(at.org.leo, at.case.number, copy.id, 1)


async def test_a_case_that_is_erased_while_its_copy_is_drawn_keeps_no_picture(
    at: Scene, files: Path
):
    await at.hand(photograph())
    owed = await copying.next_owed(at.org.tenant)
    assert owed
    await give(at.org.leo, at.case, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))
    await anonymise(at.org.leo, at.case.number)

    await viewing.draw(owed)

    assert lying(files) == []


async def test_pieces_that_came_before_there_were_copies_get_theirs(at: Scene, database: Database):
    await at.hand(photograph())
    async with database.as_owner() as owner:
        await owner.execute("delete from evidence_copy")

    await copying.catch_up(at.org.tenant)
    await copying.catch_up(at.org.tenant)
    await work(at)

    assert [each.state for each in await seen(at)] == [State.READY]


async def test_the_worker_draws_of_every_house_and_says_whether_it_found_something(
    at: Scene,
):
    other = await scene()
    for each in (at, other):
        await each.hand(photograph())

    while await viewing.draw_owed():
        pass

    assert [(await seen(each))[0].state for each in (at, other)] == [State.READY] * 2


async def test_the_database_rings_when_a_piece_is_kept(at: Scene, database: Database):
    heard: list[str] = []
    async with database.as_owner() as owner:
        await owner.add_listener(viewing.CHANNEL, lambda *said: heard.append(said[-1]))
        await at.hand(photograph())
        await at.hand(MP4)
        async with tenant_tx(at.org.leo) as tx:
            await tx.execute("select")
        await owner.execute("select")

    assert heard == ["", ""]


async def test_what_is_shared_is_looked_at_by_the_merchant_until_a_consent_is_taken_back(
    at: Scene,
):
    await at.hand(photograph())
    await work(at)
    (copy,) = await seen(at)
    shop = at.org.shop(at.case)

    await give(at.org.leo, at.case, c.ShareEvidence(piece=copy.id, shared=True))

    view = await queries.case(shop, at.case.case_id)
    assert [each.id for _, each in await shareable(shop, view)] == [copy.id]
    assert await body_of_case(at, copy, shop)
    assert await verify(at.org.tenant) == ()
    await give(at.dara, at.case, c.RevokeConsent(consent=Consent.SHARE_WITH_MERCHANT))
    assert await shareable(shop, await queries.case(shop, at.case.case_id)) == ()
    with pytest.raises(NotFound):
        await picture(shop, at.case.case_id, copy.id, 1)


async def body_of_case(at: Scene, copy: Copy, seat: Seat) -> bytes:
    """As who came by a link asks for it."""
    found = await picture(seat, at.case.case_id, copy.id, 1)
    return b"".join([chunk async for chunk in found.bytes()])
