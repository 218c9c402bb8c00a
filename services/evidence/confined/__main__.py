"""`python -I -m services.evidence.confined KIND`: a file comes in, pictures of it go out.

It takes the bytes of one file from its standard input, and tells lines of JSON and pictures on its
standard output. Whatever the file makes of the libraries that read it, it makes of them here, where
there is no network, no file, no secret and little time."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

from services.evidence.confined import walls
from services.evidence.confined.shapes import Drawing, Sheet
from services.evidence.unseen import CannotShow, Unseen
from services.lifecycle.evidence import FileKind

Draw = Callable[[bytes], Iterator[Sheet | Drawing]]


def main(kind: FileKind) -> None:
    walls.begin()
    draw = drawer(kind)
    walls.close()
    body = sys.stdin.buffer.read()
    try:
        for each in draw(body):
            tell(each)
        told: dict[str, Any] = {"end": True}
    except CannotShow as no:
        told = {"unseen": no.why.value}
    except MemoryError:
        told = {"unseen": Unseen.TOO_LARGE.value}
    except Exception:  # noqa: BLE001 - a file may break its reader in any way; it is broken then
        told = {"unseen": Unseen.BROKEN.value}
    line(told)


def drawer(kind: FileKind) -> Draw:
    """Each kind loads what it needs alone, so that little stands in the memory."""
    if kind is FileKind.PDF:
        from services.evidence.confined import papers  # noqa: PLC0415

        papers.ready()
        return papers.drawn
    from services.evidence.confined import pictures  # noqa: PLC0415

    pictures.ready()
    return lambda body: pictures.drawn(body, kind)


def tell(each: Sheet | Drawing) -> None:
    match each:
        case Sheet():
            line({"all": each.all})
        case Drawing(body=body):
            size = {"no": each.no, "width": each.width, "height": each.height, "bytes": len(body)}
            line(size)
            sys.stdout.buffer.write(body)


def line(told: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(FileKind(sys.argv[1]))
    os._exit(0)
