"""What of a case can be searched: who, where, which numbers, and the story as it was told."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from services.cases.search_words import line, phone_line, vector
from services.lifecycle import events as e
from services.lifecycle.events import Event
from services.lifecycle.facts import Complaint, Proof, Words
from services.lifecycle.kinds import ProofKind

Row = dict[str, Any]
SAYING = ("filed", "filing_recorded", "report_recorded")
"""The kinds of events with words that are searched."""


def row(events: Iterable[Event], *, number: str, tenant: UUID, closed: bool) -> Row:
    """Of a whole case; `known` is for those only who may see names and phones. Erased words are
    not there.
    """
    told = tuple(events)
    words = number_line(number) + said(told)
    known = "".join(whose(each.complaint) for each in told if isinstance(each, e.Filed))
    return {
        "closed": closed,
        "words": words,
        "known": known,
        "tsv": vector(tenant, words + known),
    }


def addition(
    events: Iterable[Event], *, tenant: UUID, closed: bool, was_closed: bool
) -> Row | None:
    """What a later command adds; None if nothing that is searched changed."""
    words = said(events)
    if not words and closed is was_closed:
        return None
    return {"closed": closed, "words": words, "tsv": vector(tenant, words)}


def number_line(number: str) -> str:
    """As it is written and as one run: two texts, so that nothing is found across them."""
    return line(number) + line(number.replace("-", ""))


def said(events: Iterable[Event]) -> str:
    return "".join(line(words.text) for each in events for words in words_of(each) if words.text)


def words_of(event: Event) -> Iterator[Words]:
    match event:
        case e.Filed(complaint=complaint):
            yield from told_in(complaint)
        case e.FilingRecorded(proof=proof, their_number=number):
            yield from numbers(proof, number)
        case e.ReportRecorded(proof=proof, their_number=number):
            yield from numbers(proof, number)
        case _:
            return


def told_in(complaint: Complaint) -> Iterator[Words]:
    shop = complaint.merchant
    pieces = (complaint.facts, complaint.order.number, shop.shop, shop.company, shop.credit_code)
    yield from (words for words in pieces if words)


def numbers(proof: Proof, number: Words | None) -> Iterator[Words]:
    if number:
        yield number
    if proof.kind is ProofKind.THEIR_NUMBER:
        yield proof.reference


def whose(complaint: Complaint) -> str:
    consumer = complaint.consumer
    return line(consumer.name.text or "") + phone_line(consumer.phone.text or "")
