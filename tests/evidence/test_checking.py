"""A package proves itself offline: any changed byte of any file in it is named, and no other."""

import asyncio
import hashlib
import zipfile
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.evidence.checking import Found, Wrong, check
from services.evidence.package import MANIFEST, SUM, manifest, zipped
from tests.evidence.files import MP4, PDF, pieces, png

FILES = {"files/01.png": png(1), "files/02.mp4": MP4 * 50, "files/03.pdf": PDF}


def row(path: str, body: bytes) -> dict[str, Any]:
    return {"path": path, "size": len(body), "sha256": hashlib.sha256(body).hexdigest()}


TOLD = manifest({"case": "2026-7", "files": [row(path, body) for path, body in FILES.items()]})


async def packed(tmp_path: Path, files: dict[str, bytes] = FILES, told: bytes = TOLD) -> Path:
    saved = tmp_path / "evidence.zip"
    streams = [(path, pieces(body, 100)) for path, body in files.items()]
    saved.write_bytes(b"".join([chunk async for chunk in zipped(told, streams)]))
    return saved


@pytest.fixture
async def saved(tmp_path: Path) -> Path:
    return await packed(tmp_path)


def test_what_left_the_house_as_it_is_checks_clean(saved: Path):
    found = check(saved)

    assert (found.wrong, found.files, found.case) == ((), 3, "2026-7")
    assert found.manifest == hashlib.sha256(TOLD).hexdigest()


def test_the_sum_of_the_manifest_is_one_that_common_tools_read(saved: Path):
    with zipfile.ZipFile(saved) as archive:
        assert archive.read(SUM).decode() == f"{hashlib.sha256(TOLD).hexdigest()}  {MANIFEST}\n"


@cache
def whole() -> tuple[bytes, dict[str, tuple[int, int]]]:
    """A package, and where in it the bytes of each member lie."""
    with TemporaryDirectory() as folder:
        body = asyncio.run(packed(Path(folder))).read_bytes()
    inside = {**FILES, MANIFEST: TOLD}
    return body, {path: (body.index(it), len(it)) for path, it in inside.items()}


@given(path=st.sampled_from([*FILES, MANIFEST]), where=st.floats(0, 1, exclude_max=True))
@settings(deadline=None)
def test_one_changed_byte_is_named_by_its_file(path: str, where: float):
    body, places = whole()
    start, length = places[path]
    changed = bytearray(body)
    changed[start + int(where * length)] ^= 0x20

    with TemporaryDirectory() as folder:
        saved = Path(folder) / "evidence.zip"
        saved.write_bytes(bytes(changed))

        assert check(saved).wrong == (Found(path=path, what=Wrong.CHANGED),)


def test_a_bit_turned_anywhere_between_the_files_is_judged_and_never_a_crash():
    """In the archive's own directory too: there it may make a file unreadable, or say nothing."""
    body, places = whole()
    inside = {at for start, length in places.values() for at in range(start, start + length)}
    between = [at for at in range(len(body)) if at not in inside]
    named = 0

    with TemporaryDirectory() as folder:
        saved = Path(folder) / "evidence.zip"
        for at, bit in product(between, range(8)):
            changed = bytearray(body)
            changed[at] ^= 1 << bit
            saved.write_bytes(bytes(changed))
            named += bool(check(saved).wrong)

    assert named > len(between)


async def test_what_is_missing_and_what_came_along_is_named(tmp_path: Path):
    files = {"files/01.png": FILES["files/01.png"], "files/03.pdf": PDF, "files/04.png": png(4)}

    wrong = check(await packed(tmp_path, files)).wrong

    assert set(wrong) == {
        Found(path="files/02.mp4", what=Wrong.MISSING),
        Found(path="files/04.png", what=Wrong.EXTRA),
    }


async def test_a_file_that_was_replaced_with_its_row_has_another_manifest(tmp_path: Path):
    """Whoever forges both is found out by the hash that the association has on record."""
    files = {**FILES, "files/01.png": png(99)}
    told = manifest({"case": "2026-7", "files": [row(path, body) for path, body in files.items()]})

    found = check(await packed(tmp_path, files, told))

    assert found.wrong == ()
    assert found.manifest != hashlib.sha256(TOLD).hexdigest()


@given(cut=st.floats(0, 1, exclude_max=True))
@settings(deadline=None)
def test_a_package_that_was_cut_off_is_not_clean(cut: float):
    body, _ = whole()

    with TemporaryDirectory() as folder:
        saved = Path(folder) / "evidence.zip"
        saved.write_bytes(body[: int(cut * len(body))])

        assert check(saved).wrong


@given(body=st.binary(max_size=300))
@settings(deadline=None)
def test_what_is_no_package_is_said_to_be_none(body: bytes):
    with TemporaryDirectory() as folder:
        saved = Path(folder) / "evidence.zip"
        saved.write_bytes(body)

        assert check(saved).wrong
