import tomllib
from datetime import date

import pytest

from services.calendars.library import shelf, shipped
from services.calendars.year_file import YearFaults, parse, read

GOOD = """
year = 2027
version = 1
published_on = 2026-11-25
source = "an announcement"

[[off]]
code = "new_year"
name = "元旦"
from = 2027-01-01
to = 2027-01-03
makeup = [2027-01-09]
"""


def faults_of(text: str | bytes) -> set[tuple[str, str]]:
    with pytest.raises(YearFaults) as raised:
        read(text if isinstance(text, bytes) else text.encode())
    return {(fault.path, fault.code) for fault in raised.value.faults}


def test_a_year_file_becomes_days() -> None:
    year = read(GOOD.encode())

    assert (year.number, year.version) == (2027, 1)
    assert year.off == {date(2027, 1, day): "new_year" for day in (1, 2, 3)}
    assert year.makeup == {date(2027, 1, 9)}
    assert year.names == {"new_year": "元旦"}
    assert year.published_on == date(2026, 11, 25)


def test_the_shelf_holds_three_years_with_their_announcements() -> None:
    years = {year.number: year for year in shelf()}

    assert set(years) == {2024, 2025, 2026}
    assert {number: len(year.off) for number, year in years.items()} == {
        2024: 28,
        2025: 28,
        2026: 33,
    }
    assert {number: len(year.makeup) for number, year in years.items()} == {
        2024: 8,
        2025: 5,
        2026: 6,
    }
    for number, year in years.items():
        assert year.published_on.year == number - 1
        assert f"国务院办公厅关于{number}年部分节假日安排的通知" in year.source
    assert shipped().version == "2024.1 2025.1 2026.1"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("year = 2027", "year = 1027", ("year", "out_of_range")),
        ("year = 2027", 'year = "2027"', ("year", "wrong_type")),
        ("version = 1", "version = 0", ("version", "out_of_range")),
        ("version = 1", "version = true", ("version", "wrong_type")),
        ('source = "an announcement"', "", ("source", "missing")),
        ('source = "an announcement"', 'source = " "', ("source", "missing")),
        ("published_on = 2026-11-25", 'published_on = "soon"', ("published_on", "wrong_type")),
        ("2026-11-25", "2026-11-25T08:00:00", ("published_on", "not_a_date")),
        ("version = 1", "version = 1\ncolour = 3", ("colour", "unknown_key")),
        ('"new_year"', '"New Year!"', ("off[0].code", "not_a_code")),
        ("to = 2027-01-03", "to = 2026-12-31", ("off[0].to", "before_from")),
        ("to = 2027-01-03", "to = 2027-10-03", ("off[0].to", "too_many_days")),
        ("from = 2027-01-01", "from = 2026-12-30", ("off[0]", "other_year")),
        ("from = 2027-01-01", "from = 2027-01-01T00:00:00", ("off[0].from", "not_a_date")),
        ("[2027-01-09]", "[2027-01-08]", ("off[0].makeup", "not_a_weekend")),
        ("[2027-01-09]", "[2027-01-02]", ("off[0]", "day_twice")),
        ("[2027-01-09]", "[2027-01-09, 2027-01-09]", ("off[0]", "day_twice")),
        ("[2027-01-09]", "[9]", ("off[0].makeup[0]", "not_a_date")),
        ("[2027-01-09]", "2027-01-09", ("off[0].makeup", "wrong_type")),
    ],
)
def test_each_fault_is_told_with_its_path(old: str, new: str, fault: tuple[str, str]) -> None:
    assert faults_of(GOOD.replace(old, new)) == {fault}


def test_all_faults_are_told_at_once() -> None:
    broken = GOOD.replace("version = 1", "").replace("元旦", "").replace("01-09", "01-08")

    assert faults_of(broken) == {
        ("version", "missing"),
        ("off[0].name", "missing"),
        ("off[0].makeup", "not_a_weekend"),
    }


def test_one_holiday_cannot_bear_two_names() -> None:
    again = '[[off]]\ncode = "new_year"\nname = "新年"\nfrom = 2027-02-06\nto = 2027-02-06\n'

    assert faults_of(GOOD + again) == {("off[1].name", "two_names")}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", None),
        (b"year = ", "not_toml"),
        ("year = 2027  # 节假日".encode("gbk"), "not_utf8"),
        (b"\x00", "not_toml"),
        (b"#" * 70_000, "too_long"),
        (b"year = " + b"9" * 5000, "not_toml"),
        (b"year = 2027-02-30", "not_toml"),
        (b"a = " + b"[" * 5000, "not_toml"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_fault_too(text: bytes, code: str | None) -> None:
    found = faults_of(text)

    assert found == {("", code)} if code else {("off", "missing"), ("year", "missing")} <= found


@pytest.mark.parametrize("rows", [{}, 7, [7], [{}], [[]]])
def test_a_mapping_of_any_shape_ends_in_faults(rows: object) -> None:
    with pytest.raises(YearFaults):
        parse(tomllib.loads("year = 2027") | {"off": rows})
