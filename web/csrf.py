"""Whether a change was asked for on a page of ours. First where the request says it comes from,
before anything is read; then a token that only our pages for this very person could know."""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit

from web.caller import Connection, caller_of
from web.cookies import Jar, read, settings_of

FIELD = "csrf"
HEADER = "x-csrf-token"
ANONYMOUS_BYTES = 16
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OURS = frozenset({"same-origin", "none"})
"""`none` is a person reloading or coming back to a page; no other site can cause it."""


def is_change(connection: Connection) -> bool:
    return connection.scope.get("method") not in SAFE


def is_foreign(connection: Connection) -> bool:
    """Old browsers say neither; for them the token decides alone."""
    headers = connection.headers
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in OURS
    origin = headers.get("origin")
    if origin is None or origin == "null":
        return False
    public = urlsplit(settings_of(connection).public_url).netloc
    return urlsplit(origin).netloc not in {headers.get("host", ""), public}


def token(connection: Connection) -> str:
    """Bound to the session, or to a random id that the page's answer plants in a cookie."""
    caller = caller_of(connection)
    if caller.session is not None:
        return mac(connection, b"session", caller.session.csrf)
    if caller.anonymous is None:
        caller.anonymous = planted(connection) or secrets.token_hex(ANONYMOUS_BYTES)
    return mac(connection, b"anonymous", caller.anonymous.encode())


def is_genuine(connection: Connection, given: str) -> bool:
    if not is_bound(connection):
        return False
    typed = given.encode("utf-8", "replace")
    return any(hmac.compare_digest(one.encode(), typed) for one in tokens(connection))


def tokens(connection: Connection) -> Iterator[str]:
    """Who signs in beside a page that was made before may send its form, as the page promised: only
    where the browser itself vouches that it is ours.
    """
    yield token(connection)
    before = planted(connection)
    if caller_of(connection).session and before and vouched_for(connection):
        yield mac(connection, b"anonymous", before.encode())


def vouched_for(connection: Connection) -> bool:
    return connection.headers.get("sec-fetch-site") == "same-origin"


def is_bound(connection: Connection) -> bool:
    """Whether there is anything of this person's that a token could be bound to."""
    return caller_of(connection).session is not None or planted(connection) is not None


def planted(connection: Connection) -> str | None:
    """The id in the cookie; only its form is checked, as the token is our signature of it."""
    held = read(connection, Jar.ANONYMOUS)
    fits = len(held) == 2 * ANONYMOUS_BYTES and held.isascii() and held.isalnum()
    return held if fits else None


def mac(connection: Connection, purpose: bytes, bound_to: bytes) -> str:
    key = settings_of(connection).key("web/csrf")
    return hmac.digest(key, purpose + b"\0" + bound_to, hashlib.sha256).hex()
