"""What we install is pinned by its content; where it comes from is each machine's own affair."""

import json
import re
from pathlib import Path

import pytest

from tests.architecture.code import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PLACE = re.compile(
    r"https?:|file:|//|\bindex-url\b|find-links|@\s*[a-z]+:|/(home|root|tmp|opt|work)\b"
)


@pytest.mark.parametrize("lock", [*LOCKS, ROOT / "package-lock.json"], ids=lambda lock: lock.name)
def test_lock_files_name_no_host_and_no_place(lock: Path):
    named = [line for line in lock.read_text().splitlines() if PLACE.search(line)]

    assert named == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_python_package_is_pinned_with_its_hash(lock: Path):
    entries = re.split(r"\n(?=[a-z0-9])", lock.read_text())[1:]

    assert entries
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_every_node_package_is_pinned_with_its_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


def test_the_two_python_locks_agree():
    runtime, dev = (pins(ROOT / "requirements" / name) for name in ("runtime.txt", "dev.txt"))

    assert {
        name: (pin, dev.get(name)) for name, pin in runtime.items() if dev.get(name) != pin
    } == {}


def pins(lock: Path) -> dict[str, str]:
    return dict(
        re.findall(r"^([a-z0-9.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", lock.read_text(), re.MULTILINE)
    )
