"""What a stack is made of: servers that are kept alive, and jobs that run once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from infra.logs import last_lines
from infra.processes import Command

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A server: `prepare` runs before each of its starts, `ready` is asked with its process id."""

    name: str
    command: Command
    log: Path
    ready: Callable[[int], bool]
    prepare: Callable[[], object] = field(default=lambda: None)
    ready_seconds_max: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Runs once, to its end, before anything after it starts."""

    name: str
    command: Command
    log: Path
    output: Path | None = None
    seconds_max: float = 180.0


Stage = Sequence[Part | Job]


class PartFailed(Exception):
    """A part did not come up; the message holds the end of its log."""

    def __init__(self, name: str, log: Path, why: str) -> None:
        said = "".join(f"    {line}\n" for line in last_lines(log))
        super().__init__(f"{name} {why}. The end of {log}:\n{said}")


def line(name: str, what: str, seconds: float) -> str:
    return f"  {name:<20}{what:<9}{seconds:5.1f} s"
