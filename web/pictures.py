"""Pictures of evidence stand in our own pages alone, at an address that soon means nothing.

It is signed for the very browser or session that the page was made for, as a ticket is, and the
seat is asked for all the same."""

import hmac
from datetime import UTC, datetime
from typing import Final

from litestar.exceptions import NotFoundException

from web import csrf
from web.caller import Connection

FIELD: Final = "until"
LASTS_SECONDS: Final = 60
"""At least; within one minute a page gives the same address, so that nothing is drawn twice."""


def address(connection: Connection, path: str) -> str:
    until = (now() // LASTS_SECONDS + 2) * LASTS_SECONDS
    return f"{path}?{FIELD}={until}.{signed(connection, path, until)}"


def require(connection: Connection) -> None:
    """What is not signed is not there. Raises `NotFoundException`."""
    until, _, mac = connection.query_params.get(FIELD, "").partition(".")
    if not (until.isascii() and until.isdigit() and csrf.is_bound(connection)):
        raise NotFoundException
    ours = signed(connection, connection.scope["path"], int(until))
    if not hmac.compare_digest(ours, mac) or now() >= int(until):
        raise NotFoundException


def signed(connection: Connection, path: str, until: int) -> str:
    return csrf.mac(connection, b"picture", f"{csrf.token(connection)}/{path}/{until}".encode())


def now() -> int:
    return int(datetime.now(UTC).timestamp())
