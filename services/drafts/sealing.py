"""What a draft is known by and sealed with. Both come from its link, which nobody keeps but whoever
writes the draft: without the link neither the database nor the keys of the product open it."""

import json
import secrets
from collections.abc import Mapping, Sequence
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.tenants import crockford
from services.tenants.keys import Purpose, mac

SYMBOLS = 26  # 130 bits
NONCE_BYTES = 12
Typed = Mapping[str, Sequence[str]]
"""The texts of each field as they were typed, wrong ones too."""


def new_token() -> str:
    return crockford.random(SYMBOLS)


def token_in(address: str) -> str | None:
    """As people copy it: small letters, O for 0. None where it cannot be one."""
    return crockford.read(address, SYMBOLS)


def hash_of(token: str) -> bytes:
    return mac(Purpose.DRAFTS, "at rest", token)


def command_id(token: str) -> UUID:
    """What is filed from a draft is filed once: the same draft is the same command."""
    return UUID(bytes=mac(Purpose.DRAFTS, "filed", token)[:16], version=4)


def seal(typed: Typed, *, token: str, tenant: UUID) -> bytes:
    """AES-256-GCM under a key of its own, bound to its tenant and its place."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    text = json.dumps(typed, ensure_ascii=False, separators=(",", ":")).encode()
    return nonce + AESGCM(key_of(token)).encrypt(nonce, text, bound(token, tenant))


def opened(sealed: bytes, *, token: str, tenant: UUID) -> dict[str, list[str]] | None:
    """None if it was sealed under an earlier secret of the installation: it is lost then."""
    nonce, text = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        plain = AESGCM(key_of(token)).decrypt(nonce, text, bound(token, tenant))
    except InvalidTag:
        return None
    found: dict[str, list[str]] = json.loads(plain)
    return found


def key_of(token: str) -> bytes:
    return mac(Purpose.DRAFTS, "seal", token)


def bound(token: str, tenant: UUID) -> bytes:
    return tenant.bytes + hash_of(token)
