"""The process that reads what others send: it draws, and can do nothing else."""

import asyncio
import io
import resource
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from PIL import Image

from services.evidence import drawing
from services.evidence.confined import walls
from services.evidence.drawing import Drawn, drawn
from services.evidence.unseen import COVER, PAGES_MAX, SIDE_MAX, CannotShow, Unseen
from services.lifecycle.evidence import FileKind
from tests.evidence import samples
from tests.evidence.files import pieces
from tests.evidence.samples import CANARY, painted, paper, photograph

WITHIN = "from services.evidence.confined import walls; walls.begin(); walls.close(); "


async def of(body: bytes, kind: FileKind = FileKind.JPEG) -> Drawn:
    return await drawn(kind, pieces(body, 100_000))


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body), formats=("WEBP",))


@pytest.mark.parametrize(
    ("kind", "format_"),
    [(FileKind.JPEG, "JPEG"), (FileKind.PNG, "PNG"), (FileKind.WEBP, "WEBP")],
)
async def test_upl_03_the_copy_shows_the_picture_and_tells_nothing_else(
    kind: FileKind, format_: str
):
    body = photograph(format_)
    assert CANARY.encode() in body

    found = await of(body, kind)

    small, page = found.pictures
    assert (found.pages, small.no, page.no) == (1, COVER, 1)
    for each in (small, page):
        image = opened(each.body)
        assert (image.width, image.height) == (each.width, each.height)
        assert CANARY.encode() not in each.body
        assert dict(image.getexif()) == {}
        assert not {"exif", "icc_profile", "xmp"} & image.info.keys()
    assert (page.width, page.height) == (480, 640), "as the phone was held"


async def test_upl_03_a_paper_comes_as_the_pixels_of_its_pages():
    body = paper(3)
    assert CANARY.encode() in body

    found = await of(body, FileKind.PDF)

    assert (found.pages, [each.no for each in found.pictures]) == (3, [0, 1, 2, 3])
    assert not any(CANARY.encode() in each.body for each in found.pictures)
    page = opened(found.pictures[1].body).convert("RGB")
    dots = {
        page.getpixel((page.width * x // 595, page.height * (842 - 150) // 842)) for x in (150,)
    }
    assert max(max(dot) for dot in dots if isinstance(dot, tuple)) < 40, "the black square"


async def test_of_a_long_paper_the_first_pages_are_drawn_and_the_rest_is_counted():
    found = await of(paper(40), FileKind.PDF)

    assert found.pages == 40
    assert [each.no for each in found.pictures] == list(range(PAGES_MAX + 1))


async def test_a_picture_from_an_iphone_is_drawn():
    found = await of(samples.HEIC, FileKind.HEIC)

    assert opened(found.pictures[1].body).size == (64, 48)


async def test_large_pictures_become_small_enough_to_send():
    found = await of(photograph(width=6000, height=4000))

    assert max(found.pictures[1].width, found.pictures[1].height) == SIDE_MAX


async def test_what_can_be_seen_through_stands_on_white():
    written = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(written, "PNG")

    found = await of(written.getvalue(), FileKind.PNG)

    dot = opened(found.pictures[1].body).convert("RGB").getpixel((20, 20))
    assert dot == (255, 255, 255)


@pytest.mark.parametrize(
    ("body", "kind", "why"),
    [
        (b"\xff\xd8\xff not a picture", FileKind.JPEG, Unseen.BROKEN),
        (photograph()[:2000], FileKind.JPEG, Unseen.BROKEN),
        (photograph("PNG"), FileKind.JPEG, Unseen.BROKEN),
        (b"%PDF-1.7 nothing", FileKind.PDF, Unseen.BROKEN),
        (samples.locked(), FileKind.PDF, Unseen.LOCKED),
        (samples.bomb(50_000, 50_000), FileKind.PNG, Unseen.TOO_LARGE),
    ],
    ids=["no picture", "half a picture", "another format", "no paper", "locked", "bomb"],
)
async def test_what_cannot_be_shown_has_a_plain_reason(body: bytes, kind: FileKind, why: Unseen):
    with pytest.raises(CannotShow) as no:
        await of(body, kind)

    assert no.value.why is why


@pytest.mark.parametrize(
    ("kind", "body"),
    [(kind, body) for _, kind, body in samples.harmful()],
    ids=[name for name, _, _ in samples.harmful()],
)
async def test_upl_05_what_is_made_to_do_harm_ends_in_seconds(kind: str, body: bytes):
    """Whether it is drawn or refused; by the processor's time, as others work here, too."""
    before = worked()

    with suppress(CannotShow):
        await of(body, FileKind(kind))

    assert worked() - before < walls.CPU_SECONDS + 1


def worked() -> float:
    """Seconds that the processor spent on all children that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_upl_05_none_of_the_children_takes_more_memory_than_it_may():
    """Counted by a process that has no other children than these."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.evidence.all_harmful"], check=True, capture_output=True
    )

    assert int(told.stdout) < walls.MEMORY_BYTES


async def test_who_waits_for_a_file_that_stops_coming_is_not_held_for_ever(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(drawing, "AT_MOST", drawing.AT_MOST / 20)

    async def silent() -> AsyncIterator[bytes]:
        yield photograph()[:100]
        await asyncio.Event().wait()

    with pytest.raises(CannotShow) as no:
        await drawn(FileKind.JPEG, silent())

    assert no.value.why is Unseen.TOO_SLOW


async def test_a_child_that_says_what_cannot_be_is_not_believed(monkeypatch: pytest.MonkeyPatch):
    lies: tuple[Any, ...] = (
        'print("no line of ours")',
        'print(\'{"all": 1}\\n{"end": true}\')',
        'print(\'{"all": 1}\\n{"no": 1, "width": 9, "height": 9, "bytes": 4}\\n<svg{"end": 1}\')',
        'print(\'{"no": 0, "width": 9, "height": 9, "bytes": 99999999999}\')',
        'print("x" * 100_000)',
        "",
    )
    for lie in lies:
        monkeypatch.setattr(drawing, "PROGRAM", ("-c", f"import sys; sys.stdin.read(); {lie}"))
        with pytest.raises(CannotShow) as no:
            await of(photograph())
        assert no.value.why is Unseen.BROKEN


@pytest.mark.parametrize(
    "tried",
    [
        "import socket; socket.socket()",
        "import socket; socket.socketpair()",
        "open('/etc/hostname')",
        "open('/tmp/written-by-the-confined', 'w')",
        "import os; os.fork()",
        "import os; os.execv('/bin/true', ['true'])",
        "import os; os.kill(os.getppid(), 0)",
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**40, 2**40))",
        "bytearray(600 * 1024 * 1024)",
    ],
    ids=["network", "pair", "read", "write", "fork", "other program", "signal", "limits", "memory"],
)
def test_behind_its_walls_it_can_do_nothing_but_compute(tried: str):
    """The same words work in front of them, or this would prove nothing."""
    imports = "import socket, os, resource, encodings.idna; "

    def refused(before: str) -> bool:
        words = f"try:\n    {tried}\nexcept (OSError, MemoryError, ValueError):\n    os._exit(7)"
        line = f"{imports}{before}exec({words!r}); os._exit(0)"
        done = subprocess.run([sys.executable, "-I", "-c", line], check=False, capture_output=True)
        return done.returncode == 7

    assert not refused("")
    assert refused(WITHIN)


def test_a_painted_picture_is_red_on_the_left():
    """What the other tests take for granted."""
    assert painted().getpixel((0, 0)) == (255, 0, 0)
