"""Stage, filing and turn in one line, together as everywhere: 平台介入 · 待提交，轮到您."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

from services.lifecycle.case import Case
from services.lifecycle.facts import Filing
from services.lifecycle.kinds import Ball, Door, FilingState, Outcome, Role, Stage, Verdict
from services.wording.catalogue import pgettext
from services.wording.numbers import parts_of, say_day
from services.wording.say import phrase, say, vocabulary

FILING = "Filing"
TURN = {Role.CONSUMER: "TurnForConsumer", Role.MERCHANT: "TurnForMerchant"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """`state` is a filing state or what stands before it: a pause, a question, an open promise."""

    stage: Stage
    ball: Ball
    door: Door | None = None
    state: str | None = None
    on: date | None = None
    outcome: Outcome | None = None

    @classmethod
    def of(cls, case: Case) -> Self:
        state, on = next(states(case), (None, None))
        return cls(
            stage=case.stage,
            ball=case.ball,
            door=case.door,
            state=state,
            on=on,
            outcome=case.outcome,
        )


def say_standing(standing: Standing, *, reader: Role, today: date | None = None) -> str:
    stage = say(standing.stage)
    if standing.stage is Stage.CLOSED and standing.outcome:
        return phrase("Standing", "closed", stage=stage, outcome=say(standing.outcome))
    turn = phrase(TURN.get(reader, "Turn"), standing.ball.value)
    if standing.state is None:
        return phrase("Standing", "plain", stage=stage, turn=turn)
    filing = say_state(standing.state, standing.door, on=standing.on, today=today)
    return phrase("Standing", "with_filing", stage=stage, filing=filing, turn=turn)


def say_state(
    state: str, door: Door | None, *, on: date | None = None, today: date | None = None
) -> str:
    """At some doors a filing has a word of its own: a demand is sent, not filed."""
    known = vocabulary()[FILING]
    keys = [f"{door}.{state}", state]
    if on is not None:
        dated = next((f"{key}_on" for key in keys if f"{key}_on" in known), None)
        if dated:
            return phrase(FILING, dated, on=say_short(on, today=today))
    return phrase(FILING, next(key for key in keys if key in known))


def say_short(day: date, *, today: date | None) -> str:
    """11月20日: within a line nobody needs the weekday."""
    if today is None or day.year != today.year:
        return say_day(day)
    return pgettext("date", "%(day)d %(month)s") % parts_of(day)


def states(case: Case) -> Iterator[tuple[str, date | None]]:
    """In the order in which the ball is decided."""
    if case.pause:
        yield "paused", None
    if case.question:
        yield "choosing" if case.question.choose_door else "asked", None
    if case.offer:
        yield "offered", None
    if case.promise:
        yield "promise", None
    if case.filing and case.stage is not Stage.SUBMITTED:
        yield state_of(case.filing)


def state_of(filing: Filing) -> tuple[str, date | None]:
    if filing.before_us:
        return "before_us", None
    if filing.state is FilingState.RECEIVED:
        accepted = filing.verdict is Verdict.ACCEPTED or filing.accepted_on
        on = filing.accepted_on if accepted else filing.received_on
        return ("accepted" if accepted else "received"), on
    return filing.state.value, filing.sent_on if filing.state is FilingState.SENT else None
