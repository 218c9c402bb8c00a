"""Years loaded while we run: a new announcement needs no release."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from infra.database import Tx, platform_tx
from services.calendars.library import shipped
from services.calendars.year_file import YearFaults, read
from services.lifecycle.calendars import Calendar, Year
from services.lifecycle.reading import Fault

ONE_AT_A_TIME: Final = "select pg_advisory_xact_lock(hashtext('calendar_year'))"
LOADED: Final = """
    select year, version, source, published_on, body::text as body
    from calendar_year order by year, version
"""
INSERT: Final = """
    insert into calendar_year (year, version, source, published_on, body)
    values ($1, $2, $3, $4, $5)
"""

Row = tuple[int, int, str, date, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What deadlines were reckoned with before, and what they are reckoned with now."""

    year: Year
    is_new: bool
    before: Calendar
    after: Calendar


async def in_force(tx: Tx) -> Calendar:
    """What we ship and what was loaded since; of each year its newest version."""
    return _with_loaded(tuple(tuple(row) for row in await tx.fetch(LOADED)))


async def load(text: bytes) -> Loaded:
    """Raises `YearFaults`. The same file again changes nothing; a correction is a new version."""
    year = read(text)
    async with platform_tx() as tx:
        await tx.execute(ONE_AT_A_TIME)
        before = await in_force(tx)
        known = before.years.get(year.number)
        if known == year:
            return Loaded(year=year, is_new=False, before=before, after=before)
        if known and year.version <= known.version:
            newer = str(known.version + 1)
            raise YearFaults((Fault(path="version", code="version_taken", expected=newer),))
        await tx.execute(
            INSERT, year.number, year.version, year.source, year.published_on, _body(year)
        )
        return Loaded(year=year, is_new=True, before=before, after=await in_force(tx))


@lru_cache(maxsize=8)
def _with_loaded(rows: tuple[Row, ...]) -> Calendar:
    return Calendar.of([*shipped().years.values(), *map(_year, rows)])


def _body(year: Year) -> dict[str, Any]:
    return {
        "off": {day.isoformat(): code for day, code in year.off.items()},
        "makeup": sorted(day.isoformat() for day in year.makeup),
        "names": dict(year.names),
    }


def _year(row: Row) -> Year:
    number, version, source, published_on, body = row
    days = json.loads(body)
    return Year(
        number=number,
        version=version,
        off={date.fromisoformat(day): code for day, code in days["off"].items()},
        makeup=frozenset(map(date.fromisoformat, days["makeup"])),
        names=days["names"],
        source=source,
        published_on=published_on,
    )
