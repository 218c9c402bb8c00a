"""The whole table, stage by command by role, written out once more by hand."""

from dataclasses import replace
from itertools import product

import pytest

from services.lifecycle.kinds import Role, Stage
from services.lifecycle.permissions import PERMITTED, POSSIBLE, permitted, possible
from services.lifecycle.wire import COMMANDS, kind_of
from tests.lifecycle.cast import filed

EVERYWHERE = (
    "correct note share_evidence reissue_link revoke_merchant_link give_consent"
    " revoke_consent recover_link"
)
WHILE_OPEN = (
    f"{EVERYWHERE} ask provide assign take pause resume extend open_report record_report"
    " add_evidence withdraw close move_playbook strike_bell reissue_merchant_link"
    " ask_code confirm_contact"
)
AT_A_DOOR = (
    f"{WHILE_OPEN} record_filing record_receipt read_their_date record_answer"
    " make_offer accept_offer refuse_offer promise"
)
ON_THE_WAY = f"{AT_A_DOOR} open_door pass_door accept_mediation go_to_law"

STAGES = {
    Stage.SUBMITTED: f"{WHILE_OPEN} take_on decline",
    Stage.AWAITING_MERCHANT: ON_THE_WAY,
    Stage.ESCALATED_TO_PLATFORM: ON_THE_WAY,
    Stage.IN_MEDIATION: f"{AT_A_DOOR} end_mediation",
    Stage.ESCALATED_TO_REGULATOR: ON_THE_WAY,
    Stage.LEGAL_ACTION: f"{AT_A_DOOR} open_door",
    Stage.SETTLED: f"{WHILE_OPEN} fulfil break_promise",
    Stage.CLOSED: f"{EVERYWHERE} reopen",
}

ONLY_THEIRS = {"give_consent", "ask_code", "confirm_contact", "recover_link"}
CASEWORKER = set(COMMANDS) - {"move_playbook", "strike_bell", *ONLY_THEIRS}
ROLES = {
    Role.CONSUMER: {
        "file",
        "provide",
        "add_evidence",
        *ONLY_THEIRS,
        "revoke_consent",
        "record_filing",
        "accept_offer",
        "refuse_offer",
        "fulfil",
        "break_promise",
        "withdraw",
        "reopen",
    },
    Role.MERCHANT: {"record_answer", "make_offer", "promise"},
    Role.VOLUNTEER: {
        "take",
        "ask",
        "note",
        "add_evidence",
        "record_filing",
        "record_receipt",
        "record_answer",
        "record_report",
        "read_their_date",
    },
    Role.CASEWORKER: CASEWORKER,
    Role.MANAGER: CASEWORKER | {"move_playbook"},
    Role.AUDITOR: set(),
    Role.OPERATOR: set(),
    Role.CLOCK: {"strike_bell", "record_filing"},
}


@pytest.mark.parametrize(("stage", "kind"), list(product(Stage, COMMANDS)))
def test_a_stage_knows_these_commands_and_no_others(stage: Stage, kind: str) -> None:
    case = replace(filed(), stage=stage)

    assert possible(case, COMMANDS[kind]) == (kind in STAGES[stage].split())


@pytest.mark.parametrize(("role", "kind"), list(product(Role, COMMANDS)))
def test_a_role_may_give_these_commands_and_no_others(role: Role, kind: str) -> None:
    assert permitted(role, COMMANDS[kind]) == (kind in ROLES[role])


def test_the_tables_speak_of_every_command_and_every_role() -> None:
    assert {kind_of(command) for command in POSSIBLE} == set(COMMANDS)
    assert set(PERMITTED) == set(Role)
