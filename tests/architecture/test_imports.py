"""Who may know whom (design.md 2). The contracts stand in pyproject.toml; the finer ones here."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.code import ROOMS, ROOT, imports, lines_of, modules, short


def test_the_import_contracts_hold():
    script = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run(
        [script, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout


def test_the_law_stands_on_the_standard_library_alone():
    foreign = [
        f"{short(path)}:{line} imports {name}"
        for path in modules("services/lifecycle")
        for line, name in imports(path)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not name.startswith("services.lifecycle")
    ]

    assert foreign == []


def test_the_law_reads_no_clock_no_file_and_no_chance():
    worldly = {
        "random",
        "secrets",
        "os",
        "pathlib",
        "socket",
        "time",
        "subprocess",
        "io",
        "tempfile",
    }

    reached = [
        f"{short(path)}:{line} imports {name}"
        for path in modules("services/lifecycle")
        for line, name in imports(path)
        if name.partition(".")[0] in worldly
    ]

    assert reached == []


def test_a_tables_module_is_open_to_its_own_area_alone():
    intruders = [
        f"{short(path)}:{line} imports {name}"
        for path in modules(*ROOMS)
        for line, name in imports(path)
        if is_tables(name) and not lives_beside(path, name)
    ]

    assert intruders == []


def test_packages_hold_nothing_in_their_init():
    """The workflow sandbox loads every parent package, so that they stay empty."""
    filled = [
        short(path) for path in modules(*ROOMS) if path.name == "__init__.py" and lines_of(path)
    ]

    assert filled == []


def is_tables(name: str) -> bool:
    parts = name.split(".")
    return parts[0] == "services" and len(parts) > 2 and parts[2] == "tables"


def lives_beside(path: Path, name: str) -> bool:
    """Piccolo finds the tables of an area through its own registry, which is plumbing."""
    return short(path).startswith("/".join(name.split(".")[:2]) + "/")
