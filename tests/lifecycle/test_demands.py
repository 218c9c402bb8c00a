"""Demands as the law knows them: how much it gives, and what it does not let stand together."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.lifecycle.demands import (
    CONSUMERS_ONLY,
    REFUNDS,
    SUMS,
    USUAL,
    Reckoning,
    clash_of,
    legal,
    menu,
    unfit,
)
from services.lifecycle.facts import Complaint, Demand
from services.lifecycle.kinds import DemandKind, Problem, Purpose
from services.lifecycle.playbook import DemandRule
from services.lifecycle.refusals import Why
from tests.lifecycle.cast import complaint

K = DemandKind
MONEY = st.decimals(min_value=0, max_value=10**8, places=2)
SHUT_TO_MIXED = DemandRule(kind=K.FRAUD_TRIPLE, basis=(), closed_to=frozenset({Purpose.MIXED}))


def asked(
    *demands: tuple[DemandKind, int | None],
    paid: int | None = 1286,
    purpose: Purpose = Purpose.OWN_USE,
) -> Complaint:
    filed = complaint()
    return replace(
        filed,
        order=replace(filed.order, amount=money(paid), purpose=purpose),
        demands=tuple(Demand(kind=kind, amount=money(sum_)) for kind, sum_ in demands),
    )


def money(yuan: int | None) -> Decimal | None:
    return None if yuan is None else Decimal(yuan)


def whys(filed: Complaint, *rules: DemandRule) -> list[tuple[int, Why]]:
    return [(each.place, each.why) for each in unfit(filed, rules)]


@pytest.mark.parametrize(
    ("kind", "paid", "loss", "gives"),
    [
        (K.RETURN_REFUND, "1286", None, ("0", "1286", Reckoning.PAID)),
        (K.FRAUD_TRIPLE, "1286", None, ("3858", "5144", Reckoning.TRIPLE)),
        (K.FRAUD_TRIPLE, "100", None, ("500", "600", Reckoning.TRIPLE_FLOOR)),
        (K.FRAUD_TRIPLE, "166.66", None, ("500", "666.66", Reckoning.TRIPLE_FLOOR)),
        (K.FRAUD_TRIPLE, "166.67", None, ("500.01", "666.68", Reckoning.TRIPLE)),
        (K.FOOD_TENFOLD, "238", None, ("2380", "2380", Reckoning.TENFOLD)),
        (K.FOOD_TENFOLD, "20", None, ("1000", "1000", Reckoning.TENFOLD_FLOOR)),
        (K.FOOD_TENFOLD, "20", "700", ("2100", "2100", Reckoning.TENFOLD_LOSS)),
        (K.FOOD_TENFOLD, "100", "300", ("1000", "1000", Reckoning.TENFOLD)),
    ],
)
def test_the_law_gives_this_much(
    kind: DemandKind, paid: str, loss: str | None, gives: tuple[str, str, Reckoning]
):
    found = legal(kind, paid=Decimal(paid), loss=Decimal(loss) if loss else None)

    assert found
    added, whole, how = gives
    assert (found.added, found.sum, found.how) == (Decimal(added), Decimal(whole), how)


def test_where_no_price_is_known_or_the_law_names_no_sum_none_is_made_up():
    assert legal(K.FRAUD_TRIPLE, paid=None) is None
    assert legal(K.PRICE_REDUCTION, paid=Decimal(100)) is None
    assert legal(K.APOLOGY, paid=Decimal(100)) is None


@given(MONEY, MONEY, MONEY)
def test_the_multiples_keep_their_floors_and_never_fall_with_the_price(
    paid: Decimal, more: Decimal, loss: Decimal
):
    for kind, floor in ((K.FRAUD_TRIPLE, 500), (K.FOOD_TENFOLD, 1000)):
        one = legal(kind, paid=paid, loss=loss)
        dearer = legal(kind, paid=paid + more, loss=loss)
        assert one
        assert dearer
        assert one.added >= floor
        assert dearer.added >= one.added
        assert one.sum >= one.added
    triple, tenfold = (legal(k, paid=paid, loss=loss) for k in (K.FRAUD_TRIPLE, K.FOOD_TENFOLD))
    assert triple
    assert tenfold
    assert triple.added >= 3 * paid
    assert tenfold.added >= max(10 * paid, 3 * loss)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (K.REFUND_FULL, K.RETURN_REFUND, Why.DEMANDS_SAME_MONEY),
        (K.RETURN_REFUND, K.PRICE_REDUCTION, Why.DEMANDS_SAME_MONEY),
        (K.RETURN_REFUND, K.EXCHANGE, Why.DEMAND_ENDS_THE_DEAL),
        (K.FRAUD_TRIPLE, K.REPAIR, Why.DEMAND_ENDS_THE_DEAL),
        (K.EXCHANGE, K.REPAIR, Why.DEMANDS_ONE_CURE),
        (K.FRAUD_TRIPLE, K.FOOD_TENFOLD, Why.DEMANDS_ONE_MULTIPLE),
        (K.FRAUD_TRIPLE, K.RETURN_REFUND, Why.DEMAND_HOLDS_REFUND),
        (K.APOLOGY, K.APOLOGY, Why.DEMAND_TWICE),
    ],
)
def test_what_cannot_stand_together_is_told_with_its_reason(
    one: DemandKind, other: DemandKind, why: Why
):
    assert whys(asked((one, None), (other, None))) == [(1, why)]
    assert clash_of(other, one) is why


@pytest.mark.parametrize(
    "together",
    [
        (K.RETURN_REFUND, K.ACTUAL_LOSS, K.APOLOGY),
        (K.RETURN_REFUND, K.FOOD_TENFOLD, K.ACTUAL_LOSS),
        (K.REPAIR, K.ACTUAL_LOSS),
        (K.REPAIR, K.PRICE_REDUCTION),
        (K.RESEND, K.LATE_SHIPPING),
        (K.REFUND_FULL, K.PLATFORM_LIABILITY, K.INVOICE),
    ],
)
def test_what_the_law_lets_stand_together_stands(together: tuple[DemandKind, ...]):
    assert whys(asked(*((kind, None) for kind in together))) == []


def test_no_multiple_is_for_who_bought_to_sell_whatever_a_playbook_says():
    for kind in CONSUMERS_ONLY:
        assert whys(asked((kind, None), purpose=Purpose.RESALE)) == [(0, Why.DEMAND_CONSUMERS_ONLY)]
        assert whys(asked((kind, None), purpose=Purpose.FARMING)) == []


def test_a_playbook_may_shut_more():
    filed = asked((K.FRAUD_TRIPLE, None), purpose=Purpose.MIXED)

    assert whys(filed) == []
    assert whys(filed, SHUT_TO_MIXED) == [(0, Why.DEMAND_CONSUMERS_ONLY)]


def test_nobody_asks_back_more_than_was_paid_nor_more_than_the_law_multiplies():
    assert whys(asked((K.RETURN_REFUND, 1287))) == [(0, Why.DEMAND_ABOVE_PAID)]
    assert whys(asked((K.PRICE_REDUCTION, 2000))) == [(0, Why.DEMAND_ABOVE_PAID)]
    assert whys(asked((K.FRAUD_TRIPLE, 5145))) == [(0, Why.DEMAND_ABOVE_LAW)]
    assert whys(asked((K.FRAUD_TRIPLE, 5144))) == []
    assert whys(asked((K.FOOD_TENFOLD, 3000), paid=20)) == [(0, Why.DEMAND_ABOVE_LAW)]
    assert whys(asked((K.FOOD_TENFOLD, 3000), (K.ACTUAL_LOSS, 1000), paid=20)) == []
    assert whys(asked((K.RETURN_REFUND, 99999), paid=None)) == []


@given(st.lists(st.sampled_from(K), max_size=5, unique=True), st.sampled_from(Purpose))
def test_less_is_never_worse_and_the_order_of_two_does_not_matter(
    kinds: list[DemandKind], purpose: Purpose
):
    filed = asked(*((kind, None) for kind in kinds), purpose=purpose)
    turned = asked(*((kind, None) for kind in reversed(kinds)), purpose=purpose)
    fewer = replace(filed, demands=filed.demands[:-1])

    assert sorted(why for _, why in whys(filed)) == sorted(why for _, why in whys(turned))
    assert len(whys(fewer)) <= len(whys(filed))


@given(st.sampled_from(Problem), st.sampled_from(Purpose))
def test_whatever_is_offered_can_be_demanded_by_itself(problem: Problem, purpose: Purpose):
    offered = menu([], problem=problem, purpose=purpose)
    kinds = [rule.kind for rule in (*offered.usual, *offered.more)]

    assert len(kinds) == len(set(kinds))
    assert {*kinds, *(rule.kind for rule in offered.shut)} == set(K)
    for kind in kinds:
        assert whys(asked((kind, None), purpose=purpose)) == []
    for rule in offered.shut:
        assert whys(asked((rule.kind, None), purpose=purpose)) != []


def test_where_the_platform_answers_its_liability_stands_first():
    told = menu([], problem=Problem.QUALITY, purpose=Purpose.OWN_USE, platform_answers=True)

    assert told.usual[0].kind is K.PLATFORM_LIABILITY
    assert len({rule.kind for rule in (*told.usual, *told.more)}) == len(K)


def test_every_problem_has_demands_that_are_usual():
    assert USUAL.keys() == set(Problem)
    assert all(USUAL.values())
    assert REFUNDS | CONSUMERS_ONLY <= SUMS
