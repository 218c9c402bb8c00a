"""Ways to reach the consumer that are known to be theirs: a code was sent there and came back. It
is never a condition for filing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from services.lifecycle.happened import Happened

LIVES: Final = timedelta(minutes=10)
PAUSE: Final = timedelta(seconds=60)
DAY: Final = timedelta(days=1)
CODES_A_DAY: Final = 5


class Way(StrEnum):
    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCode:
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmContact:
    """Given by us once the right code was typed; `code` is the event that sent it."""

    way: Way
    code: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReissueLink:
    """A new link, which our people hand over; the old one leads nowhere then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverLink:
    """A new link, which goes to a contact that was confirmed; the old one leads nowhere then."""

    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAsked(Happened):
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactConfirmed(Happened):
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReissued(Happened):
    """`way` is the confirmed contact that it was sent to, where nobody handed it over."""

    generation: int
    way: Way | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """`seq` is the event that sent it."""

    seq: int
    way: Way
    at: datetime


def kept(codes: tuple[Code, ...], latest: Code) -> tuple[Code, ...]:
    """Those of a day, which the limits look at."""
    return (*(code for code in codes if latest.at - code.at < DAY), latest)
