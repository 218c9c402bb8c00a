"""Whose turn it is, and how long it was whose."""

from dataclasses import replace
from datetime import datetime, timedelta

from services.lifecycle.case import Case
from services.lifecycle.kinds import ADDRESSEE, Ball, Hand, Stage


def ball(case: Case) -> Ball:
    """The first that holds. 举报 never moves it."""
    filing = case.filing
    if case.stage is Stage.CLOSED:
        return Ball.NOBODY
    if case.pause:
        return case.pause.holder
    if case.question or case.offer:
        return Ball.CONSUMER
    if case.promise:
        return case.promise.promisor
    if case.wish:
        return Ball.ASSOCIATION
    if filing and filing.owed:
        return Ball.CONSUMER if filing.hand is Hand.CONSUMER else Ball.ASSOCIATION
    if filing and filing.waits:
        return ADDRESSEE[filing.door]
    return Ball.ASSOCIATION


def turn(case: Case, *, at: datetime) -> Case:
    """Hands the ball over where it changed; the times with each add up to the life of the case."""
    now = ball(case)
    if now is case.ball:
        return case
    spent = dict(case.spent)
    spent[case.ball] = spent.get(case.ball, timedelta()) + (at - (case.ball_since or case.filed_at))
    return replace(case, ball=now, ball_since=at, spent=tuple(sorted(spent.items())))
