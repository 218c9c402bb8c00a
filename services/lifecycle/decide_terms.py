"""Offers and promises: agreed and fulfilled are different words."""

from datetime import date, datetime
from decimal import Decimal
from typing import assert_never

from services.lifecycle import commands as c
from services.lifecycle import events as e
from services.lifecycle.answering import mends
from services.lifecycle.bells import local_day
from services.lifecycle.case import Case
from services.lifecycle.events import Event
from services.lifecycle.facts import Promise
from services.lifecycle.kinds import Ball, Outcome, Role
from services.lifecycle.refusals import Refused, Why

PROMISORS = (Ball.MERCHANT, Ball.PLATFORM, Ball.CONSUMER)


def offered(
    case: Case, command: c.MakeOffer | c.AcceptOffer | c.RefuseOffer, *, role: Role, now: datetime
) -> tuple[Event, ...]:
    match command:
        case c.MakeOffer():
            able_to_promise(command.party, role)
            not_past(command.fulfil_by, now)
            if case.offer and not mends(case, command.party, role):
                raise Refused(Why.OFFER_OPEN)
            assert case.door is not None
            return (
                e.OfferMade(
                    at=now,
                    door=case.door,
                    party=command.party,
                    terms=command.terms,
                    fulfil_by=command.fulfil_by,
                    amount=command.amount,
                ),
            )
        case c.AcceptOffer():
            open_offer(case, command.offer)
            return (e.OfferAccepted(at=now, offer=command.offer),)
        case c.RefuseOffer():
            open_offer(case, command.offer)
            return (e.OfferRefused(at=now, offer=command.offer, text=command.text),)
        case _:
            assert_never(command)


def able_to_promise(party: Ball, role: Role) -> None:
    if role is Role.MERCHANT and party is not Ball.MERCHANT:
        raise Refused(Why.PARTY_NOT_YOURS)
    if party not in PROMISORS:
        raise Refused(Why.PARTY_CANNOT_PROMISE)


def not_past(day: date, now: datetime) -> None:
    if day < local_day(now):
        raise Refused(Why.IN_THE_PAST)


def open_offer(case: Case, seq: int) -> None:
    if case.offer is None or case.offer.seq != seq:
        raise Refused(Why.OFFER_NOT_OPEN)


def promised(
    case: Case, command: c.Promise | c.Fulfil | c.BreakPromise, *, role: Role, now: datetime
) -> tuple[Event, ...]:
    match command:
        case c.Promise():
            able_to_promise(command.promisor, role)
            not_past(command.due_on, now)
            if case.offer and not mends(case, command.promisor, role):
                raise Refused(Why.OFFER_OPEN)
            assert case.door is not None
            return (
                e.Promised(
                    at=now,
                    door=case.door,
                    promisor=command.promisor,
                    what=command.what,
                    due_on=command.due_on,
                    amount=command.amount,
                ),
            )
        case c.Fulfil():
            promise = open_promise(case, command.promise)
            done = e.Fulfilled(at=now, promise=promise.seq, proof=command.proof)
            return (done, e.Closed(at=now, outcome=outcome(case, promise)))
        case c.BreakPromise():
            promise = open_promise(case, command.promise)
            return (e.PromiseBroken(at=now, promise=promise.seq, text=command.text),)
        case _:
            assert_never(command)


def open_promise(case: Case, seq: int) -> Promise:
    if case.promise is None or case.promise.seq != seq:
        raise Refused(Why.PROMISE_NOT_OPEN)
    return case.promise


def outcome(case: Case, promise: Promise) -> Outcome:
    """Solved when what arrived covers the largest sum that was asked; partly when it is less."""
    asked = max((d.amount for d in case.complaint.demands if d.amount), default=Decimal(0))
    enough = promise.amount is None or promise.amount >= asked
    return Outcome.SOLVED if enough else Outcome.PARTLY
