"""Files are sealed in segments while they stream: AES-256-GCM, with a key for each file alone.

The number of a segment, and whether it is the last, stand in its nonce: segments that are changed,
swapped, doubled, left out or cut off at the end do not open."""

from collections.abc import AsyncIterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SEGMENT_BYTES: Final = 1024 * 1024
TAG_BYTES: Final = 16


class Tampered(Exception):
    """What lies there is not what was sealed with this key."""


async def sealed(chunks: AsyncIterator[bytes], *, key: bytes) -> AsyncIterator[bytes]:
    cipher, number = AESGCM(key), 0
    async for segment, last in segments(chunks, SEGMENT_BYTES):
        yield cipher.encrypt(nonce(number, last=last), segment, None)
        number += 1


async def opened(chunks: AsyncIterator[bytes], *, key: bytes) -> AsyncIterator[bytes]:
    """Raises `Tampered`; what came before it was right."""
    cipher, number = AESGCM(key), 0
    async for segment, last in segments(chunks, SEGMENT_BYTES + TAG_BYTES):
        try:
            yield cipher.decrypt(nonce(number, last=last), segment, None)
        except InvalidTag as error:
            raise Tampered(number) from error
        number += 1


async def segments(chunks: AsyncIterator[bytes], length: int) -> AsyncIterator[tuple[bytes, bool]]:
    """Pieces of that length, the last one shorter or as long; an empty file is one empty piece."""
    waiting = bytearray()
    async for chunk in chunks:
        waiting += chunk
        while len(waiting) > length:
            yield bytes(waiting[:length]), False
            del waiting[:length]
    yield bytes(waiting), True


def nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
