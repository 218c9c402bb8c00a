"""What we promise of our speed, as data: the bench says of each figure whether it is kept."""

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Side(Enum):
    AT_MOST = "≤"
    AT_LEAST = "≥"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """`of_bare`: so many times the bare limit of the same run; else in the figure's own unit."""

    side: Side
    value: float
    of_bare: bool = True

    def is_kept_by(self, value: float) -> bool:
        return value <= self.value if self.side is Side.AT_MOST else value >= self.value

    def __str__(self) -> str:
        return f"{self.side.value} {self.value:g}{' ×' if self.of_bare else ''}"


def at_most(value: float, *, of_bare: bool = True) -> Promise:
    return Promise(side=Side.AT_MOST, value=value, of_bare=of_bare)


def at_least(value: float) -> Promise:
    return Promise(side=Side.AT_LEAST, value=value)


PROMISES: Final = {
    "command note: statements in the ledger": at_most(12, of_bare=False),
    "command pause: statements in the ledger": at_most(12, of_bare=False),
    "intake: statements in the ledger": at_most(12, of_bare=False),
    "command note, 1 user: p50": at_most(2.5),
    "command note, 8 users: p50": at_most(2.5),
    "command pause, 1 user: p50": at_most(2.5),
    "command pause, 8 users: p50": at_most(2.5),
    "queue, 1,000 cases: p50": at_most(2),
    "queue, 100,000 cases: p50": at_most(2),
    "queue, 100,000 cases beside 1,000": at_most(1.5),
    "search, 1,000 cases: p95": at_most(5),
    "search, 100,000 cases: p95": at_most(5),
    "bells at saturation": at_least(0.6),
    "bells, half of saturation: p99 late": at_most(5, of_bare=False),
}
