"""The order that a letter to the other side is about, a line for each thing that names it."""

from collections.abc import Iterator
from datetime import date

from services.lifecycle.bells import local_day
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Door, FilingState
from services.notices.facts import Facts
from services.wording.numbers import say_day, say_money
from services.wording.say import phrase, say
from services.wording.standing import say_state, state_of

GROUP = "Order"


def order(facts: Facts) -> Iterator[str]:
    complaint = facts.case.complaint
    merchant, bought = complaint.merchant, complaint.order
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


def told(words: Words | None) -> str:
    """A mail is not taken back: words that were erased meanwhile are not in it."""
    return (words.text or "").strip() if words else ""
