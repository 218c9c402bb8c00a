"""Sending a code, believing it, and sending a new link where one was believed."""

from datetime import datetime
from typing import assert_never

from services.lifecycle import commands as c
from services.lifecycle import events as e
from services.lifecycle.case import Case
from services.lifecycle.events import Event
from services.lifecycle.reachable import CODES_A_DAY, DAY, LIVES, PAUSE, Way
from services.lifecycle.refusals import Refused, Why


def decide(
    case: Case, command: c.AskCode | c.ConfirmContact | c.RecoverLink, *, now: datetime
) -> tuple[Event, ...]:
    way = command.way
    match command:
        case c.AskCode():
            may_ask(case, way, now=now)
            return (e.CodeAsked(at=now, way=way),)
        case c.ConfirmContact(code=seq):
            latest = case.code(way)
            if latest is None or latest.seq != seq or now - latest.at > LIVES:
                raise Refused(Why.CODE_OVER)
            if way in case.confirmed:
                raise Refused(Why.CONTACT_CONFIRMED)
            return (e.ContactConfirmed(at=now, way=way),)
        case c.RecoverLink():
            if way not in case.confirmed:
                raise Refused(Why.CONTACT_NOT_CONFIRMED)
            return (e.LinkReissued(at=now, generation=case.link_generation + 1, way=way),)
        case _:
            assert_never(command)


def may_ask(case: Case, way: Way, *, now: datetime) -> None:
    """So few that nobody's phone or mailbox is flooded by a complaint in their name."""
    if way is Way.EMAIL and case.complaint.consumer.email is None:
        raise Refused(Why.NO_SUCH_CONTACT)
    if way in case.confirmed:
        raise Refused(Why.CONTACT_CONFIRMED)
    sent = [code.at for code in case.codes if code.way is way and now - code.at < DAY]
    if sent and now - sent[-1] < PAUSE:
        raise Refused(Why.CODE_TOO_SOON)
    if len(sent) >= CODES_A_DAY:
        raise Refused(Why.CODES_TOO_MANY)
