"""The terminal: answers in words or JSON, a clear no, and never a traceback."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.architecture.code import ROOT
from web.cli import main, redress


def said(*arguments: str, given: str | None = None) -> str:
    result = CliRunner().invoke(redress, arguments, input=given, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def stopped(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["redress", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    code: int = ended.value.code  # type: ignore[assignment]
    return code


def test_a_span_is_counted_day_by_day() -> None:
    found = json.loads(said("days", "2026-09-30", "7 working days", "--json"))

    assert found["due"] == "2026-10-15"
    assert found["provisional"] is False
    assert found["skipped"][0] == {"day": "2026-10-01", "why": "holiday:national_day"}
    assert said("days", "2026-09-30", "7 working days").strip() == "2026-10-15"


def test_many_lines_are_answered_line_by_line_and_a_bad_one_by_its_error() -> None:
    lines = said("days", "-", "--json", given="2026-02-10\t7 working days\nnonsense\n").splitlines()

    assert json.loads(lines[0])["due"] == "2026-02-26"
    assert "error" in json.loads(lines[1])


def test_nobody_acts_on_the_shelf_s_ladder_and_every_step_says_why(tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps({**FACTS, "filed_at": "2026-11-24T10:00:00+08:00"}))

    steps = json.loads(said("rehearse", "demo", "--facts", str(facts), "--json"))["steps"]

    stages = list(dict.fromkeys(step["stage"] for step in steps))
    assert stages[:4] == [
        "submitted",
        "awaiting_merchant",
        "escalated_to_platform",
        "escalated_to_regulator",
    ]
    assert set(steps[0]) == {
        "at", "event", "stage", "filing", "ball", "rung", "because", "provisional",
    }  # fmt: skip


def test_a_script_imagines_what_people_do(tmp_path: Path) -> None:
    facts, script = tmp_path / "facts.json", tmp_path / "script.json"
    facts.write_text(json.dumps({**FACTS, "filed_at": "2026-11-24T10:00:00+08:00"}))
    script.write_text(json.dumps([{"at": "2026-11-25T10:00:00+08:00", "kind": "take_on"}]))

    steps = json.loads(
        said("rehearse", "1688", "--facts", str(facts), "--script", str(script), "--json")
    )["steps"]

    assert [step["event"] for step in steps[:3]] == ["filed", "taken_on", "door_opened"]


def test_every_fault_of_a_playbook_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "odd.toml"
    file.write_text('id = "odd"\nsurprise = 1\n[[rung]]\nid = "moon"\n')

    code = stopped(monkeypatch, "playbook", "check", str(file), "--json")

    faults: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["faults"]
    assert code == 1
    assert {"surprise", "rung[0].id", "rung[0].wait"} <= {fault["path"] for fault in faults}
    assert all(fault["wrong"] for fault in faults)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("days", "yesterday", "7 days"), 1),
        (("days", "2026-09-30", "7 moons"), 1),
        (("days", "2026-09-30"), 2),
        (("rehearse", "no-such-playbook"), 1),
        (("no-such-command",), 2),
        (("days", "--roll", "sideways", "2026-09-30", "1 day"), 2),
    ],
)
def test_wrong_use_ends_with_a_sentence_and_its_code(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: int,
) -> None:
    assert stopped(monkeypatch, *arguments) == code

    told = capsys.readouterr().err
    assert told.strip()
    assert "Traceback" not in told


def test_without_a_running_database_the_remedy_is_said(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from web.cli import main; main()", "org", "list"],
        cwd=ROOT,
        env={"REDRESS_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "REDRESS_DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", sorted(redress.commands))
def test_every_command_explains_itself(name: str) -> None:
    assert "Usage" in said(name, "--help")


FACTS: dict[str, Any] = {
    "platform": "1688",
    "problem": "quality",
    "facts": "桌板开裂。",
    "consumer": {"name": "李", "phone": "13800000001"},
    "consents": ["privacy", "mandate", "share_with_merchant"],
}
