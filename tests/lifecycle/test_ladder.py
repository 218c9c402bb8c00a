from datetime import date, timedelta
from typing import Any

import pytest

from services.lifecycle import commands as c
from services.lifecycle.agenda import agenda
from services.lifecycle.case import Case
from services.lifecycle.commands import Command
from services.lifecycle.decide import decide
from services.lifecycle.facts import Order, Tried
from services.lifecycle.kinds import (
    Ball,
    Door,
    FilingState,
    Hand,
    Purpose,
    Reason,
    Stage,
)
from services.lifecycle.refusals import Refused, Why
from services.lifecycle.rehearse import Step, rehearse
from tests.lifecycle.cast import (
    DARA,
    MONDAY,
    PLAIN_RULES,
    RULES,
    at_platform,
    at_regulator,
    complaint,
    day,
    filed,
    give,
    proof,
    sent,
    strike,
    taken_on,
    told,
    words,
)


def refusal(case: Case, command: Command, **more: Any) -> Why:
    with pytest.raises(Refused) as refused:
        told(case, command, **more)
    return refused.value.why


def days_of(steps: tuple[Step, ...], kind: str) -> list[str]:
    return [s.at.date().isoformat() for s in steps if type(s.event).__name__ == kind]


def test_taking_on_opens_the_first_door_and_claims_no_filing() -> None:
    case = taken_on()

    assert case.stage is Stage.AWAITING_MERCHANT
    assert case.filing.state is FilingState.OWED
    assert case.ball is Ball.ASSOCIATION


def test_a_door_tried_before_us_is_done_and_the_next_one_opens() -> None:
    tried = (Tried(door=Door.MERCHANT, on=date(2026, 10, 20)),)

    case = taken_on(tried=tried)

    assert case.door is Door.PLATFORM
    assert case.filing_at(Door.MERCHANT).before_us
    assert case.filing_at(Door.MERCHANT).state is FilingState.DONE


def test_their_clock_starts_with_the_filing_and_not_with_the_climb() -> None:
    case = taken_on()
    later = sent(case, now=day(2))

    due = next(b for b in agenda(later, RULES) if b.rule == "wait").deadline

    assert due.last_day == date(2026, 11, 11)


def test_when_nobody_files_the_filer_is_chased_twice_then_others_and_the_door_is_passed() -> None:
    steps = rehearse(taken_on(), PLAIN_RULES, now=MONDAY, until=day(40))

    first = [(type(s.event).__name__, s.because) for s in steps[:6]]
    assert first == [
        ("Chased", "file_within"),
        ("Chased", "file_again"),
        ("Chased", "file_handler"),
        ("Chased", "file_manager"),
        ("DoorPassed", "unfiled"),
        ("DoorOpened", "unfiled"),
    ]
    assert steps[5].filing is FilingState.OWED


def test_silence_at_the_merchant_climbs_and_nothing_is_said_to_be_filed() -> None:
    steps = rehearse(sent(taken_on()), PLAIN_RULES, now=MONDAY, until=day(12))

    last = steps[-1]
    assert last.stage is Stage.ESCALATED_TO_PLATFORM
    assert last.filing is FilingState.OWED
    assert last.ball is Ball.CONSUMER


def test_where_the_tenant_mediates_the_platforms_end_asks_and_silence_opens_the_regulator() -> None:
    case = sent(at_platform(), Door.PLATFORM, now=day(1))

    steps = rehearse(case, RULES, now=day(1), until=day(40))

    kinds = [type(s.event).__name__ for s in steps]
    assert kinds.index("Asked") < kinds.index("DoorOpened")
    assert steps[kinds.index("DoorOpened")].stage is Stage.ESCALATED_TO_REGULATOR
    assert "MediationAccepted" not in kinds


def test_choosing_mediation_waits_for_a_person_and_without_one_the_ladder_goes_on() -> None:
    case = sent(at_platform(), Door.PLATFORM, now=day(1))
    wait = next(b for b in agenda(case, RULES) if b.rule == "wait")
    asked = strike(case, wait.key, now=wait.due)

    wished = give(asked, c.Provide(text=words(), choice=Door.ASSOCIATION), by=DARA, now=wait.due)
    steps = rehearse(wished, RULES, now=wait.due, until=wait.due + timedelta(days=20))

    assert wished.stage is Stage.ESCALATED_TO_PLATFORM
    assert wished.ball is Ball.ASSOCIATION
    assert steps[-1].stage is Stage.ESCALATED_TO_REGULATOR


def test_a_choice_of_doors_is_answered_by_a_door() -> None:
    case = sent(at_platform(), Door.PLATFORM, now=day(1))
    wait = next(b for b in agenda(case, RULES) if b.rule == "wait")
    asked = strike(case, wait.key, now=wait.due)

    assert refusal(asked, c.Provide(text=words()), by=DARA, now=wait.due) is Why.CHOICE_MISSING


def test_accepting_mediation_is_confirmed_first_and_shuts_the_regulator() -> None:
    case = at_platform()
    assert refusal(case, c.AcceptMediation()) is Why.CONFIRM_MEDIATION

    mediated = give(case, c.AcceptMediation(confirmed=True), now=day(3))
    ended = give(mediated, c.EndMediation(reason=Reason.NO_AGREEMENT, text=words()), now=day(9))

    assert mediated.stage is Stage.IN_MEDIATION
    assert ended.stage is Stage.LEGAL_ACTION
    assert refusal(ended, c.OpenDoor(door=Door.REGULATOR)) is Why.DOOR_SHUT_BY_MEDIATION


def test_mediation_is_refused_once_the_regulator_filing_is_sent_but_not_while_it_is_owed() -> None:
    owed = at_regulator()
    there = sent(owed, Door.REGULATOR, now=day(3))

    assert give(owed, c.AcceptMediation(confirmed=True)).stage is Stage.IN_MEDIATION
    assert refusal(there, c.AcceptMediation(confirmed=True)) is Why.REGULATOR_HAS_IT


def test_a_buyer_for_resale_finds_the_regulators_door_shut_and_climbs_past_it() -> None:
    case = give(filed(order=Order(purpose=Purpose.RESALE)), c.TakeOn())
    there = give(case, c.OpenDoor(door=Door.PLATFORM), now=day(1))

    passed = give(there, c.PassDoor(reason=Reason.NOT_USEFUL), now=day(2))

    assert passed.stage is Stage.LEGAL_ACTION
    assert refusal(there, c.OpenDoor(door=Door.REGULATOR)) is Why.DOOR_SHUT_FOR_PURPOSE


def test_a_report_runs_beside_the_ladder_and_moves_neither_stage_nor_ball() -> None:
    before = sent(taken_on())

    opened = give(before, c.OpenReport(text=words()))
    told_on = give(opened, c.RecordReport(on=date(2026, 11, 2), proof=proof()))

    for case in (opened, told_on):
        assert (case.stage, case.ball, case.door) == (before.stage, before.ball, before.door)
    assert told_on.filing_at(Door.REPORT).state is FilingState.SENT


def test_mail_files_only_with_a_mandate_and_an_address() -> None:
    case = taken_on()

    assert case.filing.hand is Hand.HANDLER


def test_filing_needs_the_consent_to_privacy() -> None:
    bare = complaint(consents=frozenset())
    command = c.File(complaint=bare, playbook=filed().playbook)

    with pytest.raises(Refused) as refused:
        decide(None, command, by=DARA, now=MONDAY, rules=RULES)

    assert refused.value.why is Why.PRIVACY_CONSENT_MISSING
