"""The bells of what people have in hand: an offer, a question, a choice of doors, a promise."""

from collections.abc import Iterator
from datetime import datetime, time

from services.lifecycle.bells import SHANGHAI, Act, Bell, BellKind, Link, Trigger, ring
from services.lifecycle.case import Case
from services.lifecycle.facts import Offer, Promise, Question
from services.lifecycle.kinds import STAGE_AT, Audience
from services.lifecycle.next_door import next_door
from services.lifecycle.playbook import Rules
from services.lifecycle.spans import Span

TODAY = Span.parse("0 days")
AT_ONCE = Span.parse("0 hours")
MORNING = time(9)


def promised(case: Case, rules: Rules, promise: Promise) -> Iterator[Bell | None]:
    """After the day of the promise we ask whether it arrived; only a person can say so."""
    own = rules.playbook.own
    trigger = Trigger(seq=promise.seq, at=promise.made_at, on=promise.due_on)
    chain: list[Link] = [("promise", TODAY)]
    both, consumer = (Audience.CONSUMER, Audience.HANDLER), (Audience.CONSUMER,)
    for rule, act, tell, letter in (
        ("promise", Act.REMIND, both, "promise_due"),
        ("promise.chase", Act.CHASE, consumer, "promise_unconfirmed"),
        ("promise.handler", Act.ALARM, both[1:], "promise_unconfirmed"),
    ):
        if rule != "promise":
            chain.append((rule, own.promise))
        yield ring(
            case,
            rules,
            trigger,
            *chain,
            act=act,
            kind=BellKind.DEADLINE if rule == "promise" else None,
            door=promise.door,
            tell=tell,
            letter=letter,
            pausable=False,
        )


def offered(case: Case, rules: Rules, offer: Offer) -> Iterator[Bell | None]:
    own = rules.playbook.own
    trigger = Trigger(seq=offer.seq, at=offer.made_at)
    yield ring(
        case,
        rules,
        trigger,
        ("offer", own.offer),
        act=Act.CHASE,
        kind=BellKind.DEADLINE,
        door=offer.door,
        tell=(Audience.CONSUMER, Audience.HANDLER),
        letter="offer_open",
    )


def asked(case: Case, rules: Rules, question: Question) -> Iterator[Bell | None]:
    """An unanswered choice of doors opens the next one, which forecloses nothing; other
    questions are chased.
    """
    own = rules.playbook.own
    trigger = Trigger(seq=question.seq, at=question.asked_at)
    if question.choose_door:
        rung = next_door(case, rules.playbook)
        yield ring(
            case,
            rules,
            trigger,
            ("choice", own.choice),
            kind=BellKind.DEADLINE,
            door=case.door,
            act=Act.CLIMB if rung else Act.ALARM,
            tell=(Audience.HANDLER,),
            letter="choice_over",
            moves_to=STAGE_AT[rung.id] if rung else None,
        )
        return
    yield ring(
        case,
        rules,
        trigger,
        ("question", own.question),
        act=Act.CHASE,
        kind=BellKind.DEADLINE,
        door=case.door,
        tell=(Audience.CONSUMER, Audience.HANDLER),
        letter="question_open",
    )


def wished(case: Case, rules: Rules) -> Iterator[Bell | None]:
    """The consumer chose mediation: accepting is a person's act, and without it the ladder goes
    on.
    """
    own = rules.playbook.own
    rung = next_door(case, rules.playbook)
    trigger = Trigger(seq=case.wish_seq, at=case.wished_at or case.filed_at)
    yield ring(
        case,
        rules,
        trigger,
        ("wish", own.first_look),
        act=Act.CHASE,
        door=case.door,
        tell=(Audience.HANDLER, Audience.MANAGER),
        letter="mediation_wished",
    )
    yield ring(
        case,
        rules,
        trigger,
        ("wish", own.first_look),
        ("wish.over", own.first_look_chase),
        door=case.door,
        act=Act.CLIMB if rung else Act.ALARM,
        kind=BellKind.DEADLINE,
        tell=(Audience.HANDLER,),
        letter="mediation_wished",
        moves_to=STAGE_AT[rung.id] if rung else None,
    )


def arranged(case: Case, rules: Rules) -> Iterator[Bell | None]:
    """Whoever works on the case is reminded in the morning of the day; nothing waits for it."""
    for each in case.appointments:
        morning = datetime.combine(each.on, MORNING, SHANGHAI)
        yield ring(
            case,
            rules,
            Trigger(seq=each.seq, at=max(morning, each.at)),
            ("contact", AT_ONCE),
            act=Act.REMIND,
            tell=(Audience.HANDLER,),
            letter="contact_due",
            pausable=False,
        )
