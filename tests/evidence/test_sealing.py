"""What is sealed opens byte by byte, and nothing else opens."""

import secrets
from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.evidence.sealing import SEGMENT_BYTES, TAG_BYTES, Tampered, opened, sealed
from tests.evidence.files import pieces

KEY = bytes(range(32))
SEALED = SEGMENT_BYTES + TAG_BYTES
AROUND_A_SEGMENT = [0, 1, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 2 * SEGMENT_BYTES]


async def whole(chunks: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in chunks])


async def seal(body: bytes, *, step: int = 70_000) -> bytes:
    return await whole(sealed(pieces(body, step), key=KEY))


async def unseal(body: bytes, *, key: bytes = KEY) -> bytes:
    return await whole(opened(pieces(body, 333_333), key=key))


@pytest.mark.parametrize("length", AROUND_A_SEGMENT)
async def test_any_length_comes_back_as_it_was(length: int):
    body = secrets.token_bytes(length)

    assert await unseal(await seal(body)) == body


@given(step=st.integers(1, 3_000_000))
@settings(max_examples=20, deadline=None)
async def test_how_the_bytes_arrive_makes_no_difference(step: int):
    body = b"x" * (SEGMENT_BYTES + 5)

    assert await seal(body, step=step) == await seal(body, step=70_000)


async def test_nothing_of_the_file_can_be_seen():
    assert b"secret" not in await seal(b"secret" * 1000)


@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@settings(max_examples=30, deadline=None)
async def test_one_changed_bit_does_not_open(where: float, bit: int):
    body = bytearray(await seal(b"x" * (SEGMENT_BYTES + 100)))
    body[int(where * len(body))] ^= 1 << bit

    with pytest.raises(Tampered):
        await unseal(bytes(body))


async def test_segments_that_are_swapped_left_out_or_cut_off_do_not_open():
    body = await seal(b"a" * SEGMENT_BYTES + b"b" * SEGMENT_BYTES + b"c")
    first, second, last = body[:SEALED], body[SEALED : 2 * SEALED], body[2 * SEALED :]

    for wrong in (second + first + last, first + last, first + second, first, b"", body + last):
        with pytest.raises(Tampered):
            await unseal(wrong)


async def test_another_key_opens_nothing():
    with pytest.raises(Tampered):
        await unseal(await seal(b"x"), key=bytes(32))
