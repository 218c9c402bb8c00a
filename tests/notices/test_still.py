"""A letter that waited for the post goes only while it still tells the truth."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from services.lifecycle import commands as c
from services.lifecycle.case import Case
from services.lifecycle.kinds import Audience, Ball, Door, Outcome, Reason, Verdict
from services.notices.sending import Sending
from services.notices.still import NEWS, still_true
from tests.lifecycle.cast import (
    DARA,
    MONDAY,
    at_platform,
    day,
    filed,
    give,
    sent,
    taken_on,
    words,
)

CLOSED = give(taken_on(), c.Withdraw(reason=Reason.CHANGED_MIND), by=DARA)
OFFERED = give(
    sent(taken_on()),
    c.MakeOffer(party=Ball.MERCHANT, terms=words(), fulfil_by=date(2026, 12, 1)),
    now=day(1),
)
ASKED = give(taken_on(), c.Ask(text=words()))


LETTER = Sending(
    id=UUID(int=1),
    case_id=UUID(int=2),
    seq=1,
    to=Audience.CONSUMER,
    channel="mail",
    recipient="consumer",
    letter="",
    door=None,
    bell=None,
    files=False,
    addresses=(),
    state="queued",
    attempts=0,
    message_id=None,
    proof={},
    sent_at=None,
)


def true(
    case: Case, name: str, *, bell: str | None = None, door: Door | None = None, seq: int = 1
) -> bool:
    return still_true(case, replace(LETTER, letter=name, bell=bell, door=door, seq=seq))


@pytest.mark.parametrize("name", sorted(NEWS))
def test_what_happened_stays_true(name: str) -> None:
    assert true(CLOSED, name)


@pytest.mark.parametrize("name", ["demand", "yours_to_file", "ours_to_file"])
def test_what_is_to_be_filed_is_true_until_it_is_filed_or_the_case_moves_on(name: str) -> None:
    opened = taken_on()
    assert opened.filing
    seq = opened.filing.seq

    assert true(opened, name, door=Door.MERCHANT, seq=seq)
    assert not true(opened, name, door=Door.MERCHANT, seq=seq - 1)
    for moved in (sent(opened), at_platform(), CLOSED):
        assert not true(moved, name, door=Door.MERCHANT, seq=seq)


def test_an_offer_or_a_question_is_true_while_it_is_open() -> None:
    assert OFFERED.offer
    assert ASKED.question
    offer, question = OFFERED.offer.seq, ASKED.question.seq
    answered = give(ASKED, c.Provide(text=words()), by=DARA)
    refused = give(OFFERED, c.RefuseOffer(offer=offer, text=words()), by=DARA, now=day(1))

    assert true(OFFERED, "offer", seq=offer)
    assert not true(refused, "offer", seq=offer)
    assert true(ASKED, "question", seq=question)
    assert not true(answered, "question", seq=question)
    assert true(OFFERED, "offer_open", bell=f"merchant/offer/{offer}")
    assert not true(refused, "offer_open", bell=f"merchant/offer/{offer}")
    assert true(ASKED, "question_open", bell=f"merchant/question/{question}")
    assert not true(answered, "question_open", bell=f"merchant/question/{question}")


@pytest.mark.parametrize("rule", ["remind-1", "chase-2"])
def test_a_reminder_about_a_door_is_true_while_they_have_the_word(rule: str) -> None:
    waiting = sent(taken_on())
    assert waiting.filing
    bell, door = f"merchant/{rule}/{waiting.filing.seq}", Door.MERCHANT
    answer = c.RecordAnswer(
        door=Door.MERCHANT, verdict=Verdict.REFUSED, on=MONDAY.date(), text=words()
    )

    assert true(waiting, "still_waiting", bell=bell, door=door)
    assert not true(give(waiting, answer), "still_waiting", bell=bell, door=door)
    assert not true(at_platform(), "still_waiting", bell=bell, door=door)
    assert not true(CLOSED, "still_waiting", bell=bell, door=door)


def test_the_end_of_their_own_time_is_true_as_long_as_the_case_is_at_their_door() -> None:
    answer = c.RecordAnswer(
        door=Door.MERCHANT, verdict=Verdict.PARTLY, on=MONDAY.date(), text=words()
    )
    answered = give(sent(taken_on()), answer)
    assert answered.filing
    bell, door = f"merchant/clock-1688.seller_answer/{answered.filing.seq}", Door.MERCHANT

    assert true(answered, "their_time_over", bell=bell, door=door)
    assert not true(at_platform(), "their_time_over", bell=bell, door=door)


@pytest.mark.parametrize("rule", ["file_within", "file_again", "file_manager", "unfiled"])
def test_a_push_to_file_is_true_while_nothing_is_filed(rule: str) -> None:
    opened = taken_on()
    assert opened.filing
    bell, door = f"merchant/{rule}/{opened.filing.seq}", Door.MERCHANT

    assert true(opened, rule, bell=bell, door=door)
    assert not true(sent(opened), rule, bell=bell, door=door)


@pytest.mark.parametrize(
    ("bell", "holds", "over"),
    [
        ("case/first_look/1", filed(), taken_on()),
        ("case/first_look.manager/1", filed(), taken_on()),
        ("merchant/wish/3", replace(at_platform(), wish=Door.ASSOCIATION), at_platform()),
        ("report/report/3", give(taken_on(), c.OpenReport(text=words())), taken_on()),
        ("merchant/wait/2", sent(taken_on()), CLOSED),
        ("merchant/idle/2", sent(taken_on()), CLOSED),
    ],
)
def test_other_bells_are_true_while_what_they_press_for_is_open(
    bell: str, holds: Case, over: Case
) -> None:
    door = {"merchant": holds.door}.get(bell.partition("/")[0])

    assert true(holds, "x", bell=bell, door=door)
    assert not true(over, "x", bell=bell, door=door)


def test_nothing_but_news_is_told_of_a_closed_case() -> None:
    closed = give(taken_on(), c.Close(outcome=Outcome.NOT_SOLVED, text=words()))

    assert not true(closed, "named-by-a-tenant")
    assert true(taken_on(), "named-by-a-tenant")
