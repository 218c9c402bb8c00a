"""Ways that look harmless and are not (stack.md 15): each names the trap beside its pattern."""

import re
from pathlib import Path

import pytest

from tests.architecture.code import ROOMS, modules, short

BANS = {
    r"\bDB\.transaction\(": "nested it changes the outer tenant; use tenant_tx",
    r"\.batch\(": "opens a connection outside the transaction and sees no row",
    r"\brun_sync\(": "uses a connection outside pool and tenant",
    r"(?i)\bset\s+(local\s+|session\s+)?role\b": "a running product never changes who it is",
    r"(?i)\bset\s+(local\s+)?row_security\b": "the walls stay up",
    r"\bautocommit\b": "a write belongs to a unit of work",
    r"\bdatetime\.utcnow\(|\butcfromtimestamp\(": "naive; instants are aware",
    r"\bpickle\b|\bmarshal\b": "runs what it reads",
    r"\byaml\b": "playbooks are TOML",
}
ALLOWED = {
    "infra/migrate.py": {r"\bDB\.transaction\(", r"(?i)\bset\s+(local\s+|session\s+)?role\b"},
}
"""Migrations run on their own engine, alone under a lock, and must hand tables to their owner."""

RAW_WITH_BRACE = re.compile(
    r"""\.raw\(\s*f?("{3}|'{3}|"|')(?:(?!\1).)*[{}](?:(?!\1).)*\1""", re.DOTALL
)
UNFINISHED = re.compile(
    r"(?i)\b(TO"
    r"DO|FIX"
    r"ME|XX"
    r"X|HA"
    r"CK)\b|pytest\.mark\.(skip|xfail)|pytest\.skip\(|\bskipif\b"
)


@pytest.mark.parametrize("pattern", BANS)
def test_traps_are_not_stepped_into(pattern: str):
    stepped = [
        f"{short(path)}: {BANS[pattern]}"
        for path in modules(*ROOMS)
        if pattern not in ALLOWED.get(short(path), set()) and re.search(pattern, source(path))
    ]

    assert stepped == []


def test_raw_sql_through_piccolo_has_no_brace():
    """Piccolo eats braces without a word: `'{}'` becomes `''`."""
    eaten = [short(path) for path in modules(*ROOMS) if RAW_WITH_BRACE.search(source(path))]

    assert eaten == []


def test_nothing_is_left_for_later_and_no_test_is_skipped():
    left = [
        f"{short(path)}: {found[0]}"
        for path in modules(*ROOMS, "tests")
        for found in UNFINISHED.finditer(source(path))
        if path != Path(__file__)
    ]

    assert left == []


def test_no_sleep_stands_where_an_event_could_be_awaited():
    slept = [
        short(path) for path in modules("tests") if re.search(r"\btime\.sleep" r"\(", source(path))
    ]

    assert slept == []


def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")
