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

OWNER = "redress_owner"
DEFINER = "redress_definer"
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
    """Where the database is.

    `url` says host, port, database and TLS; the log-ins sign in by themselves. With a `login_key`
    their passwords are derived from it; without one the server trusts its own socket.
    `migrate_url` names somebody who may create roles and owns the database.
    """

    url: str = field(repr=False)
    migrate_url: str = field(repr=False)
    login_key: bytes | None = field(repr=False, default=None)


def credentials(settings: DatabaseSettings, login: Login) -> Mapping[str, str | None]:
    """The arguments with which asyncpg connects as this log-in."""
    key = settings.login_key
    made = password(key, login) if key else None
    return {"dsn": settings.url, "user": login.role, "password": made}


def password(key: bytes, login: Login) -> str:
    made = hmac.digest(key, login.role.encode(), "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def verifier(secret: str) -> str:
    """What PostgreSQL keeps of a password (RFC 5803): the password itself is never sent."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", secret.encode(), salt, SCRAM_ROUNDS)
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
