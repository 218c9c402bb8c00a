"""Files are posted to an address that holds a ticket: it is checked before a byte of the body is
read, stands for the hidden token of other forms, and is good for once (`evidence_upload`)."""

import hmac
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from web import csrf
from web.caller import Connection
from web.forms import FormReader
from web.posted import FormTooOld

FIELD: Final = "ticket"
LASTS: Final = timedelta(hours=4)


def address(connection: Connection, path: str) -> str:
    """Where the form of this very person is to be posted."""
    id_, until = uuid4(), int((datetime.now(UTC) + LASTS).timestamp())
    return f"{path}?{FIELD}={id_.hex}.{until}.{signed(connection, path, id_, until)}"


def require(connection: Connection) -> None:
    """Raises `FormTooOld`."""
    if upload_of(connection) is None:
        raise too_old(connection)


def too_old(connection: Connection) -> FormTooOld:
    return FormTooOld(FormReader(csrf=csrf.token(connection)))


def upload(connection: Connection) -> UUID:
    """Of a request that was let in."""
    found = upload_of(connection)
    assert found is not None, "the guard has looked"
    return found


def upload_of(connection: Connection) -> UUID | None:
    id_, until, mac = (*connection.query_params.get(FIELD, "").split("."), "", "", "")[:3]
    try:
        named, ends = UUID(hex=id_), int(until)
    except ValueError:
        return None
    is_ours = csrf.is_bound(connection) and hmac.compare_digest(
        signed(connection, connection.scope["path"], named, ends).encode(), mac.encode()
    )
    return named if is_ours and datetime.now(UTC).timestamp() < ends else None


def signed(connection: Connection, path: str, id_: UUID, until: int) -> str:
    told = f"{csrf.token(connection)}/{path}/{id_}/{until}"
    return csrf.mac(connection, b"ticket", told.encode())
