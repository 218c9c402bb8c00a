"""What a merchant is asked, in three lines: the order, what is wrong, and what was told of it; by
which day, what silence brings, and what they answered so far.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from services.cases.rows import title
from services.cases.views import CaseView, EventView
from services.lifecycle import events as e
from services.lifecycle.answering import demand
from services.lifecycle.bells import local_day
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Door, Role, Stage, Verdict
from services.lifecycle.permissions import AT_DOOR
from services.tenants.seats import Seat
from services.wording.letters import say_demand
from services.wording.numbers import say_day, say_money
from services.wording.say import phrase, say
from web import dues
from web.bilingual import in_language
from web.caller import caller_of
from web.countdown import GAP, PRESSING, URGENT, Countdown
from web.page import Asked

ANSWERS = (e.AnswerRecorded, e.OfferMade, e.Promised)


class AnswerState(StrEnum):
    """Where a merchant stands with the demand; before any of these they are asked for the code."""

    NOT_SENT = "not_sent"
    OPEN = "open"
    LATE = "late"
    SENT = "sent"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One answer that was received over the link. `number` is that of its receipt; `becomes` is
    what it is in the law: an answer, an offer or a promise.
    """

    number: str
    at: datetime
    words: Words | None = None
    becomes: str = "answer"
    verdict: Verdict | None = None
    amount: Decimal | None = None
    day: date | None = None


def page_data(request: Asked, view: CaseView, seat: Seat) -> dict[str, Any]:
    organisation = caller_of(request).organisation
    number = f"{organisation.prefix if organisation else ''}{view.number}"
    rung, complaint = view.rules.playbook.rung(Door.MERCHANT), view.case.complaint
    return {
        "case": view,
        "slug": seat.slug,
        "number": number,
        "today": local_day(view.now),
        "state": state(view),
        "takes_answers": takes_answers(view),
        "countdown": countdown(view),
        "consumer": complaint.consumer.name.text,
        "lines": tuple(lines(view)),
        "story": complaint.facts.text,
        "wants": tuple(map(say_demand, complaint.demands)),
        "silence": in_language(rung.if_nobody_acts) if rung else None,
        "given": tuple(given(view, number)),
        "decision": decision(view),
    }


def state(view: CaseView) -> AnswerState:
    if any(told(view)) and view.case.stage is not Stage.CLOSED:
        return AnswerState.SENT
    if not takes_answers(view):
        filing = demand(view.case)
        is_early = filing is not None and filing.owed and view.case.stage in AT_DOOR
        return AnswerState.NOT_SENT if is_early else AnswerState.CLOSED
    by = view.answering.by
    return AnswerState.LATE if by and view.now >= by.due else AnswerState.OPEN


def takes_answers(view: CaseView) -> bool:
    """The law has the last word; a form that it can only refuse is not shown."""
    filing, until = demand(view.case), view.answering.until
    sent = filing is not None and filing.sent_on is not None
    return sent and view.case.stage in AT_DOOR and not (until and view.now >= until)


def countdown(view: CaseView) -> Countdown | None:
    """Only while the day lies ahead and an answer is taken."""
    by = view.answering.by
    if by is None or view.now >= by.due or not takes_answers(view) or any(told(view)):
        return None
    due = dues.of_bell(by, now=view.now, calendar=view.rules.calendar)
    before, _, after = phrase("Countdown", "answer", day=GAP).partition(GAP)
    tone = "over" if due.press in URGENT else "soon" if due.press in PRESSING else "calm"
    return Countdown(due=due, before=before, after=after, tone=tone)


def lines(view: CaseView) -> Iterator[str]:
    complaint, order = view.case.complaint, view.case.complaint.order
    named = order.number.text if order.number else None
    parts = (
        say(complaint.platform),
        phrase("Claim", "order", number=named) if named else "",
        phrase("Claim", "paid", amount=say_money(order.amount)) if order.amount is not None else "",
    )
    yield " · ".join(filter(None, parts))
    received = order.received_on
    when = phrase("Claim", "received", day=say_day(received)) if received else ""
    yield " · ".join(filter(None, (say(complaint.problem), when)))
    if first := title(view.case):
        yield first


def told(view: CaseView) -> Iterator[EventView]:
    """Newest first: what the merchant said over this link."""
    return (
        each
        for each in reversed(view.events)
        if each.role is Role.MERCHANT and isinstance(each.event, ANSWERS)
    )


def decision(view: CaseView) -> str | None:
    """What became of their latest offer or promise; the consumer's reasons stay the consumer's."""
    offer, promise = (
        next(reversed(view.case.offers), None),
        next(reversed(view.case.promises), None),
    )
    if promise:
        return phrase("Decision", {None: "due", True: "kept", False: "not_kept"}[promise.kept])
    if offer:
        return phrase("Decision", "refused" if offer.accepted is False else "weighed")
    return None


def given(view: CaseView, number: str) -> Iterator[Given]:
    for each in told(view):
        plain = Given(number=f"{number}-{each.seq}", at=each.at)
        match each.event:
            case e.AnswerRecorded(verdict=verdict, text=words):
                yield replace(plain, verdict=verdict, words=words)
            case e.OfferMade(terms=words, amount=amount, fulfil_by=day):
                yield replace(plain, becomes="offer", words=words, amount=amount, day=day)
            case e.Promised(what=words, amount=amount, due_on=day):
                yield replace(plain, becomes="promise", words=words, amount=amount, day=day)
