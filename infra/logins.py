"""The three log-ins of the running product: none owns a table, none can bypass a policy."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import assert_never
from urllib.parse import unquote, urlsplit

OWNER = "redress_owner"
DEFINER = "redress_definer"
SEARCHER = "redress_searcher"
SCRAM_ROUNDS = 4096


class Login(StrEnum):
    """Staff and link pages, public intake, and the worker: each with its own pool and grants."""

    APP = "app"
    PUBLIC = "public"
    WORKER = "worker"

    @property
    def role(self) -> str:
        return f"redress_{self.value}"

    @property
    def statement_time(self) -> timedelta:
        match self:
            case Login.APP | Login.PUBLIC:
                return timedelta(seconds=5)
            case Login.WORKER:
                return timedelta(seconds=30)
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseSettings:
    """One database: an address for each log-in, and one for who owns it and may create roles."""

    app: str = field(repr=False)
    public: str = field(repr=False)
    worker: str = field(repr=False)
    migrate: str | None = field(repr=False, default=None)

    def url(self, login: Login) -> str:
        match login:
            case Login.APP:
                return self.app
            case Login.PUBLIC:
                return self.public
            case Login.WORKER:
                return self.worker
            case _:
                assert_never(login)

    def password(self, login: Login) -> str | None:
        """None on a server that trusts its own socket."""
        said = urlsplit(self.url(login)).password
        return unquote(said) if said else None


def verifier(password: str) -> str:
    """What PostgreSQL keeps of a password (RFC 5803): the password itself is never sent."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, SCRAM_ROUNDS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    salt64, stored64, server64 = (
        base64.b64encode(part).decode() for part in (salt, stored, server)
    )
    return f"SCRAM-SHA-256${SCRAM_ROUNDS}:{salt64}${stored64}:{server64}"


def time_limits(login: Login) -> Mapping[str, str]:
    return {
        "application_name": login.role,
        "timezone": "UTC",
        "search_path": "public, pg_temp",
        "statement_timeout": f"{login.statement_time.seconds}s",
        "lock_timeout": "2s",
        "idle_in_transaction_session_timeout": "15s",
    }
