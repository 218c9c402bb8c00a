"""Which door comes next, which are shut, and whose hand files there."""

from services.lifecycle.case import Case
from services.lifecycle.kinds import Consent, Door, FilingState, Hand
from services.lifecycle.parse import LADDER
from services.lifecycle.playbook import Playbook, Rung, Weight
from services.lifecycle.refusals import Why

MEDIATION_BARS = (Door.REGULATOR,)
OWN_NAME = (Door.PLATFORM, Door.REGULATOR)


def shut(case: Case, rung: Rung) -> Why | None:
    """Why this door cannot be used by this complaint.

    Order 121 art. 16(2): what an association accepted or handled, the regulator refuses.
    Order 121 art. 16(3), 消费者权益保护法 art. 2: only who buys for living needs may lodge a 投诉.
    """
    if case.complaint.order.purpose in rung.closed_to:
        return Why.DOOR_SHUT_FOR_PURPOSE
    if rung.id in MEDIATION_BARS and case.filing_at(Door.ASSOCIATION) is not None:
        return Why.DOOR_SHUT_BY_MEDIATION
    return None


def tried(case: Case, door: Door) -> bool:
    return case.filing_at(door) is not None


def next_door(case: Case, playbook: Playbook) -> Rung | None:
    """The first door above this one that was not tried and is not shut. A bell never enters
    mediation.
    """
    floor = LADDER.index(case.door) if case.door else -1
    ways = (
        rung
        for rung in playbook.rungs
        if LADDER.index(rung.id) > floor
        and rung.id is not Door.ASSOCIATION
        and not tried(case, rung.id)
        and shut(case, rung) is None
    )
    return next(ways, None)


def mediation_barred(case: Case, playbook: Playbook) -> Why | None:
    """Why we cannot accept this complaint for mediation: we do not mediate, its door is shut, or
    the regulator has it.
    """
    rung = playbook.rung(Door.ASSOCIATION)
    regulator = case.filing_at(Door.REGULATOR)
    if rung is None:
        return Why.NO_MEDIATION_HERE
    if why := shut(case, rung):
        return why
    if regulator and regulator.state not in (FilingState.OWED, FilingState.PASSED):
        return Why.REGULATOR_HAS_IT
    return None


def may_choose_mediation(case: Case, playbook: Playbook) -> bool:
    """The association's door stands open, and nobody has knocked at it so far."""
    return mediation_barred(case, playbook) is None and not tried(case, Door.ASSOCIATION)


def doors_to_open(case: Case, playbook: Playbook) -> tuple[Door, ...]:
    """Where a person may move the case from here; mediation and the law have acts of their own."""
    return tuple(
        rung.id
        for rung in playbook.rungs
        if rung.id not in (case.door, Door.ASSOCIATION, Door.LAW) and shut(case, rung) is None
    )


def hand_at(case: Case, playbook: Playbook, rung: Rung) -> Hand:
    """Mail goes out unattended only with a mandate, an address, and no must-evidence still to be
    checked by a person. Where a complaint must be lodged in the consumer's own name, nobody but
    the consumer lodges it without a mandate.
    """
    complaint = case.complaint
    if rung.id in OWN_NAME and Consent.MANDATE not in complaint.consents:
        return Hand.CONSUMER
    if rung.hand is not Hand.MAIL:
        return rung.hand
    needed = {Consent.MANDATE}
    if rung.id is Door.MERCHANT:
        needed.add(Consent.SHARE_WITH_MERCHANT)
    proofs = [
        item
        for item in playbook.evidence
        if item.weight is Weight.MUST
        and rung.id in item.doors
        and (item.problems is None or complaint.problem in item.problems)
    ]
    return (
        Hand.MAIL if needed <= complaint.consents and rung.mailbox and not proofs else Hand.HANDLER
    )
