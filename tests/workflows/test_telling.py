"""Failures are told by kind and place; what anybody wrote stays out of logs and histories."""

import json
import logging
from uuid import uuid4

import pytest
from structlog.testing import capture_logs
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from infra.database import DatabaseAway
from workflows.activities import without_words
from workflows.telling import Libraries, tell

CANARY = "李雷 13800000000"


async def fails(_given: str) -> None:
    raise RuntimeError(f"cannot read {CANARY}") from KeyError(CANARY)


async def test_a_failing_activity_leaves_no_word_behind() -> None:
    with capture_logs() as told, pytest.raises(ApplicationError) as failed:
        await ActivityEnvironment().run(without_words(fails), CANARY)

    assert str(failed.value) == "RuntimeError: RuntimeError"
    assert (failed.value.__cause__, failed.value.__context__) == (None, None)
    assert CANARY not in json.dumps(told, ensure_ascii=False, default=str)
    assert told[0]["error"] == "RuntimeError"
    assert told[0]["at"][-1].endswith(" fails")


def test_what_is_away_is_waited_for_and_what_is_broken_is_an_error() -> None:
    with capture_logs() as told:
        tell("relay", ExceptionGroup("", [DatabaseAway(CANARY)]))
        tell("relay", ValueError(CANARY), case=str(uuid4()))

    assert [line["log_level"] for line in told] == ["warning", "error"]
    assert CANARY not in json.dumps(told, ensure_ascii=False)


def test_libraries_are_quoted_without_what_they_speak_of() -> None:
    record = logging.LogRecord(
        "temporalio.activity", logging.WARNING, "x.py", 1, f"Completing ({CANARY})", (CANARY,), None
    )

    with capture_logs() as told:
        Libraries().emit(record)

    assert told[0]["said"] == "Completing"
    assert CANARY not in json.dumps(told, ensure_ascii=False)
