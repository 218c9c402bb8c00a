"""From numbers to places: round ticks that cover what is shown, and the line between the two."""

from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

STEPS = (1, 2, 5, 10)
ROUND_TO = 12
"""Decimal places: below them lies only what floating point adds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """`low` and `high` of the numbers stand at `start` and `end` of the page."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def ticks(low: float, high: float, *, wanted: int = 5) -> tuple[float, ...]:
    """Evenly spaced steps of 1, 2 or 5 that begin at or below `low` and end at or above `high`."""
    if not (isfinite(low) and isfinite(high) and low <= high):
        raise ValueError(f"no range: {low} to {high}")
    if low == high:
        low, high = min(low, 0.0), max(high, 0.0) or 1.0
    step = step_for(high - low, wanted)
    first, last = floor(low / step), ceil(high / step)
    return tuple(round(n * step, ROUND_TO) for n in range(first, last + 1))


def step_for(reach: float, wanted: int) -> float:
    """The smallest round step that needs no more than `wanted` steps."""
    rough = reach / wanted
    power = 10.0 ** floor(log10(rough))
    return next((n * power for n in STEPS if n * power >= rough), STEPS[-1] * power)


def from_zero(values: tuple[float, ...], *, wanted: int = 5) -> tuple[float, ...]:
    """For bars and columns, whose length is the number: they start at zero."""
    return ticks(min(0.0, *values), max(0.0, *values), wanted=wanted)
