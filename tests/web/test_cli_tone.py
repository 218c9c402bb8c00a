"""`redress tone`: what others rely on, and what people read."""

import json
import sys
from typing import Any

import pytest
from click.testing import CliRunner

from web.cli import main, redress


def said(text: str | bytes, *options: str) -> str:
    result = CliRunner().invoke(redress, ["tone", *options], input=text, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def told(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said(text, "--json"))
    return found


def test_the_json_is_what_the_design_promises() -> None:
    assert told("这家店是骗子") == {
        "score": 80,
        "findings": [
            {
                "text": "骗子",
                "start": 4,
                "class": "insult",
                "severity": "block",
                "suggest": "该经营者 / 被投诉人",
            }
        ],
    }


def test_places_are_counted_in_code_points() -> None:
    found = told("𠀀👍🏻\r\n骗子")["findings"]

    assert [(each["text"], each["start"]) for each in found] == [("👍🏻", 1), ("骗子", 5)]


@pytest.mark.parametrize(
    ("text", "suggest"),
    [
        ("不要脸", "（删除）"),
        ("真是流氓", "（删除）。写明对方具体做了什么。"),
        ("等了很久", "写上日期，大概的也行。"),
        ("不退款！！", "！"),
    ],
)
def test_a_suggestion_always_says_what_to_do(text: str, suggest: str) -> None:
    assert [each["suggest"] for each in told(text)["findings"]] == [suggest]


def test_people_read_the_words_the_reason_and_the_wording() -> None:
    lines = said("这家店是骗子").splitlines()

    assert lines[0] == "得分：80"
    assert lines[1] == "骗子（第5个字，须改）"
    assert lines[2].strip().startswith("为什么：")
    assert lines[3].strip() == "可以写：该经营者 / 被投诉人"


def test_a_calm_text_is_said_to_be_calm() -> None:
    assert said("桌板开裂，请求退款1286元。").splitlines()[0] == "得分：100"
    assert told("") == {"score": 100, "findings": []}


def test_the_articles_of_our_own_playbooks_may_be_cited() -> None:
    known, unknown = told("依据《消费者权益保护法》第二十四条"), told("依据《民法典》第9999条")

    assert known["findings"] == []
    assert [each["class"] for each in unknown["findings"]] == ["law"]


@pytest.mark.parametrize("given", [b"\xff\xfe", "长".encode() * 100_001])
def test_what_cannot_be_read_is_a_clear_no(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: bytes
) -> None:
    class Given:
        def __init__(self) -> None:
            self.buffer = self

        def read(self) -> bytes:
            return given

    monkeypatch.setattr(sys, "stdin", Given())
    monkeypatch.setattr(sys, "argv", ["redress", "tone"])
    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 1
    assert capsys.readouterr().err.strip()
