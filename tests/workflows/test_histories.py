"""Every version of the clock must replay what earlier ones did. Only completed runs can prove it:
a replay does not see what is added after the end of an open one (temporal.md 5).
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner

from tests.workflows.clockwork import HISTORIES
from workflows.complaint import ComplaintWorkflow
from workflows.messages import Carry
from workflows.notice import NoticeWorkflow

RECORDED = sorted(HISTORIES.parent.rglob("*.json"))
CLOCKS = [file for file in RECORDED if not file.stem.startswith("letter")]
PATHS = {
    *("climbed-and-closed", "reopened-and-closed", "reopened-while-read", "forced", "struck"),
    *("nothing-to-strike", "went-on", "went-on-and-ended", "no-such-case", "letter-sent"),
}


@workflow.defn(name="complaint")
class HastyWorkflow(ComplaintWorkflow):
    """It waits before it looks: a change that no running case would survive."""

    @workflow.init
    def __init__(self, carry: Carry) -> None:
        super().__init__(carry)

    @workflow.run
    async def run(self, carry: Carry) -> int:
        await workflow.sleep(timedelta(seconds=1))
        return await super().run(carry)


async def histories() -> AsyncIterator[WorkflowHistory]:
    for file in RECORDED:
        yield read(file)


def read(file: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(file.stem, file.read_text(encoding="utf-8"))


def test_each_path_has_a_recorded_life() -> None:
    assert {file.stem for file in RECORDED} >= PATHS


async def test_every_recorded_life_is_lived_again_in_the_same_way() -> None:
    replayed = await Replayer(workflows=[ComplaintWorkflow, NoticeWorkflow]).replay_workflows(
        histories(), raise_on_replay_failure=False
    )

    assert replayed.replay_failures == {}


@pytest.mark.parametrize(
    "file", [file for file in RECORDED if "letter" not in file.stem], ids=lambda file: file.stem
)
async def test_a_clock_that_was_changed_is_found_out(file: Path) -> None:
    replayer = Replayer(workflows=[HastyWorkflow], workflow_runner=UnsandboxedWorkflowRunner())

    replayed = await replayer.replay_workflow(read(file), raise_on_replay_failure=False)

    assert replayed.replay_failure


@pytest.mark.parametrize("file", RECORDED, ids=lambda file: file.stem)
def test_a_recorded_life_names_no_machine(file: Path) -> None:
    said = file.read_text(encoding="utf-8")

    assert "@" not in said
