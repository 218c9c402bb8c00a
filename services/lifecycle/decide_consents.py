"""Giving a consent and taking it back, and whose hand files from then on."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from services.lifecycle import commands as c
from services.lifecycle import events as e
from services.lifecycle.case import Case
from services.lifecycle.events import Event
from services.lifecycle.kinds import Consent, Door, Hand, Reason, Stage
from services.lifecycle.merchant_link import brings_link
from services.lifecycle.next_door import hand_at
from services.lifecycle.playbook import Rules
from services.lifecycle.refusals import Refused, Why


def decide(
    case: Case, command: c.GiveConsent | c.RevokeConsent, *, now: datetime, rules: Rules
) -> tuple[Event, ...]:
    consent, held = command.consent, case.complaint.consents
    match command:
        case c.GiveConsent():
            if consent in held:
                raise Refused(Why.CONSENT_GIVEN)
            door, hand = other_hand(case, held | {consent}, rules)
            given = e.ConsentGiven(
                at=now,
                consent=consent,
                shown=command.shown,
                door=door,
                hand=hand,
                linked=brings_link(door, hand),
            )
            return (given,)
        case c.RevokeConsent():
            if consent not in held:
                raise Refused(Why.CONSENT_NOT_GIVEN)
            return revoked(case, consent, now=now, rules=rules)
        case _:
            assert_never(command)


def revoked(case: Case, consent: Consent, *, now: datetime, rules: Rules) -> tuple[Event, ...]:
    """Without the use of their data there is nothing to work with, so the case ends."""
    if consent is not Consent.PRIVACY:
        door, hand = other_hand(case, case.complaint.consents - {consent}, rules)
        return (e.ConsentRevoked(at=now, consent=consent, door=door, hand=hand),)
    taken_back = e.ConsentRevoked(at=now, consent=consent)
    if case.stage is Stage.CLOSED:
        return (taken_back,)
    return (taken_back, e.Withdrawn(at=now, reason=Reason.CONSENT_REVOKED))


def other_hand(
    case: Case, consents: frozenset[Consent], rules: Rules
) -> tuple[Door, Hand] | tuple[None, None]:
    """Where a filing is owed and the change lays it in other hands."""
    rung = rules.playbook.rung(case.door) if case.door else None
    if case.stage is Stage.CLOSED or rung is None or not (case.filing and case.filing.owed):
        return None, None
    changed = replace(case, complaint=replace(case.complaint, consents=consents))
    before, after = (hand_at(each, rules.playbook, rung) for each in (case, changed))
    return (rung.id, after) if after is not before else (None, None)
