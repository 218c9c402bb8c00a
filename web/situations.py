"""Where a case stands, in the one word that its heading and its next step are told by."""

from datetime import datetime
from enum import StrEnum

from services.cases.views import CaseView
from services.lifecycle.bells import local_day
from services.lifecycle.case import Case
from services.lifecycle.kinds import Hand, Stage
from services.wording.say import phrase, say


class Situation(StrEnum):
    CLOSED = "closed"
    PAUSED = "paused"
    CHOOSE_DOOR = "choose_door"
    QUESTION = "question"
    OFFER = "offer"
    PROMISE = "promise"
    PROMISE_DUE = "promise_due"
    WISH = "wish"
    FIRST_LOOK = "first_look"
    FILE_YOURSELF = "file_yourself"
    FILE_BY_US = "file_by_us"
    MAIL_SOON = "mail_soon"
    WAITING = "waiting"
    DECIDE = "decide"


def situation(case: Case, *, now: datetime) -> Situation:
    """The first that holds, in the order in which the ball is decided."""
    if case.stage is Stage.CLOSED:
        return Situation.CLOSED
    if case.pause:
        return Situation.PAUSED
    if case.question:
        return Situation.CHOOSE_DOOR if case.question.choose_door else Situation.QUESTION
    if case.offer:
        return Situation.OFFER
    if case.promise:
        late = case.promise.due_on < local_day(now)
        return Situation.PROMISE_DUE if late else Situation.PROMISE
    if case.wish:
        return Situation.WISH
    if case.stage is Stage.SUBMITTED:
        return Situation.FIRST_LOOK
    return at_door(case)


def at_door(case: Case) -> Situation:
    filing = case.filing
    if filing is None or not (filing.owed or filing.waits):
        return Situation.DECIDE
    if filing.waits:
        return Situation.WAITING
    return {
        Hand.CONSUMER: Situation.FILE_YOURSELF,
        Hand.HANDLER: Situation.FILE_BY_US,
        Hand.MAIL: Situation.MAIL_SOON,
    }[filing.hand]


def told(view: CaseView, group: str = "Situation") -> str:
    """As one sentence, for the desk or, from another group of words, for the consumer."""
    case = view.case
    return phrase(
        group,
        situation(case, now=view.now).value,
        door=say(case.door) if case.door else "",
        outcome=say(case.outcome) if case.outcome else "",
        holder=say(case.pause.holder) if case.pause else "",
    )
