"""`python -m infra.demo_reset`: the next start begins anew, with a fresh demo association.

What was there is put aside once, so that a reset by mistake can be taken back by hand."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from infra.postgres_place import place_for
from infra.settings import Settings, load
from infra.settings_reading import Fault, Faults
from infra.stack import only_one
from infra.stack_parts import DEMO
from infra.stack_report import tell

ASIDE = ".before-reset"


def reset(settings: Settings) -> list[Path]:
    """Refuses where a stack runs, where complaints may be real, and where there was no demo."""
    refuse_what_is_no_demo(settings)
    with only_one(settings.home):
        return [put_aside(path) for path in belongings(settings) if path.exists()]


def refuse_what_is_no_demo(settings: Settings) -> None:
    if not settings.development:
        wrong = f"is {settings.public_url}: what lies there may be real"
        raise Faults((Fault(name="REDRESS_PUBLIC_URL", wrong=wrong, remedy="reset nothing here"),))
    if not (settings.home / DEMO).exists():
        wrong = f"is {settings.home}, where no demo association was made"
        raise Faults((Fault(name="REDRESS_HOME", wrong=wrong, remedy="redress up makes it"),))


def belongings(settings: Settings) -> Iterator[Path]:
    """All that a case leaves behind; keys and logs stay."""
    yield place_for(settings.home, settings.home / "log").data
    yield from (settings.home / name for name in ("temporal", "mail", "files", DEMO))


def put_aside(path: Path) -> Path:
    aside = path.with_name(path.name + ASIDE)
    if aside.is_dir():
        shutil.rmtree(aside)
    path.replace(aside)
    return aside


def main() -> int:
    try:
        moved = reset(load())
    except Faults as faults:
        tell(str(faults))
        return 2
    tell("The next `make up` begins anew. Put aside until the next reset:")
    for path in moved:
        tell(f"  {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
