"""`python -m tests.infra.small_stack FOLDER NAMES…`: a supervisor over stand-ins that do nothing.

Each name is a stage. What follows its colon is how the stand-in behaves."""

import asyncio
import sys
from pathlib import Path

from infra.parts import Job, Part, Stage
from infra.processes import Command
from infra.readiness import has_announced
from infra.supervisor import supervise

STAND_IN = """
import os, pathlib, signal, sys
folder, name, how = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
def leave(*_):
    with open(folder / "stopped", "a") as told:
        told.write(name + "\\n")
    if how != "stubborn":
        sys.exit(0)
signal.signal(signal.SIGTERM, leave)
print("stand-in", name, "says", how, flush=True)
if how == "crash":
    sys.exit(3)
if how != "mute":
    draft = folder / (name + ".draft")
    draft.write_text(str(os.getpid()))
    draft.rename(folder / name)
while how != "job":
    signal.pause()
"""


def stage(folder: Path, name: str, how: str) -> Stage:
    argv = (sys.executable, "-S", "-c", STAND_IN, str(folder), name, how)
    command = Command(argv=argv, grace_seconds=0.5)
    log = folder / "logs" / f"{name}.log"
    if how in {"job", "failing-job"}:
        given = command if how == "job" else Command(argv=(*argv[:-1], "crash"))
        return (Job(name=name, command=given, log=log, output=folder / f"{name}.out"),)
    ready = lambda pid: has_announced(folder / name, pid)  # noqa: E731 - reads as what it is
    return (Part(name=name, command=command, log=log, ready=ready),)


def main() -> int:
    folder = Path(sys.argv[1])
    asked = (given.partition(":") for given in sys.argv[2:])
    stages = [stage(folder, name, how or "kind") for name, _, how in asked]
    return asyncio.run(supervise(stages, tell=print, when_ready=(folder / "up").touch))


if __name__ == "__main__":
    sys.exit(main())
