"""A letter in words: what happened, what comes next, which date counts, and where to see it all.

Nobody's own words stand in it, save in a demand, which is made of them (security.md, ABU-04)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from services.lifecycle.bells import BellKind, local_day
from services.lifecycle.kinds import Audience, ProofKind, Role
from services.notices import demands
from services.notices.facts import Facts
from services.wording import ringing
from services.wording.language import DEFAULT, Language, speaking
from services.wording.say import phrase, say, vocabulary
from services.wording.standing import Standing, say_standing

FRAME, NEWS, NEXT, NAME = "Letter", "LetterNews", "LetterNext", "LetterName"
DEMAND: Final = "demand"
STAFF: Final = (Audience.HANDLER, Audience.MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    subject: str
    text: str


def compose(facts: Facts, *, language: Language = DEFAULT) -> Composed:
    with speaking(language):
        name = phrase(NAME, key_of(NAME, facts))
        subject = phrase(FRAME, "subject", letter=name, number=facts.number)
        return Composed(subject=subject, text="\n\n".join(paragraphs(facts)) + "\n")


def paragraphs(facts: Facts) -> Iterator[str]:
    yield greeting(facts)
    if is_demand(facts):
        yield from demands.paragraphs(facts)
        name = demands.told(facts.case.complaint.consumer.name)
        yield phrase(FRAME, "signature.forwarded", name=name, association=facts.association)
        return
    yield news(facts)
    yield phrase(NEXT, key_of(NEXT, facts))
    yield from outlook(facts)
    yield phrase(FRAME, "signature", association=facts.association)


def is_demand(facts: Facts) -> bool:
    return facts.letter.letter == DEMAND and facts.letter.to not in STAFF


def greeting(facts: Facts) -> str:
    match facts.letter.to:
        case Audience.HANDLER | Audience.MANAGER:
            return phrase(FRAME, "greeting.staff")
        case Audience.MERCHANT:
            merchant = facts.case.complaint.merchant
            name = demands.told(merchant.company or merchant.shop)
            named = ".named" if name else ""
            return phrase(FRAME, f"greeting.merchant{named}", name=name)
        case Audience.CONSUMER | Audience.PLATFORM | Audience.REGULATOR:
            return phrase(FRAME, f"greeting.{facts.letter.to}")
        case _:
            assert_never(facts.letter.to)


def news(facts: Facts) -> str:
    outcome = say(facts.case.outcome) if facts.case.outcome else ""
    return phrase(
        NEWS,
        key_of(NEWS, facts),
        number=facts.number,
        door=ringing.say_door(facts.letter.door),
        outcome=outcome,
    )


def outlook(facts: Facts) -> Iterator[str]:
    """Other parties are told which order it is about, and no more of the case."""
    reader = reader_of(facts.letter.to)
    if reader is None:
        yield "\n".join(demands.order(facts))
        return
    today = local_day(facts.now)
    yield phrase(
        FRAME,
        "standing",
        standing=say_standing(Standing.of(facts.case), reader=reader, today=today),
    )
    bell = next((bell for bell in facts.agenda if bell.kind is BellKind.DEADLINE), None)
    if bell:
        yield phrase(FRAME, "date", line=ringing.line(bell, today=today))
    if facts.page:
        kind = "consumer" if reader is Role.CONSUMER else "staff"
        yield phrase(FRAME, f"page.{kind}", address=facts.page)


def reader_of(to: Audience) -> Role | None:
    match to:
        case Audience.CONSUMER:
            return Role.CONSUMER
        case Audience.HANDLER:
            return Role.CASEWORKER
        case Audience.MANAGER:
            return Role.MANAGER
        case Audience.MERCHANT | Audience.PLATFORM | Audience.REGULATOR:
            return None
        case _:
            assert_never(to)


def key_of(group: str, facts: Facts) -> str:
    """The wording for this reader, or for all, or for a letter that a playbook named itself."""
    known = vocabulary()[group]
    letter, to = facts.letter.letter, facts.letter.to
    reader = "staff" if to in STAFF else to.value
    mailed = [f"{letter}.mail"] if was_mailed(facts) else []
    keys = (*mailed, f"{letter}.{reader}", letter, f"other.{reader}", "other")
    return next(key for key in keys if key in known)


def was_mailed(facts: Facts) -> bool:
    filing = facts.case.filing_at(facts.letter.door) if facts.letter.door else None
    return bool(filing and filing.proof and filing.proof.kind is ProofKind.SMTP)
