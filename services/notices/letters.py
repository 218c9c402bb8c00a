"""What a letter is told of its case. To consumers and staff nobody's own words are sent: they stand
behind the link (security.md, ABU-04). Other parties are told which order it is about; the story and
the name stand in the demand alone, which goes only where the buyer agreed that it goes.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, assert_never

from services.lifecycle.bells import Bell, BellKind, is_elapsed, local_day
from services.lifecycle.deadlines import deadline
from services.lifecycle.facts import Filing
from services.lifecycle.kinds import Audience, Role
from services.lifecycle.playbook import ClockKind
from services.notices.facts import Facts
from services.notices.orders import order, told
from services.tenants.codes import code_of
from services.wording import letters, ringing
from services.wording.language import DEFAULT, Language, speaking
from services.wording.letters import LetterFacts, Written
from services.wording.numbers import say_day, say_moment, say_money
from services.wording.say import say
from services.wording.standing import Standing, say_standing

DEMAND: Final = "demand"
ASKS_BY: Final = {
    "received": "first_look",
    "new_case": "first_look",
    "yours_to_file": "file_within",
    "ours_to_file": "file_within",
    "question": "question",
    "choose_door": "choice",
    "offer": "offer",
    "filed": "wait",
    "merchant_chaser": "wait",
    "mediation_accepted": "wait",
    "last_notice": "rest",
}
"""The bell whose day a letter names."""


def compose(facts: Facts, *, language: Language = DEFAULT) -> Written:
    with speaking(language):
        found = for_reader(facts)
        known = KNOWN.get(facts.letter.letter)
        found = known(found, facts) if known else found
    return letters.write(facts.letter.letter, to=facts.letter.to, language=language, facts=found)


def for_reader(facts: Facts) -> LetterFacts:
    """What every letter to this reader may say."""
    plain = LetterFacts(
        association=facts.association,
        number=facts.number,
        door=facts.letter.door,
        platform=say(facts.case.complaint.platform),
        due=due(facts),
        demo=facts.rules.playbook.demo,
    )
    match facts.letter.to:
        case Audience.CONSUMER:
            seen = outlook(plain, facts, reader=Role.CONSUMER)
            return replace(seen, status_url=facts.page or "")
        case Audience.HANDLER | Audience.MANAGER:
            seen = outlook(plain, facts, reader=Role.CASEWORKER)
            problem = say(facts.case.complaint.problem)
            return replace(seen, problem=problem, case_url=facts.page or "")
        case Audience.MERCHANT | Audience.PLATFORM | Audience.REGULATOR:
            shop = told(facts.case.complaint.merchant.shop)
            found = replace(plain, shop=shop, order=tuple(order(facts)))
            to_merchant = facts.letter.to is Audience.MERCHANT
            return replace(found, answer_url=facts.page or "") if to_merchant else found
        case _:
            assert_never(facts.letter.to)


def outlook(found: LetterFacts, facts: Facts, *, reader: Role) -> LetterFacts:
    today = local_day(facts.now)
    bell = next((bell for bell in facts.agenda if bell.kind is BellKind.DEADLINE), None)
    return replace(
        found,
        standing=say_standing(Standing.of(facts.case), reader=reader, today=today),
        next=ringing.line(bell, today=today) if bell else "",
    )


def due(facts: Facts) -> str:
    """Only our own time is named as a day until which we wait."""
    today, rule = local_day(facts.now), ASKS_BY.get(facts.letter.letter)
    bell = next((bell for bell in facts.agenda if fits(bell, rule)), None)
    return ringing.say_bell_day(bell, today=today) if bell else ""


def fits(bell: Bell, rule: str | None) -> bool:
    return bell.rule == rule and bell.of is ClockKind.OWN


def demand(found: LetterFacts, facts: Facts) -> LetterFacts:
    complaint = facts.case.complaint
    if facts.letter.to in (Audience.HANDLER, Audience.MANAGER):
        return found
    return replace(
        found,
        due=answer_by(facts),
        consumer_name=told(complaint.consumer.name),
        facts=told(complaint.facts),
        demands=tuple(map(letters.say_demand, complaint.demands)),
    )


def answer_by(facts: Facts) -> str:
    """The end of our wait if this letter leaves now: until it has, no wait is running."""
    rung = facts.rules.playbook.rung(facts.letter.door) if facts.letter.door else None
    if rung is None:
        return ""
    today, wait = local_day(facts.now), rung.wait
    start = facts.now if is_elapsed(wait.span) else today
    end = deadline(start, wait.span, calendar=facts.rules.calendar, roll=wait.roll)
    assert end is not None, "nothing pauses a wait that has not begun"
    if end.last_day is None:
        return say_moment(end.due, today=today)
    return say_day(end.last_day, today=today)


def answer_code(found: LetterFacts, facts: Facts) -> LetterFacts:
    """Apart from the link, so that neither of the two letters opens anything alone."""
    return replace(found, answer_url="", answer_code=facts.code or "")


def filed(found: LetterFacts, facts: Facts) -> LetterFacts:
    filing = filing_of(facts)
    if filing is None or filing.proof is None or filing.sent_on is None:
        return found
    on = say_day(filing.sent_on, today=local_day(facts.now))
    return replace(found, on=on, proof=say(filing.proof.kind))


def answered(found: LetterFacts, facts: Facts) -> LetterFacts:
    filing = filing_of(facts)
    return replace(found, reason=say(filing.verdict)) if filing and filing.verdict else found


def accepted(found: LetterFacts, facts: Facts) -> LetterFacts:
    filing = filing_of(facts)
    if filing is None or filing.accepted_on is None:
        return found
    return replace(found, on=say_day(filing.accepted_on, today=local_day(facts.now)))


def filing_of(facts: Facts) -> Filing | None:
    return facts.case.filing_at(facts.letter.door) if facts.letter.door else None


def offered(found: LetterFacts, facts: Facts) -> LetterFacts:
    offer = facts.case.offer
    if offer is None:
        return found
    amount = say_money(offer.amount) if offer.amount is not None else ""
    on = say_day(offer.fulfil_by, today=local_day(facts.now))
    return replace(found, amount=amount, on=on)


def promised(found: LetterFacts, facts: Facts) -> LetterFacts:
    promise = facts.case.promise
    if promise is None:
        return found
    return replace(found, on=say_day(promise.due_on, today=local_day(facts.now)))


def paused(found: LetterFacts, facts: Facts) -> LetterFacts:
    pause = facts.case.pause
    if pause is None:
        return found
    on = say_day(pause.ends_on, today=local_day(facts.now)) if pause.ends_on else ""
    return replace(found, on=on, reason=say(pause.reason))


def coded(found: LetterFacts, facts: Facts) -> LetterFacts:
    return replace(found, code=code_of(facts.letter.case_id, facts.letter.seq))


def closed(found: LetterFacts, facts: Facts) -> LetterFacts:
    outcome = facts.case.outcome
    return replace(found, reason=say(outcome)) if outcome else found


KNOWN: Final[dict[str, Callable[[LetterFacts, Facts], LetterFacts]]] = {
    DEMAND: demand,
    "answer_code": answer_code,
    "filed": filed,
    "answered": answered,
    "mediation_accepted": accepted,
    "offer": offered,
    "offer_open": offered,
    "promised": promised,
    "promise_due": promised,
    "promise_unconfirmed": promised,
    "paused": paused,
    "closed": closed,
    "code_phone": coded,
    "code_email": coded,
}
