"""`python -m tests.infra.real_stack`: our stack, in which worker and pages stand in."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from infra import stack_report
from infra.parts import Job, Part, Stage
from infra.processes import Command, answers
from infra.settings import Settings, load
from infra.settings_reading import Faults
from infra.stack import run_stack
from infra.stack_parts import Addresses, stages

WORKER = (
    "import signal; from infra.readiness import announce_ready; announce_ready(); signal.pause()"
)
PAGES = "import sys; from http.server import test; test(port=int(sys.argv[1]), bind='127.0.0.1')"


def stand_in(part: Part | Job, settings: Settings) -> Part | Job | None:
    match part.name:
        case "Worker":
            return replace(part, command=python(WORKER, part.command))
        case "Pages":
            assert isinstance(part, Part)
            serving = python(PAGES, part.command, str(settings.port))
            return replace(part, command=serving, ready=partial(is_answering, settings))
        case "Tables" | "Demo association":
            return None
        case _:
            return part


def is_answering(settings: Settings, _pid: int) -> bool:
    return answers(settings.host, settings.port)


def python(code: str, instead_of: Command, *arguments: str) -> Command:
    return replace(instead_of, argv=(sys.executable, "-c", code, *arguments))


def some(settings: Settings, addresses: Addresses) -> Sequence[Stage]:
    return [
        [part for given in stage if (part := stand_in(given, settings))]
        for stage in stages(settings, addresses)
    ]


def main() -> int:
    try:
        return asyncio.run(run_stack(load(), json_lines="--json" in sys.argv, make_stages=some))
    except Faults as faults:
        stack_report.tell(str(faults))
        return 2


if __name__ == "__main__":
    sys.exit(main())
