"""Codes are few and short-lived; a new link goes only where a code came back from."""

from datetime import timedelta

import pytest

from services.lifecycle import commands as c
from services.lifecycle.case import Case
from services.lifecycle.events import LinkReissued
from services.lifecycle.facts import Consumer
from services.lifecycle.kinds import Audience
from services.lifecycle.reachable import CODES_A_DAY, LIVES, PAUSE, Way
from services.lifecycle.react import Letter, react
from services.lifecycle.refusals import Refused, Why
from services.lifecycle.wire import case_from, plain
from tests.lifecycle.cast import DARA, LEO, MONDAY, filed, give, told, words

MAILED = Consumer(name=words("李"), phone=words("13800000000"), email=words("li@consumer.example"))


def asked(case: Case, way: Way = Way.EMAIL, *, after: timedelta = timedelta(0)) -> Case:
    return give(case, c.AskCode(way=way), by=DARA, now=MONDAY + after)


def confirmed(way: Way = Way.EMAIL) -> Case:
    case = asked(filed(consumer=MAILED), way)
    return give(case, c.ConfirmContact(way=way, code=case.version), by=DARA)


def why_not(case: Case, command: c.Command, *, after: timedelta = timedelta(0)) -> Why:
    with pytest.raises(Refused) as refused:
        told(case, command, by=DARA, now=MONDAY + after)
    return refused.value.why


def test_a_code_goes_the_way_that_was_asked_and_nowhere_else():
    for way in Way:
        case = filed(consumer=MAILED)
        [event] = told(case, c.AskCode(way=way), by=DARA)

        assert react(case, event) == (Letter(to=Audience.CONSUMER, name=f"code_{way}", way=way),)


def test_a_contact_that_is_not_on_record_gets_no_code():
    assert why_not(filed(), c.AskCode(way=Way.EMAIL)) is Why.NO_SUCH_CONTACT


def test_between_two_codes_lies_a_minute_and_a_day_has_five():
    case = asked(filed(consumer=MAILED))
    assert why_not(case, c.AskCode(way=Way.EMAIL), after=PAUSE / 2) is Why.CODE_TOO_SOON

    for n in range(1, CODES_A_DAY):
        case = asked(case, after=n * PAUSE)

    assert why_not(case, c.AskCode(way=Way.EMAIL), after=timedelta(hours=1)) is Why.CODES_TOO_MANY
    assert len(asked(case, after=timedelta(days=2)).codes) == 1
    assert asked(case, Way.PHONE, after=timedelta(hours=1)).code(Way.PHONE)


def test_only_the_latest_code_counts_and_only_for_ten_minutes():
    first = asked(filed(consumer=MAILED))
    second = asked(first, after=PAUSE)

    old = c.ConfirmContact(way=Way.EMAIL, code=first.version)
    new = c.ConfirmContact(way=Way.EMAIL, code=second.version)
    assert why_not(second, old, after=PAUSE) is Why.CODE_OVER
    assert why_not(second, new, after=PAUSE + LIVES * 1.01) is Why.CODE_OVER
    assert give(second, new, by=DARA, now=MONDAY + PAUSE + LIVES).confirmed == {Way.EMAIL}


def test_a_new_link_goes_to_a_confirmed_contact_alone_and_ends_the_old_one():
    case = confirmed()
    [event] = told(case, c.RecoverLink(way=Way.EMAIL), by=DARA)

    assert why_not(case, c.RecoverLink(way=Way.PHONE)) is Why.CONTACT_NOT_CONFIRMED
    assert isinstance(event, LinkReissued)
    assert event.generation == case.link_generation + 1
    assert [letter.name for letter in react(case, event)] == ["new_link_email"]


def test_nobody_but_the_consumer_confirms_or_recovers():
    for command in (c.AskCode(way=Way.PHONE), c.RecoverLink(way=Way.PHONE)):
        with pytest.raises(Refused) as refused:
            told(confirmed(Way.PHONE), command, by=LEO)
        assert refused.value.why is Why.NOT_PERMITTED


def test_a_link_that_people_hand_over_is_told_to_nobody_and_an_old_case_reads_as_before():
    [event] = told(filed(), c.ReissueLink(), by=LEO)
    old = plain(filed())

    assert react(filed(), event) == ()
    assert "codes" not in old
    assert "confirmed" not in old
    assert case_from(plain(confirmed())) == confirmed()
