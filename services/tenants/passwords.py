"""Argon2id, at most four at once, and what a password must not be."""

import asyncio
import base64
import secrets
import unicodedata
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerificationError

from services.tenants.guessable import is_guessable
from services.tenants.refusals import Denial, Denied

T = TypeVar("T")

LENGTH_MIN = 12
LENGTH_MAX = 1024
AT_ONCE = 4
PATIENCE = timedelta(seconds=20)

_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1, type=Type.ID)
_THREADS = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="argon2")


def fault(password: str, *, about: Iterable[str] = ()) -> Denial | None:
    """`about`: names that an attacker would try first, of the organisation and of the person."""
    if any("\ud800" <= sign <= "\udfff" for sign in password):
        return Denial.PASSWORD_UNREADABLE
    if _is_too_long(password):
        return Denial.PASSWORD_TOO_LONG
    if len(unicodedata.normalize("NFC", password)) < LENGTH_MIN:
        return Denial.PASSWORD_TOO_SHORT
    return Denial.PASSWORD_COMMON if is_guessable(password, about=about) else None


async def hash_of(password: str) -> str:
    return await _in_turn(lambda: _HASHER.hash(_canonical(password)))


async def matches(stored: str | None, password: str) -> bool:
    """The same work whether or not there is an account, or a password that could be one."""
    against = stored or _nobodys_hash()
    typed = b"" if _is_too_long(password) else _canonical(password)
    return await _in_turn(lambda: _verified(against, typed))


def is_outdated(stored: str) -> bool:
    """Hashed with other parameters than today's."""
    return _HASHER.check_needs_rehash(stored)


def _is_too_long(password: str) -> bool:
    """Counted as composed, but what is far too long is not even composed."""
    if len(password) > 4 * LENGTH_MAX:
        return True
    return len(unicodedata.normalize("NFC", password)) > LENGTH_MAX


def _canonical(password: str) -> bytes:
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def _verified(stored: str, typed: bytes) -> bool:
    try:
        return _HASHER.verify(stored, typed)
    except VerificationError:
        return False


def _nobodys_hash() -> str:
    """Of today's parameters, and of no password that anybody knows."""
    salt, digest = (
        base64.b64encode(secrets.token_bytes(length)).decode().rstrip("=")
        for length in (_HASHER.salt_len, _HASHER.hash_len)
    )
    cost = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"


async def _in_turn(work: Callable[[], T]) -> T:
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            return await asyncio.get_running_loop().run_in_executor(_THREADS, work)
    except TimeoutError:
        raise Denied(Denial.TOO_BUSY, wait=PATIENCE) from None
