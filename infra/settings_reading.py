"""Strings of the environment become values; what cannot be read is collected, not raised."""

import contextlib
import difflib
import ipaddress
import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, urlsplit, urlunsplit

from infra.folders import passable, private

T = TypeVar("T")

KNOWN = frozenset(
    f"REDRESS_{name}"
    for name in """
    HOME HOST PORT PUBLIC_URL TEMPORAL_UI_PORT
    DATABASE_URL DATABASE_PUBLIC_URL DATABASE_WORKER_URL MIGRATE_URL
    TEMPORAL_ADDRESS TEMPORAL_NAMESPACE TEMPORAL_API_KEY
    TEMPORAL_TLS TEMPORAL_TLS_CA TEMPORAL_TLS_CERT TEMPORAL_TLS_KEY TEMPORAL_TLS_SERVER_NAME
    STORAGE_URL FILES_URL SMTP_URL MAIL_FROM WORKER_METRICS SECRET_KEY KEY_FILE READY_FILE
    """.split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    name: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.name} {self.wrong}.\n    → {self.remedy}"


class Faults(Exception):
    """Everything that is wrong with the environment, each with its remedy."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(slots=True)
class Reading:
    environ: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, name: str, wrong: str, remedy: str) -> None:
        self.faults.append(Fault(name=name, wrong=wrong, remedy=remedy))

    def unless_faulty(self, make: Callable[[], T]) -> T | None:
        made = make()
        return None if self.faults else made

    def refuse_unknown(self) -> None:
        for name in sorted(self.environ):
            if name.startswith("REDRESS_") and name not in KNOWN:
                near = difflib.get_close_matches(name, KNOWN, n=1)
                remedy = f"did you mean {near[0]}?" if near else "remove it"
                self.fault(name, "is not a setting of Redress", remedy)

    def optional(self, name: str) -> str | None:
        return self.environ.get(name, "").strip() or None

    def text(self, name: str, default: str) -> str:
        return self.optional(name) or default

    def port(self, name: str) -> int | None:
        given = self.optional(name)
        if given is None:
            return None
        if given.isascii() and given.isdigit() and 0 < int(given) < 65536:
            return int(given)
        self.fault(name, f"is {given!r}, which is not a port", "give a number from 1 to 65535")
        return None

    def flag(self, name: str, *, default: bool) -> bool:
        given = (self.optional(name) or "").lower()
        if given in {"", "1", "true", "yes", "0", "false", "no"}:
            return given in {"1", "true", "yes"} if given else default
        self.fault(name, f"is {given!r}, which is neither yes nor no", "give true or false")
        return default

    def url(self, name: str, schemes: tuple[str, ...]) -> str | None:
        given = self.optional(name)
        if given is None or urlsplit(given).scheme in schemes:
            return given
        expected = ", ".join(f"{scheme}://" for scheme in schemes)
        self.fault(name, "does not begin like an address of its kind", f"begin it with {expected}")
        return None

    def address(self, name: str) -> str | None:
        given = self.optional(name)
        host, _, port = (given or "").rpartition(":")
        if given is None or (host and port.isascii() and port.isdigit()):
            return given
        self.fault(name, f"is {given!r}, which is not host:port", "for example localhost:7233")
        return None

    def mail(self, name: str, default: str, *, may_make: bool) -> str:
        given = self.optional(name)
        if given is not None and "@" not in given:
            self.fault(name, f"is {given!r}, which is no mail address", "for example help@your.org")
        if given is None and not may_make and self.optional("REDRESS_SMTP_URL"):
            self.fault(
                name, "is not set, though mail is sent", "give the sender, e.g. help@your.org"
            )
        return given or default

    def file(self, name: str) -> Path | None:
        given = self.optional(name)
        if given is None:
            return None
        path = Path(given).expanduser().resolve()
        if path.is_file() and os.access(path, os.R_OK):
            return path
        self.fault(name, f"names {path}, which is not a file we can read", "check path and owner")
        return None

    def secret(self, name: str, given: str) -> bytes:
        if len(given) < 32:
            remedy = "make one with: openssl rand -hex 32"
            self.fault(name, f"has {len(given)} characters, too few to be a secret", remedy)
        return given.encode()

    def public_url(self, name: str, default: str) -> str:
        given = (self.optional(name) or default).rstrip("/")
        parts = urlsplit(given)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path:
            self.fault(name, f"is {given!r}", "give scheme and host only: https://help.your.org")
        elif parts.scheme == "http" and not is_near(parts.hostname):
            wrong = "is plain http, so that passwords could be read on their way"
            self.fault(name, wrong, f"use https://{parts.netloc} behind your proxy")
        return given

    def as_role(self, url: str, role: str) -> str:
        """The same server and password under another role; as our migrations name them."""
        parts = urlsplit(url)
        password = f":{parts.password}" if parts.password else ""
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit(parts._replace(netloc=f"{quote(role)}{password}@{host}"))


def is_near(host: str) -> bool:
    """This machine or a private network, where a phone may try a development server."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False


def key_material(reading: Reading, name: str, path: Path) -> bytes:
    if path.stat().st_mode & 0o077:
        reading.fault(
            name, f"names {path}, which others on this machine can read", f"chmod 600 {path}"
        )
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != 32:
        reading.fault(
            name, f"names {path}, which does not hold 64 hex digits", "openssl rand -hex 32"
        )
    return key


def own_key(reading: Reading, home: Path, name: str) -> bytes:
    try:
        return own_file(home / "keys" / name)
    except (OSError, ValueError) as error:
        reading.fault(
            "REDRESS_HOME",
            f"is {home}, where no key can be kept ({error})",
            "give a folder of yours",
        )
        return b""


def own_file(path: Path) -> bytes:
    """32 bytes that only we can read; of two processes that begin at once, both get the same."""
    passable(path.parent.parent)
    private(path.parent)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(32))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return bytes.fromhex(path.read_text("ascii"))
