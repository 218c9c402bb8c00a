"""A span of time as rules write it: "7 working days", "60 days", "24h"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final, Self


class Unit(StrEnum):
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Kind(StrEnum):
    """What a span counts. Only spans of one kind can be added."""

    ELAPSED = "elapsed"
    DAYS = "days"
    WORKING_DAYS = "working days"
    MONTHS = "months"


class Roll(StrEnum):
    """What happens when a span of natural days, weeks, months or years ends on a free day."""

    NONE = "none"
    HOLIDAY = "holiday"
    """Order 121 Art. 45: a last day that is a holiday gives way to the first day after it."""
    REST_DAY = "rest_day"
    """Civil Code Art. 203: the same, and for weekends too."""


class SpanWhy(StrEnum):
    UNREADABLE = "span_unreadable"
    UNKNOWN_UNIT = "span_unknown_unit"
    NOT_POSITIVE = "span_not_positive"
    NOT_WHOLE = "span_not_whole"
    TOO_LONG = "span_too_long"
    OTHER_KIND = "span_other_kind"
    NEEDS_AN_INSTANT = "span_needs_an_instant"


class SpanFault(ValueError):
    def __init__(self, code: SpanWhy, given: str) -> None:
        super().__init__(f"{code}: {given}")
        self.code = code
        self.given = given


MICROSECONDS_A_MINUTE: Final = 60_000_000

_BASE: Final = {
    Unit.MINUTES: (Kind.ELAPSED, MICROSECONDS_A_MINUTE),
    Unit.HOURS: (Kind.ELAPSED, 60 * MICROSECONDS_A_MINUTE),
    Unit.DAYS: (Kind.DAYS, 1),
    Unit.WORKING_DAYS: (Kind.WORKING_DAYS, 1),
    Unit.WEEKS: (Kind.DAYS, 7),
    Unit.MONTHS: (Kind.MONTHS, 1),
    Unit.YEARS: (Kind.MONTHS, 12),
}

_TEN_YEARS: Final = {
    Kind.ELAPSED: 3653 * 24 * 60 * MICROSECONDS_A_MINUTE,
    Kind.DAYS: 3653,
    Kind.WORKING_DAYS: 2610,
    Kind.MONTHS: 120,
}

_UNITS_AS_WRITTEN: Final = {
    **{unit.value: unit for unit in Unit},
    **{unit.value.removesuffix("s"): unit for unit in Unit},
    "min": Unit.MINUTES,
    "h": Unit.HOURS,
    "d": Unit.DAYS,
    "wd": Unit.WORKING_DAYS,
    "w": Unit.WEEKS,
    "mo": Unit.MONTHS,
    "y": Unit.YEARS,
}

_SPAN: Final = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?) ?([a-z]+(?: [a-z]+)?)")
_TYPED_CHARS_MAX: Final = 60
_FULL_WIDTH: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


def half_width(text: str) -> str:
    """Full-width digits and letters, as Chinese keyboards type them, in their ASCII forms."""
    return text.translate(_FULL_WIDTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """No days at all are a span too: what is due still today."""

    n: Decimal
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        if len(text) > _TYPED_CHARS_MAX:
            raise SpanFault(SpanWhy.UNREADABLE, text[:_TYPED_CHARS_MAX])
        found = _SPAN.fullmatch(" ".join(half_width(text).lower().split()))
        if found is None:
            raise SpanFault(SpanWhy.UNREADABLE, text)
        unit = _UNITS_AS_WRITTEN.get(found[2])
        if unit is None:
            raise SpanFault(SpanWhy.UNKNOWN_UNIT, text)
        return cls(n=Decimal(found[1]), unit=unit)

    def __post_init__(self) -> None:
        if self.n < 0 or (self.n == 0 and self.kind not in (Kind.ELAPSED, Kind.DAYS)):
            raise SpanFault(SpanWhy.NOT_POSITIVE, str(self))
        if self.kind is not Kind.ELAPSED and self.n % 1:
            raise SpanFault(SpanWhy.NOT_WHOLE, str(self))
        _within_ten_years(self.kind, self.base, given=str(self))

    @property
    def kind(self) -> Kind:
        return _BASE[self.unit][0]

    @property
    def base(self) -> int:
        """The span in the smallest unit of its kind: microseconds, days, working days, months."""
        return int(self.n * _BASE[self.unit][1])

    def __str__(self) -> str:
        n = format(self.n.normalize(), "f")
        return f"{n} {self.unit.removesuffix('s') if n == '1' else self.unit}"


def in_all(span: Span, extensions: Iterable[Span]) -> int:
    """The span with its extensions, in the smallest unit of its kind."""
    total = span.base
    for extension in extensions:
        if extension.kind is not span.kind:
            raise SpanFault(SpanWhy.OTHER_KIND, str(extension))
        total += extension.base
        _within_ten_years(span.kind, total, given=str(extension))
    return total


def _within_ten_years(kind: Kind, base: int, *, given: str) -> None:
    if base > _TEN_YEARS[kind]:
        raise SpanFault(SpanWhy.TOO_LONG, given)
