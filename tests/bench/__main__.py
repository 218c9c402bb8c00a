"""`python -m tests.bench [PART…]`: measures, prints a table, and writes build/bench.json.

1 if a promise is broken, 0 if all are kept."""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path

import structlog

from tests.architecture.code import ROOT
from tests.bench import bells, commands, footprint, intake, pages, searching
from tests.bench.figures import Figure, table
from tests.bench.place import Place, place
from tests.bench.sizes import TINY, WHOLE, Sizes

Measure = Callable[[Place, Sizes], Awaitable[list[Figure]]]
REPORT = ROOT / "build" / "bench.json"
PARTS: Mapping[str, Measure] = {
    "command": commands.measure,
    "intake": intake.measure,
    "pages": pages.measure,
    "search": searching.measure,
    "bells": bells.measure,
    "footprint": footprint.measure,
}


async def measured(parts: Iterable[str], sizes: Sizes) -> tuple[list[Figure], Place]:
    async with place() as where:
        found: list[Figure] = []
        for part in parts:
            sys.stderr.write(f"{part} …\n")
            found += await PARTS[part](where, sizes)
        return found, where


def write(found: Iterable[Figure], statements: dict[str, list[str]], to: Path) -> None:
    to.parent.mkdir(exist_ok=True)
    told = {"figures": [each.plain() for each in found], "statements": statements}
    to.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    arguments.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all if none is named")
    arguments.add_argument("--tiny", action="store_true", help="only to see that each part runs")
    given = arguments.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        arguments.error(f"no such part: {', '.join(sorted(unknown))}")
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    found, where = asyncio.run(measured(given.parts or PARTS, TINY if given.tiny else WHOLE))
    sys.stdout.write(table(found) + "\n")
    for name, statements in where.statements.items():
        sys.stdout.write("\n".join((f"\n{name}, statements:", *statements)) + "\n")
    write(found, where.statements, REPORT)
    return int(any(each.kept is False for each in found))


if __name__ == "__main__":
    sys.exit(main())
