"""What the law says of evidence: the same bytes are one piece, and a case takes twenty."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.lifecycle.decide import Actor, decide
from services.lifecycle.events import EvidenceAdded
from services.lifecycle.evidence import PIECES_MAX
from services.lifecycle.evolve import evolve
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Role
from services.lifecycle.permissions import allowed
from services.lifecycle.refusals import Refused, Why
from tests.lifecycle.cast import DARA, MONDAY, RULES, SHOP, filed, piece


def test_a_piece_stands_on_the_case_with_its_hash_and_changes_nothing_else():
    before = filed()

    (event,) = decide(before, piece(), by=DARA, now=MONDAY, rules=RULES)
    after = evolve(before, event)

    assert isinstance(event, EvidenceAdded)
    assert [(each.seq, each.sha256) for each in after.evidence] == [(2, piece().sha256)]
    assert (after.stage, after.ball, after.door) == (before.stage, before.ball, before.door)


@given(numbers=st.lists(st.integers(0, 60), max_size=60))
def test_each_file_counts_once_and_the_first_twenty_stay(numbers: list[int]):
    case, why = filed(), []
    for n in numbers:
        try:
            (event,) = decide(case, piece(n), by=DARA, now=MONDAY, rules=RULES)
            case = evolve(case, event)
        except Refused as refused:
            why.append(refused.why)

    first = list(dict.fromkeys(numbers))
    assert [each.size - 1000 for each in case.evidence] == first[:PIECES_MAX]
    assert set(why) <= {Why.EVIDENCE_KNOWN, Why.EVIDENCE_FULL}


def test_the_same_bytes_under_another_name_are_known():
    (event,) = decide(filed(), piece(), by=DARA, now=MONDAY, rules=RULES)
    renamed = replace(piece(), name=Words(text="another.jpg"))

    with pytest.raises(Refused) as refused:
        decide(evolve(filed(), event), renamed, by=DARA, now=MONDAY, rules=RULES)

    assert refused.value.why is Why.EVIDENCE_KNOWN


@pytest.mark.parametrize("by", [SHOP, Actor(role=Role.AUDITOR), Actor(role=Role.CLOCK)])
def test_who_may_not_add_evidence_is_refused(by: Actor):
    with pytest.raises(Refused) as refused:
        decide(filed(), piece(), by=by, now=MONDAY, rules=RULES)

    assert refused.value.why is Why.NOT_PERMITTED


def test_a_full_case_offers_no_more():
    case = filed()
    for n in range(PIECES_MAX):
        (event,) = decide(case, piece(n), by=DARA, now=MONDAY, rules=RULES)
        case = evolve(case, event)

    assert type(piece()) not in allowed(case, Role.CONSUMER, RULES.playbook)
