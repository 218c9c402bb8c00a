"""The check sign of a business number is a hint, worked out as the standard says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.merchants.credit_code import fits

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Of GB 32100-2015: no I, O, S, V and Z, which are easily misread."""
WEIGHTS = [3**n % 31 for n in range(17)]


def with_check_sign(first: str) -> str:
    total = sum(SIGNS.index(sign) * weight for sign, weight in zip(first, WEIGHTS, strict=True))
    return first + SIGNS[-total % 31]


CODES = st.builds(
    lambda head, rest: with_check_sign(head + rest),
    st.sampled_from(["91330106", "92110101", "52310000"]),
    st.text(SIGNS, min_size=9, max_size=9),
)


@given(CODES)
def test_a_code_with_the_right_check_sign_fits(code: str) -> None:
    assert fits(code)


@given(CODES, st.integers(8, 17), st.sampled_from(SIGNS))
def test_one_misread_sign_is_noticed(code: str, place: int, other: str) -> None:
    misread = code[:place] + other + code[place + 1 :]

    assert fits(misread) is (misread == code)


@pytest.mark.parametrize("typed", ["", "木禾家居", "330106000123456", "９１３３０１０６ＭＡ２"])
def test_what_is_no_such_code_does_not_fit_and_harms_nothing(typed: str) -> None:
    assert not fits(typed)
