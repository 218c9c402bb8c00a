"""The demand itself, in the buyer's own name: the one letter that carries a person's words. It goes
only where the buyer agreed that it goes."""

from collections.abc import Iterator
from datetime import date

from services.lifecycle.bells import local_day
from services.lifecycle.facts import Demand, Words
from services.lifecycle.kinds import STAGE_AT, Door, FilingState
from services.lifecycle.next_door import next_door
from services.notices.facts import Facts
from services.wording.numbers import say_day, say_money
from services.wording.say import phrase, say
from services.wording.spans import say_span
from services.wording.standing import say_state, state_of

GROUP = "Demand"


def paragraphs(facts: Facts) -> Iterator[str]:
    complaint, to = facts.case.complaint, facts.letter.to
    yield phrase(
        GROUP,
        f"opening.{to}",
        name=told(complaint.consumer.name),
        association=facts.association,
    )
    yield "\n".join(order(facts))
    yield "\n".join((phrase(GROUP, "facts"), told(complaint.facts)))
    if complaint.demands:
        yield "\n".join((phrase(GROUP, "demands"), *map(demanded, complaint.demands)))
    yield "\n".join(term(facts))
    yield phrase(GROUP, "honest")


def order(facts: Facts) -> Iterator[str]:
    complaint = facts.case.complaint
    merchant, bought = complaint.merchant, complaint.order
    yield phrase(GROUP, "number", number=facts.number)
    yield phrase(GROUP, "platform", platform=say(complaint.platform))
    for key, words in (
        ("shop", merchant.shop),
        ("company", merchant.company),
        ("order", bought.number),
    ):
        if words and words.text:
            yield phrase(GROUP, key, text=told(words))
    for key, day in (("paid", bought.paid_on), ("received", bought.received_on)):
        if day:
            yield phrase(GROUP, key, day=say_day(day))
    if bought.amount is not None:
        yield phrase(GROUP, "amount", amount=say_money(bought.amount))
    yield phrase(GROUP, "problem", problem=say(complaint.problem))
    yield from earlier(facts, today=local_day(facts.now))


def earlier(facts: Facts, *, today: date) -> Iterator[str]:
    """The doors that were tried before this one."""
    for filing in facts.case.filings:
        if filing.door not in (facts.letter.door, Door.REPORT):
            state, on = state_of(filing)
            if filing.state not in (FilingState.OWED, FilingState.PASSED):
                said = say_state(state, filing.door, on=on or filing.sent_on, today=today)
                yield phrase(GROUP, "earlier", door=say(filing.door), state=said)


def demanded(demand: Demand) -> str:
    if demand.amount is None:
        return phrase(GROUP, "demand", demand=say(demand.kind))
    return phrase(GROUP, "demand.amount", demand=say(demand.kind), amount=say_money(demand.amount))


def term(facts: Facts) -> Iterator[str]:
    """Until when an answer is asked for, and what happens without one."""
    playbook = facts.rules.playbook
    rung = playbook.rung(facts.letter.door) if facts.letter.door else None
    if rung:
        yield phrase(GROUP, f"answer.{facts.letter.to}", span=say_span(rung.wait.span))
    onward = next_door(facts.case, playbook)
    if onward:
        yield phrase(GROUP, "onward", stage=say(STAGE_AT[onward.id]))


def told(words: Words | None) -> str:
    """A mail is not taken back: words that were erased meanwhile are not in it."""
    return (words.text or "").strip() if words else ""
