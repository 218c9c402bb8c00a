"""A file is given to a confined process, and pictures of it come back; what it says is checked."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from services.evidence.confined.shapes import Drawing
from services.evidence.unseen import (
    PAGES_MAX,
    PICTURE_BYTES_MAX,
    SIDE_MAX,
    CannotShow,
    Unseen,
)
from services.lifecycle.evidence import FileKind

PROGRAM: Final = ("-I", "-m", "services.evidence.confined")
NOTHING_SECRET: Final = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"}
AT_MOST: Final = timedelta(seconds=20)
"""By the wall; the processor's own limit is in `confined.walls`, and is reached first on a machine
that is not busy."""
LINE_BYTES_MAX: Final = 1024
TOO_LONG: Final = frozenset({-signal.SIGXCPU, -signal.SIGKILL})


@dataclass(slots=True, kw_only=True)
class Drawn:
    """`pages` are all that the original has."""

    pages: int = 0
    pictures: list[Drawing] = field(default_factory=list)


async def drawn(kind: FileKind, chunks: AsyncIterator[bytes]) -> Drawn:
    """Raises `CannotShow`, or whatever `chunks` raises."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *PROGRAM, kind.value),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env=NOTHING_SECRET,
        cwd="/",
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(AT_MOST.total_seconds()):
            return await both_ways(process, chunks)
    except TimeoutError as late:
        raise CannotShow(Unseen.TOO_SLOW) from late
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def both_ways(process: Process, chunks: AsyncIterator[bytes]) -> Drawn:
    assert process.stdin
    assert process.stdout
    telling = asyncio.create_task(told(process.stdout))
    try:
        await feed(process.stdin, chunks)
        found = await telling
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)
    if found is None:
        raise CannotShow(Unseen.TOO_SLOW if await process.wait() in TOO_LONG else Unseen.BROKEN)
    return found


async def feed(pipe: asyncio.StreamWriter, chunks: AsyncIterator[bytes]) -> None:
    """A reader that has seen enough closes its end; the rest is not needed then."""
    with suppress(BrokenPipeError, ConnectionResetError):
        async for chunk in chunks:
            pipe.write(chunk)
            await pipe.drain()
    pipe.close()


async def told(pipe: asyncio.StreamReader) -> Drawn | None:
    """None where it broke off, or told what cannot be. Raises `CannotShow` where it says so."""
    found = Drawn()
    with suppress(ValueError, KeyError, TypeError, asyncio.IncompleteReadError):
        while True:
            line = json.loads(await pipe.readline())
            if "unseen" in line:
                raise CannotShow(Unseen(line["unseen"]))
            if "end" in line:
                return whole(found)
            if "all" in line:
                found.pages = int(line["all"])
            else:
                found.pictures.append(await picture(line, pipe))
            if len(found.pictures) > PAGES_MAX + 1:
                return None
    return None


async def picture(line: dict[str, Any], pipe: asyncio.StreamReader) -> Drawing:
    no, wide, high, size = (int(line[it]) for it in ("no", "width", "height", "bytes"))
    if not (0 <= no <= PAGES_MAX and 0 < size <= PICTURE_BYTES_MAX):
        raise ValueError(no, size)
    if not (0 < wide <= SIDE_MAX and 0 < high <= SIDE_MAX):
        raise ValueError(wide, high)
    body = await pipe.readexactly(size)
    if body[:4] != b"RIFF" or body[8:12] != b"WEBP":
        raise ValueError(no)
    return Drawing(no=no, width=wide, height=high, body=body)


def whole(found: Drawn) -> Drawn | None:
    """Every number from the small one on, once, and no more pages than there are."""
    found.pictures.sort(key=lambda each: each.no)
    shown = [each.no for each in found.pictures]
    return (
        found if len(shown) > 1 and shown == list(range(min(found.pages + 1, len(shown)))) else None
    )
