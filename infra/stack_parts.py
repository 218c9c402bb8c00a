"""The parts of our stack, in the order in which each can rely on those before it."""

import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from infra import postgres, postgres_cluster, readiness, temporal_server
from infra.folders import private
from infra.parts import Job, Part, Stage
from infra.postgres_place import Place, place_for
from infra.processes import Command, answers, free_port
from infra.settings import RUNNING, Settings

LOCAL = "127.0.0.1"
DEMO = "demo.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    smtp: int
    http: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Of the servers that we run ourselves; None stands for one that somebody else runs."""

    home: Path
    host: str
    port: int
    database: Place | None
    temporal: temporal_server.Ports | None
    mail: Mail | None

    def environment(self) -> dict[str, str]:
        """How every other process finds them, ours and those in another terminal."""
        said = {
            "REDRESS_HOME": str(self.home),
            "REDRESS_HOST": self.host,
            "REDRESS_PORT": str(self.port),
        }
        if self.database:
            said["REDRESS_DATABASE_URL"] = postgres.url(self.database, "redress_app")
            said["REDRESS_MIGRATE_URL"] = postgres.url(self.database, postgres_cluster.OWNER)
        if self.temporal:
            said["REDRESS_TEMPORAL_ADDRESS"] = self.temporal.address
        if self.mail:
            said["REDRESS_SMTP_URL"] = f"smtp://{LOCAL}:{self.mail.smtp}"
        return said


def addresses_for(settings: Settings) -> Addresses:
    """What the environment does not name, we run."""
    ui = settings.temporal_ui_port
    ports = temporal_server.Ports(ui=ui) if ui else temporal_server.Ports()
    own_database = settings.database_or_none is None
    return Addresses(
        home=settings.home,
        host=settings.host,
        port=settings.port,
        database=place_for(settings.home, log_of(settings, "postgres")) if own_database else None,
        temporal=ports if settings.temporal_or_none is None else None,
        mail=Mail(smtp=free_port(), http=free_port()) if settings.smtp_url is None else None,
    )


def stages(settings: Settings, addresses: Addresses) -> tuple[Stage, ...]:
    environment = addresses.environment()
    serving = {**environment, "REDRESS_MIGRATE_URL": ""}  # what serves may not change tables
    return (
        (*database(addresses),),
        (
            migrations(settings, environment),
            *temporal(settings, addresses),
            *mail_sink(settings, addresses),
        ),
        (worker(settings, serving), web(settings, serving)),
        (*demo(settings, addresses),),
    )


def database(addresses: Addresses) -> tuple[Part, ...]:
    place = addresses.database
    if place is None:
        return ()
    return (
        Part(
            name="PostgreSQL",
            command=postgres.command(place),
            log=place.log,
            ready=partial(postgres.is_ready, place),
            prepare=partial(postgres_cluster.prepare, place),
        ),
    )


def migrations(settings: Settings, environment: Mapping[str, str]) -> Job:
    command = python("-m", "infra.migrate", environment=environment)
    return Job(name="Tables", command=command, log=log_of(settings, "migrate"))


def temporal(settings: Settings, addresses: Addresses) -> tuple[Part, ...]:
    ports = addresses.temporal
    if ports is None:
        return ()
    folder = settings.home / "temporal"
    return (
        Part(
            name="Temporal",
            command=temporal_server.command(folder / "temporal.sqlite", ports),
            log=log_of(settings, "temporal"),
            ready=lambda _pid: temporal_server.is_ready(ports),
            prepare=partial(private, folder),
        ),
    )


def mail_sink(settings: Settings, addresses: Addresses) -> tuple[Part, ...]:
    mail = addresses.mail
    if mail is None:
        return ()
    ports = ("--smtp-port", str(mail.smtp), "--http-port", str(mail.http))
    folder = ("--folder", str(settings.home / "mail"))
    return (
        Part(
            name="Mail sink",
            command=python("-m", "infra.mail_sink", *folder, *ports),
            log=log_of(settings, "mail"),
            ready=lambda _pid: answers(LOCAL, mail.smtp) and answers(LOCAL, mail.http),
        ),
    )


def worker(settings: Settings, environment: Mapping[str, str]) -> Part:
    announced = settings.home / RUNNING.parent / "worker.ready"
    asked = {**environment, readiness.VARIABLE: str(announced)}
    return Part(
        name="Worker",
        command=python("-m", "workflows.worker", environment=asked, grace_seconds=15),
        log=log_of(settings, "worker"),
        ready=partial(readiness.has_announced, announced),
    )


def web(settings: Settings, environment: Mapping[str, str]) -> Part:
    host = LOCAL if settings.host in {"0.0.0.0", "::"} else settings.host  # noqa: S104 - compared
    return Part(
        name="Pages",
        command=python("-m", "web.serve", environment=environment),
        log=log_of(settings, "web"),
        ready=lambda _pid: temporal_server.get_is_ok(host, settings.port, "/health/ready"),
    )


def demo(settings: Settings, addresses: Addresses) -> tuple[Job, ...]:
    """On the first start only, and never where real people's complaints may lie."""
    output = settings.home / DEMO
    if not settings.development or addresses.database is None or output.exists():
        return ()
    command = Command(argv=(redress(), "demo", "--json"), env=addresses.environment())
    log = log_of(settings, "demo")
    return (Job(name="Demo association", command=command, log=log, output=output),)


def python(
    *arguments: str, environment: Mapping[str, str] | None = None, grace_seconds: float = 8
) -> Command:
    return Command(
        argv=(sys.executable, *arguments),
        env={"PYTHONUNBUFFERED": "1", **(environment or {})},
        grace_seconds=grace_seconds,
    )


def redress() -> str:
    return str(Path(sysconfig.get_path("scripts")) / "redress")


def log_of(settings: Settings, name: str) -> Path:
    return settings.home / "logs" / f"{name}.log"
