from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.lifecycle import commands as c
from services.lifecycle.agenda import agenda
from services.lifecycle.case import Case
from services.lifecycle.commands import Command
from services.lifecycle.decide import CLOCK
from services.lifecycle.kinds import (
    Ball,
    Capacity,
    Door,
    FilingState,
    Outcome,
    Reason,
    Stage,
    Verdict,
)
from services.lifecycle.refusals import Refused, Why
from services.lifecycle.rehearse import Line, Step, rehearse
from tests.lifecycle.cast import (
    DARA,
    LEO,
    MONDAY,
    PLAIN_RULES,
    RULES,
    SHOP,
    at_platform,
    at_regulator,
    day,
    filed,
    give,
    proof,
    sent,
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


def test_an_accepted_offer_is_a_promise_and_only_proof_of_fulfilment_closes_it_solved() -> None:
    case = sent(taken_on())
    offer = c.MakeOffer(
        party=Ball.MERCHANT, terms=words(), fulfil_by=date(2026, 11, 20), amount=None
    )
    offered = give(case, offer, by=SHOP, now=day(1))
    assert offered.ball is Ball.CONSUMER

    settled = give(offered, c.AcceptOffer(offer=offered.offer.seq), by=DARA, now=day(2))
    assert settled.stage is Stage.SETTLED
    assert settled.ball is Ball.MERCHANT
    assert refusal(settled, c.Close(outcome=Outcome.SOLVED, text=words())) is Why.PROMISE_OPEN

    done = give(settled, c.Fulfil(promise=settled.promise.seq, proof=proof()), by=DARA, now=day(5))
    assert (done.stage, done.outcome) == (Stage.CLOSED, Outcome.SOLVED)


def test_a_broken_promise_leads_back_to_the_door_where_it_was_agreed() -> None:
    case = sent(taken_on())
    promise = c.Promise(promisor=Ball.MERCHANT, what=words(), due_on=date(2026, 11, 10))
    settled = give(case, promise, by=SHOP, now=day(1))

    broken = give(settled, c.BreakPromise(promise=settled.promise.seq), by=DARA, now=day(9))
    steps = rehearse(broken, PLAIN_RULES, now=day(9), until=day(20))

    assert broken.stage is Stage.AWAITING_MERCHANT
    assert broken.filing.state is FilingState.ANSWERED
    assert steps[0].stage is Stage.ESCALATED_TO_PLATFORM


def test_nobody_claims_solved_where_nothing_arrived() -> None:
    assert (
        refusal(taken_on(), c.Close(outcome=Outcome.SOLVED, text=words())) is Why.NOTHING_FULFILLED
    )


def test_a_pause_moves_our_wait_by_the_days_it_covered_and_not_theirs() -> None:
    case = sent(taken_on())
    paused = give(case, c.Pause(holder=Ball.CONSUMER, reason=Reason.PAPERS_MISSING), now=day(1))
    assert paused.ball is Ball.CONSUMER
    assert not [b for b in agenda(paused, RULES) if b.rule == "wait"]

    resumed = give(paused, c.Resume(), now=day(3))
    wait = next(b for b in agenda(resumed, RULES) if b.rule == "wait")

    assert wait.deadline.last_day == date(2026, 11, 11)


def test_a_pause_with_a_last_day_ends_by_itself() -> None:
    case = sent(taken_on())
    until = date(2026, 11, 6)
    paused = give(case, c.Pause(holder=Ball.CONSUMER, reason=Reason.APPRAISAL, until=until))

    steps = rehearse(paused, RULES, now=MONDAY, until=day(6))

    assert type(steps[0].event).__name__ == "Resumed"


def test_an_extension_lengthens_our_own_clock_under_the_same_key() -> None:
    case = sent(taken_on())
    wait = next(b for b in agenda(case, RULES) if b.rule == "wait")

    longer = give(case, c.Extend(bell=wait.key, span="2 working days"))
    again = next(b for b in agenda(longer, RULES) if b.rule == "wait")

    assert again.key == wait.key
    assert again.deadline.last_day == date(2026, 11, 11)
    assert refusal(case, c.Extend(bell=wait.key, span="2 days")) is Why.OTHER_UNIT
    assert refusal(case, c.Extend(bell="nothing/at/1", span="2 days")) is Why.NO_SUCH_DEADLINE


def test_while_an_offer_is_open_no_bell_climbs_before_the_consumer_had_time_to_answer() -> None:
    case = sent(taken_on())
    offer = c.MakeOffer(party=Ball.ASSOCIATION, terms=words(), fulfil_by=date(2026, 12, 1))
    assert refusal(case, offer) is Why.PARTY_CANNOT_PROMISE

    offered = give(
        case,
        c.MakeOffer(party=Ball.PLATFORM, terms=words(), fulfil_by=date(2026, 12, 1)),
        now=day(6),
    )
    steps = rehearse(offered, PLAIN_RULES, now=day(6), until=day(30))

    climb = next(s for s in steps if type(s.event).__name__ == "DoorOpened")
    assert climb.at == datetime.fromisoformat("2026-11-13T16:00:00+00:00")


def test_a_date_read_from_their_page_holds_back_our_climb() -> None:
    case = sent(at_platform(), Door.PLATFORM, now=day(1))
    read = give(case, c.ReadTheirDate(door=Door.PLATFORM, due_on=date(2026, 12, 20)), now=day(1))

    wait = next(b for b in agenda(read, RULES) if b.rule == "wait")

    assert wait.due == datetime.fromisoformat("2026-12-20T16:00:00+00:00")


def test_a_refusal_gives_a_person_time_to_decide_and_then_the_ladder_goes_on() -> None:
    case = sent(taken_on())
    answer = c.RecordAnswer(
        door=Door.MERCHANT, verdict=Verdict.REFUSED, on=date(2026, 11, 3), text=words()
    )

    refused = give(case, answer, by=SHOP, now=day(1))
    steps = rehearse(refused, PLAIN_RULES, now=day(1), until=day(8))

    assert refused.filing.state is FilingState.REFUSED
    assert refused.ball is Ball.ASSOCIATION
    assert days_of(steps, "DoorOpened") == ["2026-11-06"]


def test_at_the_last_door_a_case_rests_only_after_thirty_days_of_notice_and_comes_back() -> None:
    case = sent(give(at_regulator(), c.GoToLaw(), now=day(3)), Door.LAW, now=day(3))

    steps = rehearse(case, RULES, now=day(3), until=day(500))

    names = [type(s.event).__name__ for s in steps]
    assert names == ["Chased", "Chased", "Closed"]
    assert steps[-1].at - steps[-2].at >= timedelta(days=30)
    assert steps[-1].event.outcome is Outcome.NOT_PURSUED


def test_reopening_is_for_the_window_only_and_gives_time_to_decide() -> None:
    case = sent(taken_on())
    closed = give(case, c.Withdraw(reason=Reason.CHANGED_MIND), by=DARA, now=day(1))
    reopened = give(closed, c.Reopen(text=words()), by=DARA, now=day(10))

    assert closed.outcome is Outcome.WITHDRAWN
    assert agenda(closed, RULES) == ()
    assert reopened.stage is Stage.AWAITING_MERCHANT
    assert reopened.filing.state is FilingState.SENT
    assert agenda(reopened, RULES)[0].due > day(10)
    assert refusal(closed, c.Reopen(text=words()), now=day(40)) is Why.REOPEN_WINDOW_OVER


def test_the_first_look_presses_staff_then_the_manager_and_tells_the_consumer() -> None:
    steps = rehearse(filed(), RULES, now=MONDAY, until=day(10))

    assert [s.because for s in steps[:2]] == ["first_look", "first_look.manager"]
    assert all(s.stage is Stage.SUBMITTED for s in steps)


def test_no_filing_is_recorded_twice_in_the_future_or_in_another_right() -> None:
    case = taken_on()
    record = c.RecordFiling(door=Door.MERCHANT, on=date(2026, 11, 2), proof=proof())

    assert refusal(sent(case), record) is Why.ALREADY_FILED
    assert (
        refusal(case, c.RecordFiling(door=Door.MERCHANT, on=date(2027, 1, 1), proof=proof()))
        is Why.IN_THE_FUTURE
    )
    assert (
        refusal(case, c.RecordFiling(door=Door.PLATFORM, on=date(2026, 11, 2), proof=proof()))
        is Why.DOOR_NOT_OPEN
    )
    ours = c.RecordFiling(
        door=Door.MERCHANT, on=date(2026, 11, 2), proof=proof(), capacity=Capacity.ASSOCIATION
    )
    assert refusal(case, ours, by=DARA) is Why.NOT_YOUR_CAPACITY
    assert refusal(case, record, by=CLOCK) is Why.NOT_PERMITTED


def test_a_bell_that_is_early_unknown_or_struck_comes_to_nothing() -> None:
    case = sent(taken_on())
    wait = next(b for b in agenda(case, RULES) if b.rule == "wait")
    bell = c.StrikeBell(bell=wait.key)

    assert told(case, bell, by=CLOCK, now=wait.due - timedelta(seconds=1)) == ()
    assert told(case, c.StrikeBell(bell="case/none/9"), by=CLOCK, now=wait.due) == ()
    climbed = give(case, bell, by=CLOCK, now=wait.due)
    assert told(climbed, bell, by=CLOCK, now=wait.due + timedelta(days=1)) == ()


def test_the_event_of_a_bell_carries_its_legal_date_and_when_it_rang() -> None:
    case = sent(taken_on())
    wait = next(b for b in agenda(case, RULES) if b.rule == "wait")

    (event,) = told(
        case, c.StrikeBell(bell=wait.key), by=CLOCK, now=wait.due + timedelta(seconds=42)
    )

    assert event.due == wait.due
    assert event.at == wait.due + timedelta(seconds=42)


def test_a_script_is_played_between_the_bells() -> None:
    script = [Line(at=day(1), command=c.TakeOn(), by=LEO)]

    steps = rehearse(filed(), RULES, now=MONDAY, until=day(2), script=script)

    assert [type(s.event).__name__ for s in steps] == ["TakenOn", "DoorOpened"]
