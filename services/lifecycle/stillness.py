"""The stretches in which a clock stands still, as instants and as local days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Stillness:
    """Half-open stretches in order; one without an end still lasts.

    A stretch covers the local day it starts on, and not the one it ends on. One that ends before
    it starts is none: a moved clock may leave such behind.
    """

    instants: tuple[tuple[datetime, datetime | None], ...]
    days: tuple[tuple[date, date | None], ...]

    @classmethod
    def of(
        cls,
        stretches: Iterable[tuple[datetime | date, datetime | date | None]],
        zone: ZoneInfo,
    ) -> Self:
        instants = sorted(
            (
                (instant_of(start, zone), None if end is None else instant_of(end, zone))
                for start, end in stretches
            ),
            key=lambda stretch: stretch[0],
        )
        instants = [(start, end) for start, end in instants if end is None or start < end]
        days = (
            (local_day(start, zone), None if end is None else local_day(end, zone))
            for start, end in instants
        )
        return cls(tuple(instants), tuple(days))

    def covers(self, day: date) -> bool:
        return any(start <= day and (end is None or day < end) for start, end in self.days)

    def is_endless(self, day: date) -> bool:
        return any(end is None and start <= day for start, end in self.days)

    def run(self, start: datetime, span: timedelta) -> datetime | None:
        """When a clock that started then has run that long; None if it never will."""
        at, left = start, span
        for still_from, still_to in self.instants:
            if still_to is not None and still_to <= at:
                continue
            if still_from >= at + left:
                break
            if still_to is None:
                return None
            left -= max(still_from, at) - at
            at = still_to
        return at + left


def local_day(moment: datetime | date, zone: ZoneInfo) -> date:
    if isinstance(moment, datetime):
        assert moment.tzinfo is not None, "instants are aware"
        return moment.astimezone(zone).date()
    return moment


def instant_of(moment: datetime | date, zone: ZoneInfo) -> datetime:
    """A day stands for its first moment in the zone."""
    if isinstance(moment, datetime):
        assert moment.tzinfo is not None, "instants are aware"
        return moment.astimezone(UTC)
    return midnight(moment, zone)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)
