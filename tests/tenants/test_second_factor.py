"""AUT-05: which codes a phone may give at which time; no database is asked."""

from datetime import UTC, datetime

import pyotp
import pytest

from services.tenants import second_factor
from tests.tenants.people import STEP


@pytest.mark.parametrize(
    ("skew", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_phone_may_be_one_step_fast_or_slow(skew: int, fits: bool):
    secret, now = pyotp.random_base32(32), datetime(2026, 11, 24, 8, 0, 14, tzinfo=UTC)

    step = second_factor.step_of(secret, pyotp.TOTP(secret).at(now + skew * STEP), now=now)

    assert (step is not None) is fits


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "\x00", "\ud800" * 6, "1" * 5_000])
def test_what_is_no_code_is_no_error(typed: str):
    secret = pyotp.random_base32(32)

    assert second_factor.step_of(secret, typed, now=datetime(2026, 11, 24, tzinfo=UTC)) is None


def test_full_width_digits_and_spaces_are_understood():
    secret, now = pyotp.random_base32(32), datetime(2026, 11, 24, tzinfo=UTC)
    code = pyotp.TOTP(secret).at(now)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)

    assert second_factor.step_of(secret, f" {wide[:3]} {wide[3:]}", now=now) is not None
