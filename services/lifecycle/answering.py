"""Until when a merchant can answer by their link, and what they may still say."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from services.lifecycle import commands as c
from services.lifecycle.agenda_doors import waiting
from services.lifecycle.bells import SHANGHAI, Bell, local_day
from services.lifecycle.case import Case
from services.lifecycle.deadlines import deadline
from services.lifecycle.events import Event, MerchantLinkReissued, MerchantLinkRevoked
from services.lifecycle.facts import Filing
from services.lifecycle.kinds import Ball, Door, FilingState, Role, Verdict
from services.lifecycle.playbook import Rules
from services.lifecycle.refusals import Refused, Why
from services.lifecycle.spans import Span

LATE: Final = Span.parse("5 working days")
"""How long after the day we named an answer is still taken (ux.md 3.6), and how long at least after
a person made the link anew.
"""
SPOKEN: Final = (FilingState.ANSWERED, FilingState.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """`by` ends with the day that was named to the merchant; `until` is the exclusive end of what
    is taken though it is late. Neither is known before the demand is sent, nor while a pause of
    ours holds the clock.
    """

    by: Bell | None = None
    until: datetime | None = None


def demand(case: Case) -> Filing | None:
    """What the link is about: the latest filing at the merchant's door that went through us."""
    filing = case.filing_at(Door.MERCHANT)
    return None if filing is None or filing.before_us else filing


def window(case: Case, rules: Rules) -> Window:
    filing, rung = demand(case), rules.playbook.rung(Door.MERCHANT)
    if filing is None or rung is None:
        return Window()
    waits = (bell for bell in waiting(case, rules, rung, filing) if bell and bell.rule == "wait")
    bell = next(waits, None)
    if bell is None:
        return Window()
    named = bell.deadline.last_day or local_day(bell.deadline.due)
    anew = (local_day(at) for at in case.merchant_links)
    end = deadline(max((named, *anew)), LATE, calendar=rules.calendar)
    return Window(by=replace(bell, due=bell.deadline.due), until=end.due if end else None)


def link_ends(case: Case, rules: Rules) -> datetime | None:
    """When the link itself leads nowhere any more: not before a promise of theirs is due."""
    if case.merchant_link is None:
        return None
    until, promise = window(case, rules).until, case.promise
    if promise and promise.promisor is Ball.MERCHANT:
        kept_by = datetime.combine(promise.due_on + timedelta(days=1), time(), SHANGHAI)
        return max(until, kept_by) if until else None
    return until or case.closed_at


def in_time(case: Case, *, role: Role, now: datetime, rules: Rules) -> None:
    """Only who came by the link is held to it; staff record what reached them whenever it did."""
    until = window(case, rules).until if role is Role.MERCHANT else None
    if until and now >= until:
        raise Refused(Why.ANSWER_TOO_LATE)


def may_add(case: Case, filing: Filing, command: c.RecordAnswer) -> bool:
    """A merchant may answer again: to add to what they said, or to mend it. An offer of theirs
    that the consumer still weighs is not taken back by it.
    """
    if case.offer and command.verdict is not Verdict.EXPLAINED:
        raise Refused(Why.OFFER_OPEN)
    return filing.state in SPOKEN


def mends(case: Case, party: Ball, role: Role) -> bool:
    """A merchant puts another offer in the place of an open one of their own."""
    return role is Role.MERCHANT and case.offer is not None and case.offer.party is party


def linked(
    case: Case, command: c.ReissueMerchantLink | c.RevokeMerchantLink, *, now: datetime
) -> tuple[Event, ...]:
    match command:
        case c.ReissueMerchantLink():
            if demand(case) is None:
                raise Refused(Why.DOOR_NOT_OPEN)
            return (MerchantLinkReissued(at=now, generation=case.merchant_generation + 1),)
        case c.RevokeMerchantLink():
            if case.merchant_link is None:
                raise Refused(Why.NO_MERCHANT_LINK)
            return (MerchantLinkRevoked(at=now, generation=case.merchant_generation),)
