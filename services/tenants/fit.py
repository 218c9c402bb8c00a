"""What may be a name, an address or a colour here."""

import re
import unicodedata
import zoneinfo

from services.tenants.refusals import Denial, Denied

HUE, HUES = 222, range(170, 301)
"""Ours, and those that an association may choose for its pages, in degrees of OKLCH."""
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RESERVED = frozenset(
    """
    about account accessibility admin api app assets auth calendar cases complaints contact cookies
    dashboard demo-reset desk docs download drafts events evidence favicon figures files health help
    home i imprint invitation invitations legal link links login logout lookup m mail mails me
    merchants metrics new null oauth openapi operator ops org organisations people playbooks privacy
    public queue redress register robots root s search security session sessions settings sign-in
    sign-out sitemap static status support system temporal terms token tokens undefined v1
    webhooks well-known www hue parts
    """.split()
)


def slug(typed: str) -> str:
    if not (2 <= len(typed) <= 40 and SLUG.fullmatch(typed)):
        raise Denied(Denial.SLUG_MALFORMED)
    if typed in RESERVED:
        raise Denied(Denial.SLUG_RESERVED)
    return typed


def name(typed: str, *, longest: int = 120) -> str:
    """Of an organisation, a person or a token."""
    meant = unicodedata.normalize("NFC", typed).strip()
    if not (1 <= len(meant) <= longest and meant.isprintable()):
        raise Denied(Denial.NAME_UNFIT)
    return meant


def prefix(typed: str) -> str:
    """Stands before case numbers, as in 青消诉 2026-1147."""
    meant = unicodedata.normalize("NFC", typed).strip()
    if len(meant) > 12 or not meant.isprintable():
        raise Denied(Denial.PREFIX_UNFIT)
    return meant


def mailbox(typed: str) -> str | None:
    """An address as we store and compare it, or None if it cannot be one."""
    address = unicodedata.normalize("NFKC", typed[:1_000]).strip().lower()
    local, _, domain = address.rpartition("@")
    clean = address.isprintable() and " " not in address and "@" not in local
    return address if clean and local and domain and len(address) <= 254 else None


def hue(degrees: int) -> int:
    """Warm ones are kept for what is due or late."""
    if degrees not in HUES:
        raise Denied(Denial.HUE_UNFIT)
    return degrees


def zone(key: str) -> str:
    if key not in zoneinfo.available_timezones():
        raise Denied(Denial.ZONE_UNKNOWN)
    return key
