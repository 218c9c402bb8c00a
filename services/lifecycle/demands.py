"""What can be demanded: which demands fit a problem, how much the law gives, and what cannot stand
together. The reckoning is the law's (消费者权益保护法 55, 食品安全法 148).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import Final

from services.lifecycle.facts import Complaint, Demand
from services.lifecycle.kinds import DemandKind, Problem, Purpose
from services.lifecycle.playbook import DemandRule
from services.lifecycle.refusals import Why

K: Final = DemandKind
TRIPLE_FLOOR: Final = Decimal(500)
"""消费者权益保护法 55: what is added is 500 yuan where three times the price is less."""
TENFOLD_FLOOR: Final = Decimal(1000)
"""食品安全法 148: what is added is 1,000 yuan where the multiple is less."""

CONSUMERS_ONLY: Final = frozenset({K.FRAUD_TRIPLE, K.FOOD_TENFOLD})
REFUNDS: Final = frozenset({K.REFUND_FULL, K.RETURN_REFUND})
PARTS: Final = frozenset({K.REFUND_PARTIAL, K.PRICE_REDUCTION})
CURES: Final = frozenset({K.EXCHANGE, K.REPAIR, K.RESEND, K.MAKE_UP_QUANTITY})
SUMS: Final = (
    REFUNDS
    | PARTS
    | CONSUMERS_ONLY
    | {
        *(K.PROMISE_COMPENSATION, K.ACTUAL_LOSS, K.LATE_SHIPPING, K.PLATFORM_LIABILITY),
    }
)
"""The demands that are for money; the others are for something to be done."""

USUAL: Final = {
    Problem.QUALITY: (K.RETURN_REFUND, K.EXCHANGE, K.REPAIR, K.PRICE_REDUCTION),
    Problem.SAFETY: (K.RETURN_REFUND, K.ACTUAL_LOSS, K.FOOD_TENFOLD),
    Problem.COUNTERFEIT: (K.FRAUD_TRIPLE, K.RETURN_REFUND),
    Problem.SHORT_MEASURE: (K.MAKE_UP_QUANTITY, K.PRICE_REDUCTION, K.RETURN_REFUND),
    Problem.MISMATCH: (K.RETURN_REFUND, K.EXCHANGE, K.PRICE_REDUCTION),
    Problem.FALSE_AD: (K.RETURN_REFUND, K.FRAUD_TRIPLE, K.CORRECTION),
    Problem.PRICE: (K.REFUND_PARTIAL, K.FRAUD_TRIPLE),
    Problem.LATE_OR_NO_SHIP: (K.RESEND, K.REFUND_FULL, K.LATE_SHIPPING),
    Problem.NOT_RECEIVED: (K.RESEND, K.REFUND_FULL),
    Problem.DAMAGED: (K.RETURN_REFUND, K.EXCHANGE, K.PRICE_REDUCTION),
    Problem.AFTERSALE_SILENT: (K.RETURN_REFUND, K.EXCHANGE, K.REPAIR),
    Problem.NO_REASON_RETURN_REFUSED: (K.RETURN_REFUND,),
    Problem.UNFAIR_TERMS: (K.REFUND_FULL, K.REFUND_PARTIAL, K.CORRECTION),
    Problem.INVOICE: (K.INVOICE,),
    Problem.PRIVACY_HARASSMENT: (K.DELETE_DATA, K.APOLOGY, K.ACTUAL_LOSS),
    Problem.PREPAID: (K.REFUND_PARTIAL, K.REFUND_FULL),
}
"""`domain.md` 7: what is demanded as a rule; the others are there for whoever looks for them."""


class Reckoning(StrEnum):
    """How a sum comes about."""

    PAID = "paid"
    TRIPLE = "triple"
    TRIPLE_FLOOR = "triple_floor"
    TENFOLD = "tenfold"
    TENFOLD_LOSS = "tenfold_loss"
    TENFOLD_FLOOR = "tenfold_floor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Legal:
    """`added` is the compensation on top of the refund; `sum` is what the demand comes to."""

    sum: Decimal
    added: Decimal
    how: Reckoning


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """`shut`: what people ask for and cannot have for what the goods were bought for."""

    usual: tuple[DemandRule, ...]
    more: tuple[DemandRule, ...]
    shut: tuple[DemandRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """Why the demand at this place cannot be made as it stands."""

    place: int
    why: Why


def menu(
    rules: Sequence[DemandRule],
    *,
    problem: Problem,
    purpose: Purpose,
    platform_answers: bool = False,
) -> Menu:
    """`platform_answers`: the complaint is about the platform itself (消费者权益保护法 44)."""
    known = {rule.kind: rule for rule in rules} or {k: bare(k) for k in K}
    first = (K.PLATFORM_LIABILITY,) if platform_answers else ()
    usual = [known[kind] for kind in (*first, *USUAL[problem]) if kind in known]
    others = [rule for rule in known.values() if rule not in usual]
    return Menu(
        usual=tuple(rule for rule in usual if not is_shut(rule, purpose)),
        more=tuple(rule for rule in others if not is_shut(rule, purpose)),
        shut=tuple(rule for rule in known.values() if is_shut(rule, purpose)),
    )


def bare(kind: DemandKind) -> DemandRule:
    return DemandRule(kind=kind, basis=(), closed_to=frozenset())


def is_shut(rule: DemandRule, purpose: Purpose) -> bool:
    by_law = rule.kind in CONSUMERS_ONLY and purpose is Purpose.RESALE
    return by_law or purpose in rule.closed_to


def legal(kind: DemandKind, *, paid: Decimal | None, loss: Decimal | None = None) -> Legal | None:
    """What the law gives for goods of this price; None where it names no sum, or none is known."""
    if paid is None:
        return None
    match kind:
        case K.REFUND_FULL | K.RETURN_REFUND:
            return Legal(sum=paid, added=Decimal(0), how=Reckoning.PAID)
        case K.FRAUD_TRIPLE:
            added, how = greatest(
                (3 * paid, Reckoning.TRIPLE), (TRIPLE_FLOOR, Reckoning.TRIPLE_FLOOR)
            )
            return Legal(sum=paid + added, added=added, how=how)
        case K.FOOD_TENFOLD:
            added, how = greatest(
                (10 * paid, Reckoning.TENFOLD),
                (3 * (loss or Decimal(0)), Reckoning.TENFOLD_LOSS),
                (TENFOLD_FLOOR, Reckoning.TENFOLD_FLOOR),
            )
            return Legal(sum=added, added=added, how=how)
        case _:
            return None


def greatest(*sums: tuple[Decimal, Reckoning]) -> tuple[Decimal, Reckoning]:
    """The first of the greatest."""
    return max(sums, key=lambda each: each[0])


def unfit(complaint: Complaint, rules: Sequence[DemandRule]) -> tuple[Unfit, ...]:
    """Everything that is wrong with the demands of a complaint, each beside the later of a pair."""
    return tuple(found(complaint.demands, complaint, {rule.kind: rule for rule in rules}))


def found(
    demands: Sequence[Demand], complaint: Complaint, rules: dict[DemandKind, DemandRule]
) -> Iterator[Unfit]:
    purpose = complaint.order.purpose
    for place, demand in enumerate(demands):
        if is_shut(rules.get(demand.kind, bare(demand.kind)), purpose):
            yield Unfit(place=place, why=Why.DEMAND_CONSUMERS_ONLY)
        elif why := too_much(demand, demands, paid=complaint.order.amount):
            yield Unfit(place=place, why=why)
    for (_, one), (place, other) in combinations(enumerate(demands), 2):
        if clash := clash_of(one.kind, other.kind):
            yield Unfit(place=place, why=clash)


def too_much(demand: Demand, among: Sequence[Demand], *, paid: Decimal | None) -> Why | None:
    if demand.amount is None or paid is None:
        return None
    if demand.kind in REFUNDS | PARTS:
        return Why.DEMAND_ABOVE_PAID if demand.amount > paid else None
    loss = sum((d.amount for d in among if d.kind is K.ACTUAL_LOSS and d.amount), Decimal(0))
    most = legal(demand.kind, paid=paid, loss=loss)
    return Why.DEMAND_ABOVE_LAW if most and demand.amount > most.sum else None


def clash_of(one: DemandKind, other: DemandKind) -> Why | None:
    """Of the same goods, one after the other or the other way round."""
    both = {one, other}
    if one is other:
        return Why.DEMAND_TWICE
    if both == CONSUMERS_ONLY:
        return Why.DEMANDS_ONE_MULTIPLE
    if K.FRAUD_TRIPLE in both and both & (REFUNDS | PARTS):
        return Why.DEMAND_HOLDS_REFUND
    if both <= REFUNDS | PARTS:
        return Why.DEMANDS_SAME_MONEY
    if both & CURES and both & (REFUNDS | {K.FRAUD_TRIPLE}):
        return Why.DEMAND_ENDS_THE_DEAL
    if both <= CURES:
        return Why.DEMANDS_ONE_CURE
    return None
