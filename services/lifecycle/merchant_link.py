"""The merchant's way to answer without an account: a link that goes out with the demand, and that a
person can make anew or take back.
"""

from dataclasses import dataclass

from services.lifecycle.happened import Happened
from services.lifecycle.kinds import Door, Hand


def brings_link(door: Door | None, hand: Hand | None) -> bool | None:
    """Whether what goes out there takes a link along; events of before say nothing of it."""
    return True if door is Door.MERCHANT and hand is Hand.MAIL else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReissueMerchantLink:
    """Also the first one, where a person hands the demand over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeMerchantLink:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class MerchantLinkReissued(Happened):
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MerchantLinkRevoked(Happened):
    generation: int
