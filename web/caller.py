"""Who is calling and how they want to be answered: made anew for each request by the outer door."""

from dataclasses import dataclass, field
from typing import Any

from litestar.connection import ASGIConnection
from litestar.types import Scope

from services.tenants.grants import Grant
from services.tenants.organisations import Organisation
from services.tenants.seats import Seat
from services.tenants.sessions import Session
from services.wording.language import DEFAULT, Language

Connection = ASGIConnection[Any, Any, Any, Any]
KEY = "caller"


@dataclass(slots=True, kw_only=True)
class Caller:
    """What the guard finds out is added as it becomes known; nothing here outlives the request."""

    request_id: str
    language: Language = DEFAULT
    theme: str = "auto"
    size: str = "normal"
    keys: str = "on"
    seat: Seat | None = None
    session: Session | None = None
    organisation: Organisation | None = None
    grant: Grant | None = None
    heard: str = ""
    """Up to where this page's reader has heard the news; asked before anything is read."""
    anonymous: str | None = field(default=None, repr=False)
    """The random id that the forms of somebody without a session are bound to."""


def caller_of(connection: Connection) -> Caller:
    caller: Caller = connection.scope["state"][KEY]
    return caller


def put(scope: Scope, caller: Caller) -> None:
    scope.setdefault("state", {})[KEY] = caller


def session_of(connection: Connection) -> Session:
    """Of somebody who was let in as staff."""
    session = caller_of(connection).session
    assert session is not None
    return session
