"""Where the parts of a stack write, and how much of it is kept."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from infra.folders import private

LOG_BYTES_MAX = 10_000_000


@contextlib.contextmanager
def appending(log: Path) -> Iterator[IO[bytes]]:
    """One older log is kept, so that a bad night can be read and no disk is filled."""
    private(log.parent)
    if log.exists() and log.stat().st_size > LOG_BYTES_MAX:
        log.replace(log.with_suffix(".older.log"))
    with log.open("ab") as file:
        yield file


@contextlib.contextmanager
def writing(output: Path | None) -> Iterator[IO[bytes] | None]:
    """The output appears under its name only when the job has ended well."""
    if output is None:
        yield None
        return
    draft = output.with_suffix(".part")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    with draft.open("wb") as file:
        yield file
    draft.rename(output)


def last_lines(log: Path, count: int = 15) -> list[str]:
    try:
        return log.read_text(errors="replace").splitlines()[-count:]
    except OSError:
        return []
