"""The slow lane: kept, and looked at by a person before anything goes out; never refused."""

from dataclasses import replace
from uuid import UUID

import pytest

from services.cases.orders import order
from services.lifecycle import commands as c
from services.lifecycle.agenda import agenda
from services.lifecycle.bells import Act
from services.lifecycle.case import Case
from services.lifecycle.decide import decide
from services.lifecycle.events import Filed
from services.lifecycle.evolve import born
from services.lifecycle.kinds import Reason, Role, Stage
from services.lifecycle.playbook import FirstLook, Rules
from services.lifecycle.react import react
from services.lifecycle.signs import Sign
from services.lifecycle.wire import event_from, plain
from services.tenants import seats
from tests.lifecycle.cast import DARA, MONDAY, PINNED, RULES, complaint, give, words

PINNED_TENANT = UUID(int=7)
FORWARDING = Rules(
    playbook=replace(RULES.playbook, first_look=FirstLook.FORWARD), calendar=RULES.calendar
)


def filed(*signs: Sign) -> tuple[Case, Filed]:
    command = c.File(complaint=complaint(), playbook=PINNED, signs=signs)
    [event] = decide(None, command, by=DARA, now=MONDAY, rules=RULES)
    assert isinstance(event, Filed)
    return born(event), event


def forwards(case: Case) -> bool:
    return any(bell.act is Act.FORWARD for bell in agenda(case, FORWARDING))


def test_a_suspicious_complaint_is_kept_and_nothing_goes_out():
    """ABU-03: no notice before a person has accepted the case."""
    case, event = filed(Sign.TRAP)

    assert case.stage is Stage.SUBMITTED
    assert react(case, event) == ()
    assert not forwards(case)
    assert forwards(filed()[0])


def test_it_waits_for_a_person_with_the_same_first_look_as_any_other():
    slow, plain_one = agenda(filed(Sign.TRAP)[0], RULES), agenda(filed()[0], RULES)

    assert [(bell.rule, bell.due) for bell in slow] == [(b.rule, b.due) for b in plain_one]


@pytest.mark.parametrize("looked", [c.TakeOn(), c.Ask(text=words())], ids=["taken on", "asked"])
def test_whoever_looked_brings_it_back_among_the_others(looked: c.Command):
    case = give(filed(Sign.MANY_FROM_PLACE)[0], looked)

    assert case.signs == ()


def test_it_can_be_declined_and_withdrawn_like_any_other():
    case, _ = filed(*Sign)

    assert give(case, c.Decline(reason=Reason.OTHER, text=words())).stage is Stage.CLOSED
    assert give(case, c.Withdraw(reason=Reason.OTHER), by=DARA).stage is Stage.CLOSED


def test_what_we_noticed_is_no_part_of_what_was_sent():
    """Sent twice, the second press may be one too many; it is the same complaint."""
    seat = replace(seats.public(tenant=PINNED_TENANT, slug="acme"), role=Role.CONSUMER)
    command = c.File(complaint=complaint(), playbook=PINNED)
    hashes = {
        order(
            seat, replace(command, signs=signs), command_id=PINNED_TENANT, case_id=None
        ).content_hash
        for signs in ((), (Sign.TRAP,), tuple(Sign))
    }

    assert len(hashes) == 1


def test_filings_from_before_read_as_they_did():
    _, event = filed()
    told = plain(event)
    assert "signs" not in told

    assert event_from("filed", told) == event
