"""Each consent by itself: given to a text, taken back at any time, and honoured from then on."""

from dataclasses import replace

import pytest

from services.lifecycle import commands as c
from services.lifecycle.agenda import agenda
from services.lifecycle.case import Case
from services.lifecycle.decide import Actor
from services.lifecycle.events import ConsentRevoked, Withdrawn
from services.lifecycle.facts import ShownText
from services.lifecycle.kinds import (
    Audience,
    Consent,
    Door,
    FilingState,
    Hand,
    Outcome,
    Role,
    Stage,
)
from services.lifecycle.next_door import hand_at
from services.lifecycle.parse import parse
from services.lifecycle.permissions import allowed
from services.lifecycle.playbook import Rules
from services.lifecycle.react import Letter, react
from services.lifecycle.refusals import Refused, Why
from services.lifecycle.wire import case_from, event_from, kind_of, plain
from tests.lifecycle.cast import (
    DARA,
    LADDER,
    LEO,
    RULES,
    complaint,
    day,
    filed,
    give,
    rung,
    sent,
    taken_on,
    told,
    words,
)

BY_MAIL = Rules(
    playbook=parse(
        {
            **LADDER,
            "rung": [
                rung("merchant", "5 working days", hand="mail", mailbox="m@example.test"),
                rung("platform", "9 working days", hand="mail", mailbox="p@example.test"),
                rung("law", "6 months", expiry="stay", unfiled="stay", hand="consumer"),
            ],
        },
        version=1,
    ),
    calendar=RULES.calendar,
)
PRIVACY = frozenset({Consent.PRIVACY})


def take_back(consent: Consent) -> c.RevokeConsent:
    return c.RevokeConsent(consent=consent)


def allow(consent: Consent) -> c.GiveConsent:
    shown = ShownText(consent=consent, version=1, language="zh_CN", sha256="00" * 32)
    return c.GiveConsent(consent=consent, shown=shown)


def mailing() -> Case:
    return give(filed(), c.TakeOn(), rules=BY_MAIL)


def test_what_is_taken_back_holds_no_more_and_can_be_given_again() -> None:
    without = give(filed(), take_back(Consent.MANDATE), by=DARA)
    again = give(without, allow(Consent.MANDATE), by=DARA)

    assert Consent.MANDATE not in without.complaint.consents
    assert not without.may_forward
    assert again.may_forward


def test_nothing_is_given_twice_or_taken_back_twice() -> None:
    for command, why in (
        (allow(Consent.MANDATE), Why.CONSENT_GIVEN),
        (take_back(Consent.PUBLICATION), Why.CONSENT_NOT_GIVEN),
    ):
        with pytest.raises(Refused) as refused:
            told(filed(), command, by=DARA)
        assert refused.value.why is why


def test_only_the_consumer_gives_but_the_desk_may_record_that_it_was_taken_back() -> None:
    with pytest.raises(Refused) as refused:
        told(filed(), allow(Consent.PUBLICATION), by=LEO)

    assert refused.value.why is Why.NOT_PERMITTED
    assert told(filed(), take_back(Consent.MANDATE), by=LEO)


def test_without_the_use_of_their_data_the_case_ends_as_withdrawn() -> None:
    events = told(sent(taken_on()), take_back(Consent.PRIVACY), by=DARA)
    case = give(sent(taken_on()), take_back(Consent.PRIVACY), by=DARA)

    assert [type(event) for event in events] == [ConsentRevoked, Withdrawn]
    assert (case.stage, case.outcome) == (Stage.CLOSED, Outcome.WITHDRAWN)


def test_it_is_reopened_only_after_the_consent_was_given_again() -> None:
    ended = give(taken_on(), take_back(Consent.PRIVACY), by=DARA)
    reopen = c.Reopen(text=words())

    with pytest.raises(Refused) as refused:
        told(ended, reopen, by=DARA)

    assert refused.value.why is Why.CONSENT_NEEDED
    assert c.Reopen not in allowed(ended, Role.CONSUMER, RULES.playbook)
    again = give(ended, allow(Consent.PRIVACY), by=DARA)
    assert give(again, reopen, by=DARA).stage is not Stage.CLOSED


def test_a_demand_that_was_to_go_by_mail_falls_to_the_handler_without_sharing() -> None:
    before = mailing()
    after = give(before, take_back(Consent.SHARE_WITH_MERCHANT), by=DARA, rules=BY_MAIL)

    assert before.filing
    assert after.filing
    assert (before.filing.hand, after.filing.hand) == (Hand.MAIL, Hand.HANDLER)
    assert after.filing.state is FilingState.OWED


def test_without_the_mandate_the_platform_is_the_consumers_to_file() -> None:
    at_platform = give(mailing(), c.OpenDoor(door=Door.PLATFORM), rules=BY_MAIL)
    case = give(at_platform, take_back(Consent.MANDATE), by=DARA, now=day(2), rules=BY_MAIL)
    platform = BY_MAIL.playbook.rung(Door.PLATFORM)
    assert case.filing
    assert platform

    assert case.filing.hand is Hand.CONSUMER
    assert case.ball.value == "consumer"
    assert hand_at(filed(consents=PRIVACY), BY_MAIL.playbook, platform) is Hand.CONSUMER


def test_whoever_is_asked_instead_has_the_whole_time_for_it() -> None:
    case = give(
        give(mailing(), c.OpenDoor(door=Door.PLATFORM), rules=BY_MAIL),
        take_back(Consent.MANDATE),
        by=DARA,
        now=day(2),
        rules=BY_MAIL,
    )

    first = next(bell for bell in agenda(case, BY_MAIL) if bell.rule == "file_within")
    assert first.key.endswith(f"/{case.version}")
    assert first.tell == (Audience.CONSUMER,)


def test_given_again_the_demand_goes_out_by_mail() -> None:
    case = give(mailing(), take_back(Consent.SHARE_WITH_MERCHANT), by=DARA, rules=BY_MAIL)
    [event] = told(case, allow(Consent.SHARE_WITH_MERCHANT), by=DARA, rules=BY_MAIL)
    case = give(case, allow(Consent.SHARE_WITH_MERCHANT), by=DARA, rules=BY_MAIL)

    assert react(case, event) == (
        Letter(to=Audience.MERCHANT, name="demand", door=Door.MERCHANT, files=True),
        Letter(to=Audience.MERCHANT, name="answer_code", door=Door.MERCHANT),
    )


def test_the_handler_hears_what_was_taken_back() -> None:
    case = filed()
    [event] = told(case, take_back(Consent.MANDATE))

    assert [letter.name for letter in react(case, event)] == ["consent_revoked"]


def test_what_was_filed_already_stays_filed() -> None:
    before = sent(taken_on())
    after = give(before, take_back(Consent.MANDATE), by=DARA)

    assert after.filing == before.filing


def test_cases_and_events_from_before_read_as_they_did() -> None:
    """A stored case says nothing of texts, and a filing nothing of other hands."""
    old = plain(taken_on())
    assert "shown" not in old["complaint"]
    assert "handed_seq" not in old["filings"][0]

    assert plain(case_from(old)) == old


def test_both_events_survive_the_way_to_json_and_back() -> None:
    for command in (allow(Consent.PUBLICATION), take_back(Consent.MANDATE)):
        [event] = told(filed(), command, by=DARA)

        assert event_from(kind_of(type(event)), plain(event)) == event


def test_the_texts_that_were_read_are_kept_with_the_complaint() -> None:
    shown = (allow(Consent.PRIVACY).shown,)
    case = replace(filed(), complaint=complaint(shown=shown))

    assert case_from(plain(case)).complaint.shown == shown


def test_the_clock_touches_no_consent() -> None:
    with pytest.raises(Refused):
        told(filed(), take_back(Consent.MANDATE), by=Actor(role=Role.CLOCK))
