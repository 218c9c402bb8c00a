"""Years loaded while we run: a new announcement needs no release."""

from dataclasses import dataclass
from typing import Any, Final

from infra.database import platform_tx
from services.calendars.library import in_force
from services.calendars.year_file import YearFaults, read
from services.lifecycle.calendars import Calendar, Year
from services.lifecycle.reading import Fault

ONE_AT_A_TIME: Final = "select pg_advisory_xact_lock(hashtext('calendar_year'))"
INSERT: Final = """
    insert into calendar_year (year, version, source, published_on, body)
    values ($1, $2, $3, $4, $5)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What deadlines were reckoned with before, and what they are reckoned with now."""

    year: Year
    is_new: bool
    before: Calendar
    after: Calendar


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


def _body(year: Year) -> dict[str, Any]:
    return {
        "off": {day.isoformat(): code for day, code in year.off.items()},
        "makeup": sorted(day.isoformat() for day in year.makeup),
        "names": dict(year.names),
    }
