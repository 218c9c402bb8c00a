"""`redress up`: the whole product on one machine, one command in front."""

import argparse
import asyncio
import contextlib
import fcntl
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from infra import stack_report
from infra.folders import passable, private
from infra.parts import Stage
from infra.processes import is_taken
from infra.settings import RUNNING, Settings, load
from infra.settings_reading import Fault, Faults
from infra.stack_parts import Addresses, addresses_for, stages
from infra.supervisor import supervise

LETTING_GO_SECONDS = 1.0
MakeStages = Callable[[Settings, Addresses], Sequence[Stage]]


async def run_stack(
    settings: Settings, *, json_lines: bool = False, make_stages: MakeStages = stages
) -> int:
    """Until Ctrl-C. 0: stopped as asked; 1: a part did not start. Faults before anything starts."""
    began = time.monotonic()
    with only_one(settings.home):
        refuse_taken_ports(settings)
        addresses = addresses_for(settings)
        stack_report.tell_beginning(settings, addresses)
        parts = make_stages(settings, addresses)
        ready = partial(tell_ready, settings, addresses, began=began, json_lines=json_lines)
        try:
            return await supervise(parts, tell=stack_report.tell, when_ready=ready)
        finally:
            (settings.home / RUNNING).unlink(missing_ok=True)


@contextlib.contextmanager
def only_one(home: Path) -> Iterator[None]:
    """The kernel lets go of the lock however we end, so a killed stack never bars the next."""
    passable(home)
    folder = private(home / RUNNING.parent)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wrong = f"is {home}, where a stack is running already"
            remedy = "use that one, stop it with Ctrl-C, or give this one another home"
            raise Faults((Fault(name="REDRESS_HOME", wrong=wrong, remedy=remedy),)) from None
        yield


def refuse_taken_ports(settings: Settings) -> None:
    wanted = {"REDRESS_PORT": settings.port, "REDRESS_TEMPORAL_UI_PORT": settings.temporal_ui_port}
    faults = [
        Fault(
            name=name,
            wrong=f"is {port}, which another program on this machine uses",
            remedy=f"choose another: {name}={port + 1} make up",
        )
        for name, port in wanted.items()
        if port is not None and stays_taken(settings.host, port)
    ]
    if faults:
        raise Faults(faults)


def stays_taken(host: str, port: int) -> bool:
    """A stack that was killed just now is still letting go of its ports."""
    until = time.monotonic() + LETTING_GO_SECONDS
    while is_taken(host, port):
        if time.monotonic() > until:
            return True
        time.sleep(0.05)
    return False


def tell_ready(settings: Settings, addresses: Addresses, *, began: float, json_lines: bool) -> None:
    write_private(
        settings.home / RUNNING,
        json.dumps({"pid": os.getpid(), "environment": addresses.environment()}),
    )
    stack_report.tell_ready(
        settings, addresses, seconds=time.monotonic() - began, json_lines=json_lines
    )


def write_private(path: Path, text: str) -> None:
    """The addresses hold no password, yet name sockets that only we should know."""
    draft = path.with_suffix(".part")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(text)
    draft.replace(path)


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m infra.stack", description=__doc__)
    arguments.add_argument("--json", action="store_true", help="one line with all addresses")
    given = arguments.parse_args()
    try:
        return asyncio.run(run_stack(load(), json_lines=given.json))
    except Faults as faults:
        stack_report.tell(str(faults))
        return 2


if __name__ == "__main__":
    sys.exit(main())
