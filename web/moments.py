"""The moments of a case as its consumer meets them: each has a heading, an explanation and one main
act of its own. Finer than the situations of the desk, which asks only what we have to do."""

from enum import StrEnum

from services.cases.views import CaseView
from services.lifecycle.case import Case
from services.lifecycle.facts import Filing
from services.lifecycle.kinds import Ball, Door, FilingState, Hand, Outcome, Platform, Reason
from services.wording.say import phrase, say, vocabulary
from web.situations import Situation, situation


class Moment(StrEnum):
    RECEIVED = "received"
    LOOK_LATE = "look_late"
    QUESTION = "question"
    CHOOSE_DOOR = "choose_door"
    OFFER = "offer"
    OFFER_LATE = "offer_late"
    ACCEPTED = "accepted"
    PROMISE = "promise"
    PROMISE_YOURS = "promise_yours"
    PROMISE_DUE = "promise_due"
    WISH = "wish"
    MERCHANT_YOURS = "merchant_yours"
    MERCHANT_OURS = "merchant_ours"
    MERCHANT_SENT = "merchant_sent"
    MERCHANT_LATE = "merchant_late"
    MERCHANT_REFUSED = "merchant_refused"
    MERCHANT_SPOKE = "merchant_spoke"
    MERCHANT_SILENT = "merchant_silent"
    PLATFORM_YOURS = "platform_yours"
    PLATFORM_OURS = "platform_ours"
    PLATFORM_SENT = "platform_sent"
    PLATFORM_LATE = "platform_late"
    PLATFORM_REFUSED = "platform_refused"
    PLATFORM_SPOKE = "platform_spoke"
    ASSOCIATION_SENT = "association_sent"
    ASSOCIATION_LATE = "association_late"
    ASSOCIATION_SPOKE = "association_spoke"
    ASSOCIATION_ENDED = "association_ended"
    REGULATOR_YOURS = "regulator_yours"
    REGULATOR_OURS = "regulator_ours"
    REGULATOR_SENT = "regulator_sent"
    REGULATOR_ACCEPTED = "regulator_accepted"
    REGULATOR_LATE = "regulator_late"
    REGULATOR_REFUSED = "regulator_refused"
    REGULATOR_ENDED = "regulator_ended"
    REGULATOR_SPOKE = "regulator_spoke"
    LAW_YOURS = "law_yours"
    LAW_OURS = "law_ours"
    LAW_SENT = "law_sent"
    LAW_ACCEPTED = "law_accepted"
    LAW_LATE = "law_late"
    LAW_REFUSED = "law_refused"
    LAW_SPOKE = "law_spoke"
    PAUSED = "paused"
    SOLVED = "solved"
    PARTLY = "partly"
    NOT_SOLVED = "not_solved"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    NOT_PURSUED = "not_pursued"


PLAIN = {
    Situation.PAUSED: Moment.PAUSED,
    Situation.CHOOSE_DOOR: Moment.CHOOSE_DOOR,
    Situation.QUESTION: Moment.QUESTION,
    Situation.PROMISE_DUE: Moment.PROMISE_DUE,
    Situation.WISH: Moment.WISH,
}
ENDED = {
    Outcome.SOLVED: Moment.SOLVED,
    Outcome.PARTLY: Moment.PARTLY,
    Outcome.NOT_SOLVED: Moment.NOT_SOLVED,
    Outcome.WITHDRAWN: Moment.WITHDRAWN,
    Outcome.DECLINED: Moment.DECLINED,
    Outcome.NOT_PURSUED: Moment.NOT_PURSUED,
}
LESS = {"accepted": "sent", "refused": "spoke", "ended": "spoke", "yours": "ours", "ours": "spoke"}
"""What is said where a door has no words of its own for a state: never more than happened."""


def moment(view: CaseView) -> Moment:
    case = view.case
    where = situation(case, now=view.now)
    match where:
        case Situation.CLOSED:
            return ENDED[case.outcome or Outcome.NOT_PURSUED]
        case Situation.OFFER:
            return Moment.OFFER if rings(view, "offer") else Moment.OFFER_LATE
        case Situation.FIRST_LOOK:
            return Moment.RECEIVED if rings(view, "first_look") else Moment.LOOK_LATE
        case Situation.PROMISE:
            return promise(case)
        case _:
            return PLAIN[where] if where in PLAIN else at_door(view)


def rings(view: CaseView, rule: str) -> bool:
    """Whether this date still lies ahead: a bell that rang is owed no more."""
    return any(bell.rule == rule for bell in view.agenda)


def promise(case: Case) -> Moment:
    """What was accepted from an offer is told apart from what somebody promised by themselves."""
    assert case.promise
    if case.promise.promisor is Ball.CONSUMER:
        return Moment.PROMISE_YOURS
    accepted = (offer.terms for offer in case.offers if offer.accepted)
    return Moment.ACCEPTED if case.promise.what in accepted else Moment.PROMISE


def at_door(view: CaseView) -> Moment:
    case = view.case
    assert case.door
    if case.door is Door.PLATFORM and is_yours(case.filing) and merchant_silent(case):
        return Moment.MERCHANT_SILENT
    if case.door is Door.LAW and is_yours(case.filing) and mediated_in_vain(case):
        return Moment.ASSOCIATION_ENDED
    state = state_of(case, case.filing)
    while f"{case.door}_{state}" not in set(Moment):
        state = LESS[state]
    return Moment(f"{case.door}_{state}")


def state_of(case: Case, filing: Filing | None) -> str:
    match filing:
        case Filing(owed=True):
            return "yours" if is_yours(filing) else "ours"
        case Filing(waits=True):
            if is_over(case):
                return "late"
            return "accepted" if filing.accepted_on else "sent"
        case Filing(state=FilingState.REFUSED):
            return "refused"
        case Filing(state=FilingState.DONE) if not any(p.kept for p in case.promises):
            return "ended"
        case _:
            return "spoke"


def is_yours(filing: Filing | None) -> bool:
    return filing is not None and filing.owed and filing.hand is Hand.CONSUMER


def merchant_silent(case: Case) -> bool:
    """The demand went out with us, our wait is over, and nothing came back."""
    asked = case.filing_at(Door.MERCHANT)
    return asked is not None and f"{Door.MERCHANT}/wait/{asked.seq}" in case.struck and asked.waits


def mediated_in_vain(case: Case) -> bool:
    asked = case.filing_at(Door.ASSOCIATION)
    return asked is not None and asked.state is FilingState.DONE


def is_over(case: Case) -> bool:
    """Our own wait has ended and the case stayed: of other people's time we say nothing."""
    filing = case.filing
    return filing is not None and f"{case.door}/wait/{filing.seq}" in case.struck


def told(view: CaseView, group: str) -> str:
    """What this group of words says of the moment."""
    case = view.case
    return phrase(
        group,
        moment(view).value,
        party=party(case.offer.party) if case.offer else "",
        promisor=party(case.promise.promisor) if case.promise else "",
        platform=platform(case),
        reason=why_paused(case),
    )


def party(who: Ball) -> str:
    """As somebody is called to the consumer's face."""
    return phrase("PartyForConsumer", who.value)


def platform(case: Case) -> str:
    """By its name, where it is one that we know."""
    named = case.complaint.platform
    return say(Door.PLATFORM) if named is Platform.OTHER else say(named)


def why_paused(case: Case) -> str:
    if case.pause is None:
        return ""
    known = case.pause.reason.value in vocabulary()["PauseForConsumer"]
    reason = case.pause.reason if known else Reason.OTHER
    return phrase("PauseForConsumer", reason.value, holder=party(case.pause.holder))
