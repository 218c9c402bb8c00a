"""Which host names are ours, and which addresses can be an address of ours at all."""

import ipaddress
from urllib.parse import unquote_to_bytes, urlsplit

from infra.settings import Settings

TARGET_BYTES_MAX = 8_000
HEADER_BYTES_MAX = 32_000
ANY_HOST = ("/health/", "/metrics")
UNSEEN = frozenset(map(chr, (*range(0x20), 0x7F)))


def is_ours(host: str, settings: Settings) -> bool:
    """In development any literal address will do, but no name: a foreign page could point its own
    name at this machine and read what we say."""
    known = urlsplit(settings.public_url)
    if host == known.netloc:
        return True
    name = name_in(host)
    return settings.development and (name in {"localhost", known.hostname} or is_literal(name))


def name_in(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def is_literal(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def fault_of(raw_path: bytes, query: bytes) -> int | None:
    """The status for what cannot be read; the framework would guess."""
    if len(raw_path) + len(query) > TARGET_BYTES_MAX:
        return 414
    if not is_text(raw_path):
        return 404
    return None if is_text(query.replace(b"+", b" ")) else 400


def is_text(quoted: bytes) -> bool:
    try:
        text = unquote_to_bytes(quoted).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return UNSEEN.isdisjoint(text)
