"""Each playbook of the shelf is played through: what its sentences promise is what happens."""

from datetime import UTC, datetime, timedelta

from services.calendars.library import shipped
from services.lifecycle import commands as c
from services.lifecycle.decide import Actor
from services.lifecycle.events import Asked, Chased, Closed, DoorOpened, DoorPassed, FilingRecorded
from services.lifecycle.kinds import (
    Ball,
    Consent,
    Door,
    FilingState,
    Hand,
    Outcome,
    ProofKind,
    Stage,
)
from services.lifecycle.playbook import Rules
from services.lifecycle.rehearse import Line, Step, rehearse
from services.playbooks.library import shelf
from tests.lifecycle.cast import DARA, LEO, PINNED, complaint, proof

MONDAY = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
YEARS = timedelta(days=800)


def rules(name: str) -> Rules:
    book = next(book for book in shelf() if book.id == name)
    return Rules(playbook=book, calendar=shipped())


def filed(**more: object) -> Line:
    return Line(at=MONDAY, command=c.File(complaint=complaint(**more), playbook=PINNED), by=DARA)


def at(day: int, command: c.Command, by: Actor = LEO) -> Line:
    return Line(at=MONDAY + timedelta(days=day, hours=1), command=command, by=by)


def sent(day: int, door: Door) -> Line:
    on = (MONDAY + timedelta(days=day)).date()
    return at(day, c.RecordFiling(door=door, on=on, proof=proof()))


def play(name: str, *script: Line, until: timedelta = YEARS) -> tuple[Step, ...]:
    return rehearse(None, rules(name), now=MONDAY, until=MONDAY + until, script=script)


def doors(steps: tuple[Step, ...]) -> list[tuple[Door, str]]:
    """Each with the last day of the wait before it: bells ring when that day ends in Shanghai."""
    return [
        (step.event.door, step.at.date().isoformat())
        for step in steps
        if isinstance(step.event, DoorOpened)
    ]


def test_the_demo_stands_at_the_regulators_door_within_two_and_a_half_minutes():
    steps = play("demo", filed(), until=timedelta(minutes=2, seconds=30))

    assert steps[-1].stage is Stage.ESCALATED_TO_REGULATOR
    assert steps[-1].filing is FilingState.SENT
    assert [door for door, _ in doors(steps)] == [Door.MERCHANT, Door.PLATFORM, Door.REGULATOR]


def test_in_the_demo_every_door_is_filed_by_mail_with_the_servers_word_as_proof():
    steps = play("demo", filed(), until=timedelta(minutes=2, seconds=30))

    filings = [step.event for step in steps if isinstance(step.event, FilingRecorded)]
    assert [filing.proof.kind for filing in filings] == [ProofKind.SMTP] * 3


def test_in_the_demo_reminders_and_chasers_go_out_between_the_doors():
    steps = play("demo", filed(), until=timedelta(minutes=2, seconds=30))

    assert {step.because for step in steps} >= {"first_look", "wait", "remind-1", "chase-1"}


def test_without_a_mandate_the_demo_waits_for_a_person():
    steps = play(
        "demo", filed(consents=frozenset({Consent.PRIVACY})), until=timedelta(minutes=2, seconds=30)
    )

    assert {step.stage for step in steps} == {Stage.SUBMITTED}
    assert any(isinstance(step.event, Chased) and step.event.alarm for step in steps)


def test_when_nobody_takes_a_complaint_on_the_manager_is_called_and_the_consumer_told():
    steps = play("1688", filed(), until=timedelta(days=10))

    calls = [step.event.tell for step in steps if isinstance(step.event, Chased)]
    assert calls == [("handler",), ("manager", "consumer")]


def test_on_1688_silence_leads_from_the_merchant_to_the_choice_and_then_to_the_regulator():
    steps = play(
        "1688",
        filed(),
        at(0, c.TakeOn()),
        sent(1, Door.MERCHANT),
        sent(7, Door.PLATFORM),
        until=timedelta(days=60),
    )

    # Dragon Boat Festival (19 to 21 June) lies in the fifteen working days at the platform
    assert doors(steps) == [
        (Door.MERCHANT, "2026-06-01"),
        (Door.PLATFORM, "2026-06-05"),
        (Door.REGULATOR, "2026-07-08"),
    ]
    asked = [step.at.date().isoformat() for step in steps if isinstance(step.event, Asked)]
    assert asked == ["2026-06-30"]


def test_on_1688_the_platform_is_filed_by_the_buyer_alone():
    steps = play("1688", filed(), at(0, c.TakeOn()), sent(1, Door.MERCHANT))

    opened = next(
        step for step in steps if isinstance(step.event, DoorOpened) and step.door is Door.PLATFORM
    )
    assert isinstance(opened.event, DoorOpened)
    assert (opened.event.hand, opened.ball) == (Hand.CONSUMER, Ball.CONSUMER)
    assert opened.filing is FilingState.OWED


def test_a_platform_that_nobody_files_on_is_noted_as_not_used():
    steps = play("general", filed(), at(0, c.TakeOn()), sent(1, Door.MERCHANT))

    passed = [step.event.door for step in steps if isinstance(step.event, DoorPassed)]
    assert passed == [Door.PLATFORM]
    assert doors(steps)[-1][0] is Door.REGULATOR


def test_at_the_regulator_a_case_that_nobody_files_stays_and_calls_people():
    steps = play("12315", filed(), at(0, c.TakeOn()))

    assert [door for door, _ in doors(steps)] == [Door.REGULATOR]
    assert steps[-1].stage is Stage.ESCALATED_TO_REGULATOR
    assert not any(isinstance(step.event, Closed) for step in steps)


def test_after_ninety_days_at_the_regulator_the_court_is_next():
    steps = play("12315", filed(), at(0, c.TakeOn()), sent(2, Door.REGULATOR))

    assert doors(steps)[-1] == (Door.LAW, "2026-09-01")


def test_we_never_climb_before_the_regulators_own_time_is_over():
    """Received and accepted as late as the law allows, over Spring Festival."""
    start = datetime(2026, 2, 11, 2, 0, tzinfo=UTC)
    script = [
        Line(at=start, command=c.File(complaint=complaint(), playbook=PINNED), by=DARA),
        Line(at=start + timedelta(hours=1), command=c.TakeOn()),
        Line(
            at=start + timedelta(hours=2),
            command=c.RecordFiling(door=Door.REGULATOR, on=start.date(), proof=proof()),
        ),
    ]
    steps = rehearse(
        None, rules("12315"), now=start, until=start + timedelta(days=120), script=script
    )
    theirs = next(step.at for step in steps if step.because == "clock-reg.accept")

    climbed = next(step.at for step in steps if step.because == "wait")

    assert climbed > theirs + timedelta(days=60)


def test_at_the_last_door_a_silent_case_rests_only_after_notice():
    steps = play(
        "12315",
        filed(),
        at(0, c.TakeOn()),
        sent(2, Door.REGULATOR),
        at(100, c.Note(text=proof().reference)),
    )

    notice = next(
        step.at for step in steps if isinstance(step.event, Chased) and step.event.last_notice
    )
    closed = steps[-1]
    assert isinstance(closed.event, Closed)
    assert closed.event.outcome is Outcome.NOT_PURSUED
    assert closed.at - notice >= timedelta(days=30)


def test_mediation_never_ends_by_itself():
    steps = play(
        "1688",
        filed(),
        at(0, c.TakeOn()),
        at(1, c.AcceptMediation(confirmed=True)),
        until=timedelta(days=200),
    )

    assert steps[-1].stage is Stage.IN_MEDIATION
    assert [step.because for step in steps if step.because.startswith("chase")] == [
        "chase-1",
        "chase-2",
    ]
