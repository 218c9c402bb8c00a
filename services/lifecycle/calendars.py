"""Which days are worked in China: dated data, a year at a time, as announced each autumn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

SATURDAY: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    number: int
    version: int
    off: Mapping[date, str]
    """Every day of an arranged holiday, its weekends included, with the code of the holiday."""
    makeup: frozenset[date]
    """Weekend days that are worked in return (调休上班)."""
    names: Mapping[str, str]
    """The Chinese name of each holiday by its code."""
    source: str
    published_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """All known years. In an unknown one weekdays count as worked and nothing is a holiday."""

    version: str
    years: Mapping[int, Year]

    @classmethod
    def of(cls, years: Iterable[Year]) -> Self:
        """The newest version of each year given."""
        newest: dict[int, Year] = {}
        for year in sorted(years, key=lambda each: (each.number, each.version)):
            newest[year.number] = year
        version = " ".join(f"{each.number}.{each.version}" for each in newest.values())
        return cls(version=version, years=newest)

    def with_year(self, year: Year) -> Self:
        """The same with this year in the place of what was known of it: to look before loading."""
        others = (each for each in self.years.values() if each.number != year.number)
        return self.of([*others, year])

    def knows(self, year: int) -> bool:
        return year in self.years

    def knows_all(self, first: date, last: date) -> bool:
        return all(map(self.knows, range(first.year, last.year + 1)))

    def is_off(self, day: date) -> bool:
        """Part of an arranged holiday. A plain weekend is not."""
        year = self.years.get(day.year)
        return year is not None and day in year.off

    def is_working(self, day: date) -> bool:
        year = self.years.get(day.year)
        if year is None:
            return day.weekday() < SATURDAY
        if day.weekday() < SATURDAY:
            return day not in year.off
        return day in year.makeup

    def name_of(self, day: date) -> str | None:
        """The code of the holiday, such as `national_day`."""
        year = self.years.get(day.year)
        return None if year is None else year.off.get(day)
