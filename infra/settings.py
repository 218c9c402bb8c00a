"""What the environment says, read once into one frozen object, or every fault at once."""

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from infra.logins import DatabaseSettings, Login
from infra.processes import is_running
from infra.settings_reading import Fault, Faults, Reading, key_material, own_key

POSTGRES = ("postgresql", "postgres")
RUNNING = Path("run", "addresses.json")
"""Below home: where a running stack writes its addresses, so that other commands find it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Temporal:
    address: str
    namespace: str = "default"
    api_key: str | None = field(default=None, repr=False)
    tls: bool = False
    tls_ca: Path | None = None
    tls_cert: Path | None = None
    tls_key: Path | None = None
    tls_server_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    home: Path
    host: str
    port: int
    public_url: str
    temporal_ui_port: int | None
    database_or_none: DatabaseSettings | None
    temporal_or_none: Temporal | None
    storage_url: str = field(repr=False)
    files_url: str | None
    smtp_url: str | None = field(repr=False)
    sms_url: str | None = field(repr=False)
    mail_from: str
    worker_metrics: str | None
    secret_key: bytes = field(repr=False)
    master_key: bytes = field(repr=False)

    @property
    def development(self) -> bool:
        """Plain http: this machine or this room only; secrets are made, cookies are not Secure."""
        return self.public_url.startswith("http://")

    @property
    def sms_via(self) -> str | None:
        """In development short messages are read where the mails are."""
        return self.sms_url or (self.smtp_url if self.development else None)

    @property
    def database(self) -> DatabaseSettings:
        if self.database_or_none is None:
            raise Faults((not_running("REDRESS_DATABASE_URL", "database", self.home),))
        return self.database_or_none

    @property
    def migrate_url(self) -> str:
        """Of a role that owns the database and may create roles; used for nothing else."""
        if self.database.migrate is None:
            wrong = "is not set, and the role of the running product may not change tables"
            remedy = "give the address of a role that owns the database and may create roles"
            raise Faults((Fault(name="REDRESS_MIGRATE_URL", wrong=wrong, remedy=remedy),))
        return self.database.migrate

    @property
    def temporal(self) -> Temporal:
        if self.temporal_or_none is None:
            raise Faults((not_running("REDRESS_TEMPORAL_ADDRESS", "Temporal server", self.home),))
        return self.temporal_or_none

    def key(self, purpose: str) -> bytes:
        """A key of its own for each purpose, so that one that leaks opens nothing else."""
        return hmac.digest(self.secret_key, purpose.encode(), hashlib.sha256)


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Raises Faults with everything that is wrong; makes the keys of a development home."""
    home = Path(environ.get("REDRESS_HOME") or ".redress").expanduser().resolve()
    reading = Reading({**running_stack(home), **environ})
    reading.refuse_unknown()
    settings = read(reading, home)
    if reading.faults or settings is None:
        raise Faults(tuple(reading.faults))
    return settings


def read(reading: Reading, home: Path) -> Settings | None:
    host = reading.text("REDRESS_HOST", "127.0.0.1")
    port = reading.port("REDRESS_PORT") or 8000
    public_url = reading.public_url("REDRESS_PUBLIC_URL", f"http://localhost:{port}")
    may_make = public_url.startswith("http://")
    return reading.unless_faulty(
        lambda: Settings(
            home=home,
            host=host,
            port=port,
            public_url=public_url,
            temporal_ui_port=reading.port("REDRESS_TEMPORAL_UI_PORT"),
            database_or_none=database(reading),
            temporal_or_none=temporal(reading),
            storage_url=reading.url("REDRESS_STORAGE_URL", ("file", "s3", "https", "http"))
            or f"file://{home}/files",
            files_url=reading.url("REDRESS_FILES_URL", ("https", "http")),
            smtp_url=smtp(reading, may_be_off=may_make),
            sms_url=reading.url("REDRESS_SMS_URL", ("https", "http")),
            mail_from=reading.mail("REDRESS_MAIL_FROM", "redress@localhost", may_make=may_make),
            worker_metrics=reading.address("REDRESS_WORKER_METRICS"),
            secret_key=secret_key(reading, home, may_make=may_make),
            master_key=master_key(reading, home, may_make=may_make),
        )
    )


def database(reading: Reading) -> DatabaseSettings | None:
    app = reading.url("REDRESS_DATABASE_URL", POSTGRES)
    public = reading.url("REDRESS_DATABASE_PUBLIC_URL", POSTGRES)
    worker = reading.url("REDRESS_DATABASE_WORKER_URL", POSTGRES)
    migrate = reading.url("REDRESS_MIGRATE_URL", POSTGRES)
    if app is None:
        return None
    return DatabaseSettings(
        app=app,
        public=public or reading.as_role(app, Login.PUBLIC.role),
        worker=worker or reading.as_role(app, Login.WORKER.role),
        migrate=migrate,
    )


def temporal(reading: Reading) -> Temporal | None:
    address = reading.address("REDRESS_TEMPORAL_ADDRESS")
    api_key = reading.optional("REDRESS_TEMPORAL_API_KEY")
    cert = reading.file("REDRESS_TEMPORAL_TLS_CERT")
    key = reading.file("REDRESS_TEMPORAL_TLS_KEY")
    tls = reading.flag("REDRESS_TEMPORAL_TLS", default=bool(api_key or cert))
    if (cert is None) != (key is None):
        reading.fault(
            "REDRESS_TEMPORAL_TLS_CERT",
            "a client certificate and its key belong together, and one of them is missing",
            "set REDRESS_TEMPORAL_TLS_CERT and REDRESS_TEMPORAL_TLS_KEY, or neither",
        )
    if address is None:
        return None
    return Temporal(
        address=address,
        namespace=reading.text("REDRESS_TEMPORAL_NAMESPACE", "default"),
        api_key=api_key,
        tls=tls,
        tls_ca=reading.file("REDRESS_TEMPORAL_TLS_CA"),
        tls_cert=cert,
        tls_key=key,
        tls_server_name=reading.optional("REDRESS_TEMPORAL_TLS_SERVER_NAME"),
    )


def smtp(reading: Reading, *, may_be_off: bool) -> str | None:
    if not may_be_off and not reading.optional("REDRESS_SMTP_URL"):
        reading.fault(
            "REDRESS_SMTP_URL",
            "is not set, so that no letter and no reminder could leave",
            "for example smtp+starttls://user:password@mail.your.org:587",
        )
    return reading.url("REDRESS_SMTP_URL", ("smtp", "smtps", "smtp+starttls"))


def secret_key(reading: Reading, home: Path, *, may_make: bool) -> bytes:
    """Signs cookies, links and forms; a new one ends every session and every open form."""
    given = reading.optional("REDRESS_SECRET_KEY")
    if given is not None:
        return reading.secret("REDRESS_SECRET_KEY", given)
    if may_make:
        return own_key(reading, home, "secret-key")
    reading.fault(
        "REDRESS_SECRET_KEY",
        "is not set, and a public address needs one that lasts",
        "make one with: openssl rand -hex 32",
    )
    return b""


def master_key(reading: Reading, home: Path, *, may_make: bool) -> bytes:
    """Every tenant's key is wrapped by it; without it, evidence is lost for ever."""
    given = reading.file("REDRESS_KEY_FILE")
    if given is not None:
        return key_material(reading, "REDRESS_KEY_FILE", given)
    if may_make:
        return own_key(reading, home, "master-key")
    if not reading.optional("REDRESS_KEY_FILE"):
        reading.fault(
            "REDRESS_KEY_FILE",
            "is not set, and a public address needs a key file that is kept with the backups",
            "openssl rand -hex 32 > FILE, chmod 600 FILE, then REDRESS_KEY_FILE=FILE",
        )
    return b""


def running_stack(home: Path) -> dict[str, str]:
    """The addresses that a stack under this home has left for us, if it is alive."""
    try:
        left = json.loads((home / RUNNING).read_bytes())
        addresses: dict[str, str] = left["environment"] if is_running(left["pid"]) else {}
    except (OSError, ValueError, KeyError):
        return {}
    return addresses


def not_running(name: str, what: str, home: Path) -> Fault:
    return Fault(
        name=name,
        wrong=f"is not set, and no {what} of ours is running under {home}",
        remedy="start one with: redress up — or give the address of your own",
    )
