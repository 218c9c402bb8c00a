"""The calendars we ship, and those that the installation has loaded since."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from infra.database import Tx
from services.calendars.year_file import read
from services.lifecycle.calendars import Calendar, Year

LOADED = """
select coalesce(string_agg(
    concat_ws('/', year, version, md5(body::text)), ' ' order by year, version), '')
from calendar_year
"""
"""One value that is another as soon as a year is loaded."""
_IN_FORCE: dict[str, Calendar] = {}


def shelf() -> tuple[Year, ...]:
    found = (files("services.calendars") / "shelf").iterdir()
    return tuple(read(file.read_bytes()) for file in found if file.name.endswith(".toml"))


@cache
def shipped() -> Calendar:
    return Calendar.of(shelf())


async def in_force(tx: Tx) -> Calendar:
    return await as_loaded(tx, await tx.fetchval(LOADED))


async def as_loaded(tx: Tx, loaded: str) -> Calendar:
    """Read again only when a year was loaded since."""
    if loaded not in _IN_FORCE:
        years = await tx.fetch("select * from calendar_year")
        _IN_FORCE.clear()
        _IN_FORCE[loaded] = Calendar.of((*shelf(), *map(_year, years)))
    return _IN_FORCE[loaded]


def _year(row: Mapping[str, Any]) -> Year:
    body = row["body"]
    return Year(
        number=row["year"],
        version=row["version"],
        off={date.fromisoformat(day): code for day, code in body["off"].items()},
        makeup=frozenset(map(date.fromisoformat, body["makeup"])),
        names=body["names"],
        source=row["source"],
        published_on=row["published_on"],
    )
