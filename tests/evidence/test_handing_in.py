"""A file comes onto a case whole, byte by byte and once, or leaves nothing."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest

from infra import storage
from infra.database import tenant_tx
from services.cases import ledger, queries
from services.cases.anonymise import anonymise
from services.cases.handing_in import Told, admitted, hand_in
from services.cases.receipts import NotFound
from services.cases.verify import Class, verify
from services.evidence import receiving, sweeping
from services.evidence.kinds import BYTES_MAX, Family, NotTaken, UnfitFile
from services.evidence.reading import kept
from services.lifecycle import commands as c
from services.lifecycle.evidence import Capture, FileKind
from services.lifecycle.kinds import Outcome
from services.lifecycle.refusals import Refused, Why
from tests.cases.cast import file, give, make_org
from tests.database import Database
from tests.evidence.cast import Scene, scene
from tests.evidence.files import MP4, PDF, ZIP, pieces, png
from tests.lifecycle.cast import words


@pytest.fixture
async def at(database: Database, files: Path) -> Scene:
    return await scene()


def lying(files: Path) -> list[Path]:
    return [each for each in files.rglob("*") if each.is_file()]


async def rows(at: Scene) -> list[str]:
    async with tenant_tx(at.org.clock) as tx:
        found = await tx.fetch("select state from evidence where tenant_id = $1", at.org.tenant)
    return [row["state"] for row in found]


async def test_the_original_is_kept_byte_by_byte_and_sealed(at: Scene, files: Path):
    body = png() + b"and what hides behind it" * 100

    await at.hand(body, Told(name="聊天.png", capture=Capture.SCREENSHOT, note="第三页"))

    (piece,) = (await queries.case(at.org.leo, at.case.number)).case.evidence
    assert (piece.kind, piece.size) == (FileKind.PNG, len(body))
    assert piece.sha256 == hashlib.sha256(body).hexdigest()
    async with tenant_tx(at.dara) as tx:
        file = (await kept(tx, tenant=at.org.tenant, case=at.case.case_id))[piece.id]
    assert b"".join([chunk async for chunk in file.bytes()]) == body
    (stored,) = lying(files)
    assert b"hides" not in stored.read_bytes()
    assert await verify(at.org.tenant) == ()


async def test_what_its_sender_says_stands_in_the_event_and_can_be_erased(at: Scene):
    told = Told(name="a/b/发票.png", capture=Capture.SCAN, made_on=date(2026, 11, 3), note="发票")

    await at.hand(told=told)

    event = (await queries.case(at.org.leo, at.case.number)).events[-1].event
    assert isinstance(event, c.AddEvidence) is False
    assert (event.name.text, event.note.text) == ("发票.png", "发票")
    assert (event.capture, event.made_on) == (Capture.SCAN, date(2026, 11, 3))


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", UnfitFile.EMPTY),
        (ZIP, UnfitFile.ARCHIVE),
        (b"<html>", UnfitFile.UNKNOWN_KIND),
        (png() + b"\0" * BYTES_MAX[Family.PICTURE], UnfitFile.PICTURE_TOO_LARGE),
        (PDF + b"\0" * BYTES_MAX[Family.DOCUMENT], UnfitFile.DOCUMENT_TOO_LARGE),
    ],
    ids=["empty", "archive", "page", "picture", "document"],
)
async def test_what_is_not_taken_leaves_nothing(
    at: Scene, files: Path, body: bytes, why: UnfitFile
):
    with pytest.raises(NotTaken) as refused:
        await at.hand(body)

    assert refused.value.why is why
    assert lying(files) == []
    assert await rows(at) == ["refused"]
    assert (await queries.case(at.org.leo, at.case.number)).case.evidence == ()


async def test_the_same_bytes_come_once_and_the_second_copy_goes_away(at: Scene, files: Path):
    await at.hand(told=Told(name="one.png"))

    with pytest.raises(Refused) as refused:
        await at.hand(told=Told(name="two.jpg"))

    assert refused.value.why is Why.EVIDENCE_KNOWN
    assert len(lying(files)) == 1
    assert sorted(await rows(at)) == ["kept", "refused"]
    assert await verify(at.org.tenant) == ()


async def test_twins_sent_at_once_are_one_piece(at: Scene, files: Path):
    done = await asyncio.gather(at.hand(), at.hand(), at.hand(), return_exceptions=True)

    assert [type(each) for each in done].count(Refused) == 2
    assert len(lying(files)) == 1
    assert await verify(at.org.tenant) == ()


async def test_a_stream_that_breaks_off_leaves_nothing(at: Scene, files: Path):
    async def cut() -> AsyncIterator[bytes]:
        yield MP4
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await hand_in(at.dara, at.case.case_id, Told(), upload=await at.post(), chunks=cut())

    assert lying(files) == []
    assert await rows(at) == ["refused"]


async def test_a_task_that_is_ended_in_the_middle_leaves_nothing(at: Scene, files: Path):
    begun = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        yield MP4
        begun.set()
        await asyncio.Event().wait()

    upload = await at.post()
    task = asyncio.create_task(
        hand_in(at.dara, at.case.case_id, Told(), upload=upload, chunks=endless())
    )
    await asyncio.wait_for(begun.wait(), 10)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert lying(files) == []
    assert await rows(at) == ["refused"]


async def test_what_a_killed_process_left_is_swept_and_what_is_kept_stays(at: Scene, files: Path):
    """UPL-07: killed after the bytes were stored, and before the case knew of them."""
    await at.hand(png(1))
    await receiving.receive(
        at.dara, case=at.case.case_id, upload=await at.post(), chunks=pieces(png(2))
    )
    await receiving.begin(at.dara, case=at.case.case_id, upload=await at.post())
    assert len(lying(files)) == 2

    assert await sweeping.sweep(at.org.tenant) == 0
    assert await sweeping.sweep(at.org.tenant, given_up=timedelta()) == 2
    assert len(lying(files)) == 1
    await sweeping.sweep(at.org.tenant, forgotten=timedelta())

    assert await rows(at) == ["kept"]
    assert await verify(at.org.tenant) == ()


async def test_the_ledger_takes_no_word_for_a_file(at: Scene):
    received = await receiving.receive(
        at.dara, case=at.case.case_id, upload=await at.post(), chunks=pieces(png(2))
    )
    lie = c.AddEvidence(
        piece=received.id, kind=received.kind, size=1, sha256="0" * 64, name=words()
    )

    for command in (
        lie,
        c.AddEvidence(piece=uuid4(), kind=FileKind.PNG, size=1, sha256="0" * 64, name=words()),
    ):
        with pytest.raises(Refused) as refused:
            await ledger.apply(at.org.ana, at.case.number, command, command_id=uuid4())
        assert refused.value.why is Why.EVIDENCE_NOT_RECEIVED


async def test_a_case_of_strangers_and_a_closed_one_take_nothing(at: Scene):
    other = await file(at.org)
    with pytest.raises(NotFound):
        await admitted(at.dara, other.number)
    with pytest.raises(NotFound):
        await admitted((await make_org()).ana, at.case.case_id)
    with pytest.raises(Refused):
        await admitted(at.org.shop(at.case), at.case.case_id)
    await give(at.org.leo, at.case, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))

    with pytest.raises(Refused) as refused:
        await admitted(at.dara, at.case.number)
    assert refused.value.why is Why.NOT_IN_THIS_STAGE


async def test_more_than_thirty_files_an_hour_wait(at: Scene):
    for _ in range(receiving.FILES_PER_HOUR):
        await receiving.begin(at.dara, case=at.case.case_id, upload=await at.post())

    with pytest.raises(NotTaken) as refused:
        await at.hand()

    assert refused.value.why is UnfitFile.TOO_OFTEN


async def test_the_consumer_sees_their_own_pieces_and_the_merchant_none(at: Scene):
    await at.hand(png(1))
    await at.hand(png(2), seat=at.org.ana)

    seen = {
        role: len((await queries.case(seat, at.case.case_id)).case.evidence)
        for role, seat in (
            ("staff", at.org.leo),
            ("consumer", at.dara),
            ("merchant", at.org.shop(at.case)),
        )
    }

    assert seen == {"staff": 2, "consumer": 1, "merchant": 0}


async def test_with_the_words_of_a_case_its_files_go_for_good(at: Scene, files: Path):
    await at.hand()
    (stored,) = lying(files)
    copy = stored.read_bytes()
    await give(at.org.leo, at.case, c.Close(outcome=Outcome.NOT_SOLVED, text=words()))

    await anonymise(at.org.leo, at.case.number)

    assert lying(files) == []
    assert copy
    async with tenant_tx(at.org.leo) as tx:
        assert await tx.fetchval("select count(*) from evidence_key") == 0
        assert await kept(tx, tenant=at.org.tenant, case=at.case.case_id) == {}
    assert await verify(at.org.tenant) == ()


async def test_one_changed_bit_in_storage_is_named(at: Scene, files: Path):
    """UPL-10, as far as files go."""
    await at.hand(png(1))
    await at.hand(png(2))
    stored = lying(files)[0]
    body = bytearray(stored.read_bytes())
    body[len(body) // 2] ^= 1
    stored.write_bytes(bytes(body))

    assert [(each.class_, each.what) for each in await verify(at.org.tenant)] == [
        (Class.EVIDENCE, "bytes_changed")
    ]
    stored.unlink()
    assert [each.what for each in await verify(at.org.tenant)] == ["file_lost"]


async def test_a_row_that_was_changed_past_the_walls_is_named(at: Scene, database: Database):
    await at.hand()
    async with database.as_owner() as owner:
        await owner.execute("set session_replication_role = replica")
        await owner.execute("update evidence set size = size + 1")

    assert {each.what for each in await verify(at.org.tenant)} == {"not_as_its_event_tells"}


async def test_in_a_bucket_it_is_the_same(at: Scene, bucket: str):
    storage.use(SimpleNamespace(storage_url=bucket))
    body = MP4 + bytes(9_000_000)

    await at.hand(body)
    with pytest.raises(Refused):
        await at.hand(body)

    async with tenant_tx(at.dara) as tx:
        (file,) = (await kept(tx, tenant=at.org.tenant, case=at.case.case_id)).values()
    assert b"".join([chunk async for chunk in file.bytes()]) == body
    assert await verify(at.org.tenant) == ()
