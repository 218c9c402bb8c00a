"""What a merchant may say over the link, until when, and what becomes of it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.lifecycle import commands as c
from services.lifecycle.agenda import agenda
from services.lifecycle.answering import link_ends, window
from services.lifecycle.case import Case
from services.lifecycle.commands import Command
from services.lifecycle.facts import Merchant, Words
from services.lifecycle.kinds import Ball, Door, FilingState, Hand, Reason, Stage, Verdict
from services.lifecycle.playbook import Rules
from services.lifecycle.react import react
from services.lifecycle.refusals import Refused, Why
from services.lifecycle.wire import case_from, plain
from services.notices.owed import owed
from tests.lifecycle.cast import (
    DARA,
    LADDER,
    LEO,
    MONDAY,
    RULES,
    SHOP,
    day,
    filed,
    give,
    playbook,
    rung,
    sent,
    strike,
    taken_on,
    told,
    words,
)

SOON = date(2026, 11, 20)
MOMENT = timedelta(microseconds=1)
MAILED = Rules(
    playbook=playbook(
        rung=[
            rung("merchant", "5 working days", hand="mail", mailbox="shop@demo.example"),
            *LADDER["rung"][1:],
        ]
    ),
    calendar=RULES.calendar,
)


def answer(verdict: Verdict) -> c.RecordAnswer:
    return c.RecordAnswer(door=Door.MERCHANT, verdict=verdict, on=MONDAY.date(), text=words())


def offer(**more: Any) -> c.MakeOffer:
    return c.MakeOffer(party=Ball.MERCHANT, terms=words(), fulfil_by=SOON, **more)


def promise() -> c.Promise:
    return c.Promise(promisor=Ball.MERCHANT, what=words(), due_on=SOON)


def refusal(case: Case, command: Command, **more: Any) -> Why:
    with pytest.raises(Refused) as refused:
        told(case, command, **more)
    return refused.value.why


def test_the_day_that_was_named_is_the_end_of_our_wait_and_five_working_days_more_are_taken():
    found = window(sent(taken_on()), RULES)

    assert found.by
    assert found.by.deadline.last_day == date(2026, 11, 9)
    assert found.until
    assert (found.until - MOMENT).date() == date(2026, 11, 16)


def test_before_the_demand_is_sent_and_while_our_clock_stands_nobody_can_name_the_day():
    paused = give(sent(taken_on()), c.Pause(holder=Ball.CONSUMER, reason=Reason.APPRAISAL))

    assert window(taken_on(), RULES).by is None
    assert window(paused, RULES).until is None


@pytest.mark.parametrize("command", [answer(Verdict.REFUSED), offer(), promise()])
def test_a_merchant_is_heard_to_the_last_moment_and_staff_record_later_what_came(command: Command):
    case = sent(taken_on())
    end = window(case, RULES).until
    assert end

    assert told(case, command, by=SHOP, now=end - MOMENT)
    assert refusal(case, command, by=SHOP, now=end) is Why.ANSWER_TOO_LATE
    assert told(case, command, by=LEO, now=end)


def test_a_late_answer_is_heard_though_the_case_stands_at_the_platform():
    case = sent(taken_on())
    [wait] = [bell.key for bell in agenda(case, RULES) if bell.rule == "wait"]
    climbed = strike(case, wait, now=day(9))
    assert climbed.stage is Stage.ESCALATED_TO_PLATFORM

    heard = give(climbed, answer(Verdict.REFUSED), by=SHOP, now=day(9))

    asked = heard.filing_at(Door.MERCHANT)
    assert asked
    assert asked.state is FilingState.REFUSED
    assert heard.stage is Stage.ESCALATED_TO_PLATFORM


def test_an_answer_can_be_added_to_and_mended_by_the_merchant_alone():
    case = give(sent(taken_on()), answer(Verdict.REFUSED), by=SHOP, now=day(1))

    assert refusal(case, answer(Verdict.EXPLAINED), now=day(1)) is Why.ALREADY_ANSWERED
    mended = give(case, answer(Verdict.EXPLAINED), by=SHOP, now=day(1))
    asked = mended.filing_at(Door.MERCHANT)
    assert asked
    assert (asked.state, asked.verdict) == (FilingState.ANSWERED, Verdict.EXPLAINED)


def test_another_offer_takes_the_place_of_the_merchants_own_open_one():
    case = give(sent(taken_on()), offer(), by=SHOP, now=day(1))
    first = case.offer
    assert first

    better = give(case, offer(), by=SHOP, now=day(1))

    assert better.offer
    assert better.offer.seq != first.seq
    assert [o.accepted for o in better.offers] == [False, None]
    stale = c.AcceptOffer(offer=first.seq)
    assert refusal(better, stale, by=DARA, now=day(1)) is Why.OFFER_NOT_OPEN
    assert refusal(case, offer(), now=day(1)) is Why.OFFER_OPEN


def test_a_promise_takes_the_place_of_an_open_offer_and_has_a_clock_of_its_own():
    case = give(sent(taken_on()), offer(), by=SHOP, now=day(1))

    promised = give(case, promise(), by=SHOP, now=day(1))

    assert (promised.stage, promised.offer) == (Stage.SETTLED, None)
    assert any(bell.rule == "promise" for bell in agenda(promised, RULES))


def test_an_offer_that_the_consumer_weighs_is_not_taken_back_by_a_refusal():
    case = give(sent(taken_on()), offer(), by=SHOP, now=day(1))

    assert refusal(case, answer(Verdict.REFUSED), by=SHOP, now=day(1)) is Why.OFFER_OPEN
    assert give(case, answer(Verdict.EXPLAINED), by=SHOP, now=day(1)).offer


def test_who_is_not_the_seller_refuses_and_who_explains_answers():
    case = sent(taken_on())
    for verdict, state in (
        (Verdict.WRONG_PARTY, FilingState.REFUSED),
        (Verdict.EXPLAINED, FilingState.ANSWERED),
    ):
        heard = give(case, answer(verdict), by=SHOP, now=day(1))

        assert heard.filing
        assert heard.filing.state is state
        assert heard.ball is Ball.ASSOCIATION


def test_a_demand_that_goes_out_by_mail_brings_a_link_and_a_letter_with_its_code():
    case = give(filed(), c.TakeOn(), rules=MAILED)
    [event] = [
        e for e in told(filed(), c.TakeOn(), rules=MAILED) if type(e).__name__ == "DoorOpened"
    ]

    assert case.filing
    assert case.filing.hand is Hand.MAIL
    assert case.merchant_link == 1
    assert [letter.name for letter in react(case, event)] == ["demand", "answer_code"]


def test_the_code_goes_to_the_mailbox_that_was_verified_whatever_address_a_consumer_typed():
    typed = Merchant(shop=words("木禾家居"), email=Words(text="me@me.example", id=UUID(int=7)))
    case = filed(merchant=typed)
    [_, event] = told(case, c.TakeOn(), rules=MAILED)
    opened = give(case, c.TakeOn(), rules=MAILED)

    letters = owed(opened, event, tenant=UUID(int=1), case_id=UUID(int=2), rules=MAILED)

    reached = {each.letter.name: (each.mailbox, each.address) for each in letters}
    assert reached == dict.fromkeys(("demand", "answer_code"), ("shop@demo.example", None))


def test_a_person_makes_the_link_anew_and_takes_it_back():
    by_hand = sent(taken_on())
    assert by_hand.merchant_link is None
    assert refusal(by_hand, c.RevokeMerchantLink()) is Why.NO_MERCHANT_LINK
    assert refusal(filed(), c.ReissueMerchantLink()) is Why.DOOR_NOT_OPEN

    first = give(by_hand, c.ReissueMerchantLink())
    gone = give(first, c.RevokeMerchantLink())
    second = give(gone, c.ReissueMerchantLink())

    assert [case.merchant_link for case in (first, gone, second)] == [1, None, 2]
    assert case_from(plain(second)) == second


def test_a_link_lasts_until_the_late_answers_end_or_a_promise_is_due():
    case = give(sent(taken_on()), c.ReissueMerchantLink())
    until = window(case, RULES).until
    assert until

    promised = give(case, promise(), by=SHOP, now=day(1))

    assert link_ends(case, RULES) == until
    assert link_ends(sent(taken_on()), RULES) is None
    ends = link_ends(promised, RULES)
    assert ends
    assert ends > until


def test_the_handler_hears_what_the_merchant_says_and_nobody_twice():
    case = give(sent(taken_on()), offer(), by=SHOP, now=day(1))
    [event] = told(sent(taken_on()), offer(), by=SHOP, now=day(1))

    by_link = [letter.name for letter in react(case, event, by=SHOP.role)]
    by_staff = [letter.name for letter in react(case, event, by=LEO.role)]

    assert by_link == ["offer", "merchant_answered"]
    assert by_staff == ["offer"]
