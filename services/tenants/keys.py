"""The keys of this process, set once when it starts: a key of its own for each purpose.

What a new REDRESS_SECRET_KEY may end (links, cookies, counters) comes from it. What must outlive
it, lest nobody on the staff can sign in or open evidence any more, comes from the key file."""

import hmac
from enum import Enum
from typing import Protocol


class Roots(Protocol):
    """infra.settings.Settings, as far as it matters here."""

    @property
    def secret_key(self) -> bytes: ...
    @property
    def master_key(self) -> bytes: ...


class Purpose(Enum):
    LINK = "link"
    LINK_AT_REST = "link at rest"
    LAST_DIGITS = "last digits"
    LETTER_CODE = "letter code"
    GRANTS = "grants"
    DEVICES = "devices"
    BUCKETS = "buckets"
    SECOND_FACTOR = "second factor"
    RECOVERY_CODES = "recovery codes"
    ROOTS = "chain roots"
    EVIDENCE = "evidence"
    DRAFTS = "drafts"
    CODES = "codes"


LASTING = frozenset(
    {Purpose.SECOND_FACTOR, Purpose.RECOVERY_CODES, Purpose.ROOTS, Purpose.EVIDENCE}
)
_KEYS: dict[Purpose, bytes] = {}


class NoKeys(RuntimeError):
    """The process did not say keys.use(settings) when it started: our bug."""


def use(roots: Roots) -> None:
    for purpose in Purpose:
        root = roots.master_key if purpose in LASTING else roots.secret_key
        _KEYS[purpose] = hmac.digest(root, f"tenants/{purpose.value}".encode(), "sha256")


def key(purpose: Purpose) -> bytes:
    if purpose not in _KEYS:
        raise NoKeys("start with keys.use(settings)")
    return _KEYS[purpose]


def mac(purpose: Purpose, *parts: object) -> bytes:
    """A keyed hash of parts that cannot flow into each other, whatever they contain."""
    told = (part if isinstance(part, bytes) else str(part).encode() for part in parts)
    framed = b"".join(len(part).to_bytes(4, "big") + part for part in told)
    return hmac.digest(key(purpose), framed, "sha256")
