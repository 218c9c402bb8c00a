"""What an event does to the offers and promises between the parties."""

from dataclasses import replace

from services.lifecycle import events as e
from services.lifecycle.case import Case
from services.lifecycle.evolve_doors import turned, turned_again
from services.lifecycle.facts import Offer, Promise
from services.lifecycle.kinds import STAGE_AT, Ball, FilingState, Stage

OURS = (Ball.ASSOCIATION, Ball.CONSUMER)


def offered(case: Case, event: e.OfferMade | e.OfferAccepted | e.OfferRefused) -> Case:
    match event:
        case e.OfferMade():
            offer = Offer(
                seq=case.version,
                door=event.door,
                party=event.party,
                amount=event.amount,
                terms=event.terms,
                fulfil_by=event.fulfil_by,
                made_at=event.at,
            )
            filing = case.filing
            spoke = filing is not None and filing.filed and event.party not in OURS
            heard = turned(case, event.door, FilingState.ANSWERED, at=event.at) if spoke else case
            return replace(heard, offers=(*superseded(case, event.party), offer))
        case e.OfferAccepted(offer=seq):
            offer = next(o for o in case.offers if o.seq == seq)
            promise = Promise(
                seq=case.version,
                door=offer.door,
                promisor=offer.party,
                what=offer.terms,
                amount=offer.amount,
                due_on=offer.fulfil_by,
                made_at=event.at,
            )
            said = replace(case, offers=closed_offers(case, seq, accepted=True))
            return replace(said, stage=Stage.SETTLED, promises=(*case.promises, promise))
        case e.OfferRefused(offer=seq):
            said = replace(case, offers=closed_offers(case, seq, accepted=False))
            return said if (case.filing and case.filing.waits) else turned_again(said, event)


def superseded(case: Case, party: Ball) -> tuple[Offer, ...]:
    """Whoever offers or promises anew leaves their own open offer behind."""
    return tuple(
        replace(o, accepted=False) if o.accepted is None and o.party is party else o
        for o in case.offers
    )


def closed_offers(case: Case, seq: int, *, accepted: bool) -> tuple[Offer, ...]:
    return tuple(replace(o, accepted=accepted) if o.seq == seq else o for o in case.offers)


def promised(case: Case, event: e.Promised | e.Fulfilled | e.PromiseBroken) -> Case:
    match event:
        case e.Promised():
            promise = Promise(
                seq=case.version,
                door=event.door,
                promisor=event.promisor,
                what=event.what,
                amount=event.amount,
                due_on=event.due_on,
                made_at=event.at,
            )
            spoke = case.filing is not None and case.filing.filed and event.promisor not in OURS
            heard = turned(case, event.door, FilingState.ANSWERED, at=event.at) if spoke else case
            made = replace(heard, offers=superseded(case, event.promisor))
            return replace(made, stage=Stage.SETTLED, promises=(*case.promises, promise))
        case e.Fulfilled(promise=seq):
            kept = replace(case, promises=kept_promises(case, seq, kept=True))
            return turned(kept, case.door, FilingState.DONE, at=event.at) if case.door else kept
        case e.PromiseBroken(promise=seq):
            door = next(p.door for p in case.promises if p.seq == seq)
            back = replace(case, door=door, stage=STAGE_AT[door])
            broken = replace(back, promises=kept_promises(case, seq, kept=False))
            return turned_again(broken, event)


def kept_promises(case: Case, seq: int, *, kept: bool) -> tuple[Promise, ...]:
    return tuple(replace(p, kept=kept) if p.seq == seq else p for p in case.promises)
