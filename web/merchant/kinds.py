"""How a merchant can answer, which fields each way has, and which command comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.cases.views import CaseView
from services.lifecycle import commands as c
from services.lifecycle.bells import local_day
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Ball, Door, Verdict
from services.lifecycle.refusals import Why
from services.wording.say import phrase, say
from web.forms import TEXT_MAX, Flaw, FormReader

KIND, SUM, DAY, BACK, TEXT = (
    f"answering.{name}" for name in ("kind", "sum", "day", "back", "text")
)


class AnswerKind(StrEnum):
    AGREE = "agree"
    REFUND = "refund"
    REPLACE = "replace"
    REPAIR = "repair"
    PARTIAL = "partial"
    EXPLAIN = "explain"
    DISPUTE = "dispute"
    NOT_US = "not_us"


class GoodsBack(StrEnum):
    NONE = "none"
    OUR_COST = "our_cost"
    YOUR_COST = "your_cost"


K = AnswerKind
OFFERS: Final = frozenset({K.REFUND, K.REPLACE, K.REPAIR, K.PARTIAL})
WITH_SUM: Final = frozenset({K.REFUND, K.PARTIAL})
WITH_DAY: Final = OFFERS | {K.AGREE}
VERDICTS: Final[Mapping[AnswerKind, Verdict]] = {
    K.EXPLAIN: Verdict.EXPLAINED,
    K.DISPUTE: Verdict.REFUSED,
    K.NOT_US: Verdict.WRONG_PARTY,
}
TEXT_HELD: Final = TEXT_MAX - 200
"""What we say before the merchant's own words must have room, too."""
Command = c.RecordAnswer | c.MakeOffer | c.Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """As it will be told to the consumer, word for word. `own` is what the merchant typed."""

    kind: AnswerKind
    words: Words
    own: str
    amount: Decimal | None = None
    day: date | None = None


def offered(view: CaseView) -> tuple[AnswerKind, ...]:
    """While the consumer weighs an offer, it can be bettered or explained, not taken back."""
    away = (K.DISPUTE, K.NOT_US) if view.case.offer else ()
    return tuple(kind for kind in AnswerKind if kind not in away)


def read(form: FormReader, view: CaseView) -> Answer | None:
    """Only the fields of the chosen kind count; None when something is wrong, as the form tells."""
    today = local_day(view.now)
    kind = form.choice(KIND, offered(view), needed=True)
    own = form.text(TEXT, longest=TEXT_HELD, needed=kind in VERDICTS)
    if kind is None:
        return None
    amount = form.money(SUM, needed=True) if kind in WITH_SUM else None
    day = form.day(DAY, today=today, ahead=True, needed=True) if kind in WITH_DAY else None
    back = form.choice(BACK, GoodsBack, needed=True) if kind in OFFERS else None
    if day and day < today:
        form.fault(DAY, Why.IN_THE_PAST)
    if amount == 0:
        form.fault(SUM, Flaw.NOT_MONEY)
    if form.faults:
        return None
    if kind is K.AGREE:
        amount = demanded(view)
    return Answer(
        kind=kind, words=Words(text=told(kind, back, own)), own=own, amount=amount, day=day
    )


def demanded(view: CaseView) -> Decimal | None:
    """All that was asked for in money, where any was."""
    sums = [each.amount for each in view.case.complaint.demands if each.amount is not None]
    return sum(sums, Decimal(0)) if sums else None


def told(kind: AnswerKind, back: GoodsBack | None, own: str) -> str:
    """What was ticked in words, then what was typed; an answer is the words alone."""
    if kind in VERDICTS:
        return own
    ticked = phrase("AnswerTerms", kind.value)
    if back:
        ticked = phrase("AnswerTerms", "with_back", ticked=ticked, back=say(back))
    return f"{ticked}\n{own}" if own else ticked


def command(answer: Answer, *, today: date) -> Command:
    match answer:
        case Answer(kind=K.AGREE, day=date() as day):
            return c.Promise(
                promisor=Ball.MERCHANT, what=answer.words, due_on=day, amount=answer.amount
            )
        case Answer(day=date() as day):
            return c.MakeOffer(
                party=Ball.MERCHANT, terms=answer.words, fulfil_by=day, amount=answer.amount
            )
        case _:
            verdict = VERDICTS[answer.kind]
            return c.RecordAnswer(door=Door.MERCHANT, verdict=verdict, on=today, text=answer.words)
