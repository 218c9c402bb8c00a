"""A browser that somebody once signed in from: it has a counter of its own, so that a stranger who
keeps guessing delays nobody but strangers."""

import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from services.tenants.keys import Purpose, mac

REMEMBERED = timedelta(days=90)
LENGTH_MAX = 200


def remember(*, tenant: UUID, email: str, now: datetime) -> str:
    """The value of a cookie. It is no key: with it one may try passwords, nothing else."""
    device, until = secrets.token_hex(16), int((now + REMEMBERED).timestamp())
    return f"{device}.{until}.{signature(tenant, email, device, str(until))}"


def recognise(cookie: str, *, tenant: UUID, email: str, now: datetime) -> str | None:
    """Which device this is, if it is one of this account."""
    if not (cookie.isascii() and cookie.count(".") == 2 and len(cookie) <= LENGTH_MAX):
        return None
    device, until, signed = cookie.split(".")
    genuine = hmac.compare_digest(signature(tenant, email, device, until), signed)
    return device if genuine and int(until) > now.timestamp() else None


def signature(tenant: UUID, email: str, device: str, until: str) -> str:
    return mac(Purpose.DEVICES, tenant, email, device, until).hex()
