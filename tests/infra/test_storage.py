"""One port, two places: a folder, and a bucket on a server that really speaks S3."""

import asyncio
import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from infra.storage import AlreadyThere, NotThere, Storage, opened
from tests.infra.buckets import served

MEBIBYTE = 1024 * 1024


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with served() as url:
        yield url


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return opened(f"file://{tmp_path}/files")
    return opened(request.getfixturevalue("server"))


def fresh() -> str:
    return f"{uuid4()}/{uuid4()}"


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def read(storage: Storage, key: str) -> bytes:
    return b"".join([chunk async for chunk in storage.get(key)])


async def test_what_is_put_comes_back_byte_by_byte(storage: Storage):
    key, parts = fresh(), [bytes([n]) * MEBIBYTE for n in range(20)]

    await storage.put(key, pieces(*parts, b"end"))

    assert await read(storage, key) == b"".join(parts) + b"end"


async def test_an_empty_file_is_a_file(storage: Storage):
    key = fresh()

    await storage.put(key, pieces())

    assert await read(storage, key) == b""


async def test_nothing_is_ever_overwritten(storage: Storage):
    key = fresh()
    await storage.put(key, pieces(b"first"))

    with pytest.raises(AlreadyThere):
        await storage.put(key, pieces(b"second"))

    assert await read(storage, key) == b"first"


async def test_what_breaks_off_leaves_nothing(storage: Storage):
    async def cut() -> AsyncIterator[bytes]:
        yield b"x" * (12 * MEBIBYTE)
        raise ConnectionResetError

    key = fresh()
    with pytest.raises(ConnectionResetError):
        await storage.put(key, cut())

    with pytest.raises(NotThere):
        await read(storage, key)


async def test_what_was_deleted_is_gone_and_may_be_deleted_again(storage: Storage):
    key = fresh()
    await storage.put(key, pieces(b"x"))

    await storage.delete(key)
    await storage.delete(key)

    with pytest.raises(NotThere):
        await read(storage, key)


async def test_two_writers_of_one_key_leave_one_whole_file(tmp_path: Path):
    folder, key = opened(f"file://{tmp_path}/files"), fresh()
    writers = [folder.put(key, pieces(name * 1000)) for name in (b"a", b"b")]

    done = await asyncio.gather(*writers, return_exceptions=True)

    assert [type(each) for each in done if each is not None] == [AlreadyThere]
    assert len(set(await read(folder, key))) == 1


async def test_what_a_dead_process_left_is_deleted_with_the_key(tmp_path: Path):
    folder, key = opened(f"file://{tmp_path}/files"), fresh()
    left = tmp_path / "files" / f"{key}.coming"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")

    await folder.delete(key)

    assert not left.exists()


async def test_only_we_may_look_into_the_folder(tmp_path: Path):
    folder, key = opened(f"file://{tmp_path}/files"), fresh()

    await folder.put(key, pieces(b"x"))

    lies = tmp_path / "files" / key
    assert stat.S_IMODE(lies.stat().st_mode) == 0o600
    assert stat.S_IMODE(lies.parent.stat().st_mode) == 0o700
    assert [each.name for each in lies.parent.iterdir()] == [lies.name]
