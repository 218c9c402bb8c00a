"""The calendars we ship."""

from functools import cache
from importlib.resources import files

from services.calendars.year_file import read
from services.lifecycle.calendars import Calendar, Year


def shelf() -> tuple[Year, ...]:
    found = (files("services.calendars") / "shelf").iterdir()
    return tuple(read(file.read_bytes()) for file in found if file.name.endswith(".toml"))


@cache
def shipped() -> Calendar:
    return Calendar.of(shelf())
