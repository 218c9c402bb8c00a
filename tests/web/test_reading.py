"""What people mean by what they type, by tables and by what holds for every text."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web import reading

TODAY = date(2026, 11, 24)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
PAST = st.dates(date(2026, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-01", date(2026, 11, 1)),
        ("2026.11.1", date(2026, 11, 1)),
        ("2026/11/01", date(2026, 11, 1)),
        ("20261101", date(2026, 11, 1)),
        ("2026年11月1日", date(2026, 11, 1)),
        ("２０２６年１１月１日", date(2026, 11, 1)),
        ("2026年11月1号", date(2026, 11, 1)),
        ("11月1日", date(2026, 11, 1)),
        ("11.1", date(2026, 11, 1)),
        ("12月25日", date(2025, 12, 25)),
        ("2月29日", date(2024, 2, 29)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2025-02-29", None),
        ("2026-13-01", None),
        ("2026-11.01", None),
        ("0009-01-01", None),
        ("9999-12-31", None),
        ("明天", None),
        ("2026-11-01T00:00:00Z", None),
        ("", None),
    ],
)
def test_days_are_read_as_they_are_written_in_china(typed: str, meant: date | None):
    assert reading.day(typed, today=TODAY) == meant


def test_a_day_without_a_year_lies_behind_us_or_ahead_as_was_asked():
    assert reading.day("12月1日", today=TODAY) == date(2025, 12, 1)
    assert reading.day("12月1日", today=TODAY, ahead=True) == date(2026, 12, 1)
    assert reading.day("11月24日", today=TODAY) == TODAY
    assert reading.day("11月24日", today=TODAY, ahead=True) == TODAY
    assert reading.day("11月23日", today=TODAY, ahead=True) == date(2027, 11, 23)


@given(DAYS, st.sampled_from(["{:%Y-%m-%d}", "{0.year}.{0.month}.{0.day}", "{0.year}/{0:%m/%d}"]))
def test_every_day_is_read_back_in_every_way_of_writing(day: date, way: str):
    assert reading.day(way.format(day), today=TODAY) == day
    assert reading.day(way.format(day).translate(FULL_WIDTH), today=TODAY) == day


@given(PAST)
def test_every_day_of_this_year_so_far_needs_no_year(day: date):
    assert reading.day(f"{day.month}月{day.day}日", today=TODAY) == day


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1286", "1286.00"),
        ("1,286", "1286.00"),
        ("1,286.50", "1286.50"),
        ("1286元", "1286.00"),
        ("1286 元整", "1286.00"),
        ("¥1286", "1286.00"),
        ("￥１，２８６．５", "1286.50"),
        ("1286块", "1286.00"),
        ("1.2万", "12000.00"),
        ("RMB 88", "88.00"),
        ("0", "0.00"),
        ("99999999.99", "99999999.99"),
        ("100000000", None),
        ("-1", None),
        ("-0", None),
        ("1e309", None),
        ("NaN", None),
        ("Infinity", None),
        ("1,28", None),
        ("1.005", None),
        ("一千", None),
        ("12.5.1", None),
        ("", None),
    ],
)
def test_sums_are_read_to_the_cent_or_not_at_all(typed: str, meant: str | None):
    assert reading.money(typed) == (Decimal(meant) if meant else None)


@given(st.decimals(0, reading.MONEY_MAX, places=2))
def test_every_sum_is_read_back_with_and_without_commas(amount: Decimal):
    assert reading.money(f"{amount:,.2f}") == amount
    assert reading.money(f"¥{amount:.2f}元".translate(FULL_WIDTH)) == amount


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("13800138000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("+86 13800138000", "13800138000"),
        ("0086-138-0013-8000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("0571-88886666", "0571-88886666"),
        ("(0571) 8888 6666", "0571-88886666"),
        ("+86 571 88886666", "0571-88886666"),
        ("010-65058888", "010-65058888"),
        ("0571-88886666-123", "0571-88886666-123"),
        ("0571-88886666 转 8", "0571-88886666-8"),
        ("0571-88886666 ext. 8", "0571-88886666-8"),
        ("400-800-1234", "4008001234"),
        ("95188", "95188"),
        ("88886666", "88886666"),
        ("+852 9123 4567", "+85291234567"),
        ("+853 6612 3456", "+85366123456"),
        ("+886 912 345 678", "+886912345678"),
        ("+1 415 555 0100", "+14155550100"),
        ("12345678901234567", None),
        ("1380013800", None),
        ("+86 1", None),
        ("abc", None),
        ("138001380oo", None),
        ("", None),
    ],
)
def test_phones_are_read_in_every_form_that_people_use(typed: str, meant: str | None):
    assert reading.phone(typed) == meant


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True).filter(str.isascii), st.data())
def test_a_mobile_number_may_be_broken_anywhere(number: str, data: st.DataObject):
    signs = data.draw(
        st.lists(st.sampled_from(["", " ", "-", "　", "."]), min_size=11, max_size=11)
    )
    broken = "".join(digit + sign for digit, sign in zip(number, signs, strict=True))

    assert reading.phone(broken.rstrip("-. 　")) == number


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("古丽巴哈尔・阿卜杜热依木", "古丽巴哈尔·阿卜杜热依木"),
        ("𥖄", "𥖄"),
        ("  Anne   Marie ", "Anne Marie"),
        ("李", "李"),
    ],
)
def test_names_of_every_people_are_kept_and_their_dots_made_one(typed: str, meant: str):
    assert reading.name(typed) == meant


@given(st.text())
def test_no_text_whatever_breaks_a_reader(text: str):
    day = reading.day(text, today=TODAY)
    amount = reading.money(text)
    phone = reading.phone(text)
    number = reading.number(text)

    assert day is None or day.year in reading.YEARS
    assert amount is None or (0 <= amount <= reading.MONEY_MAX and amount == round(amount, 2))
    assert phone is None or len(phone) <= 24
    assert number is None or 0 <= number < 10**9
    assert reading.name(text) == reading.name(reading.name(text))


@given(st.text())
def test_reading_a_phone_again_changes_nothing(text: str):
    phone = reading.phone(text)

    assert phone is None or reading.phone(phone) == phone
