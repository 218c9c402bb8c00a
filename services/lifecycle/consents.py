"""What a consumer allows us, each thing by itself: given on a day, to a text that was shown, and
taken back as easily as it was given (个人信息保护法 14, 15, 23). What was done before stays lawful.
"""

from dataclasses import dataclass

from services.lifecycle.facts import ShownText
from services.lifecycle.happened import Happened
from services.lifecycle.kinds import Consent, Door, Hand


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveConsent:
    """`shown` is the text that was read before."""

    consent: Consent
    shown: ShownText


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeConsent:
    consent: Consent


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Happened):
    """`hand` is set where it lays the filing that is owed at `door` in other hands; `linked` as in
    `DoorOpened`.
    """

    consent: Consent
    shown: ShownText
    door: Door | None = None
    hand: Hand | None = None
    linked: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRevoked(Happened):
    """As in `ConsentGiven`."""

    consent: Consent
    door: Door | None = None
    hand: Hand | None = None
