"""A worker in a process of its own, and a gate before PostgreSQL that can be shut."""

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from urllib.parse import parse_qs, urlsplit

from infra.processes import Command, end, spawn
from infra.readiness import VARIABLE, has_announced
from tests.infra.waiting import until

SOCKET = ".s.PGSQL.5432"


@dataclass(kw_only=True)
class Gate:
    """Connections pass as long as it is open; shutting it cuts all of them at once."""

    server: Path
    folder: Path
    passing: set[asyncio.StreamWriter] = field(default_factory=set)
    door: asyncio.Server | None = None

    def url(self, behind: str) -> str:
        return behind.replace(str(self.server.parent), str(self.folder))

    async def open(self) -> None:
        self.door = await asyncio.start_unix_server(self.let_pass, self.folder / SOCKET)

    def shut(self) -> None:
        if self.door:
            self.door.close()
            (self.folder / SOCKET).unlink(missing_ok=True)
        for writer in self.passing:
            writer.transport.abort()

    async def let_pass(self, came: asyncio.StreamReader, went: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_unix_connection(self.server)
        self.passing |= {went, forth}
        with contextlib.suppress(OSError):
            await asyncio.gather(carry(came, forth), carry(back, went))


async def carry(come: asyncio.StreamReader, go: asyncio.StreamWriter) -> None:
    while some := await come.read(65536):
        go.write(some)
        await go.drain()
    go.close()


@contextlib.asynccontextmanager
async def gate_before(url: str) -> AsyncIterator[Gate]:
    (sockets,) = parse_qs(urlsplit(url).query)["host"]
    with tempfile.TemporaryDirectory(prefix="gate-") as folder:
        gate = Gate(server=Path(sockets) / SOCKET, folder=Path(folder))
        try:
            yield gate
        finally:
            gate.shut()


class WorkerProcess:
    def __init__(self, environment: dict[str, str], home: Path) -> None:
        self.home = home
        self.log = home / "worker.log"
        self.ready = home / "worker.ready"
        env = {**environment, VARIABLE: str(self.ready)}
        self.command = Command(argv=(sys.executable, "-m", "workflows.worker"), env=env)
        self.process: Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = spawn(self.command, log)

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    async def at_work(self) -> None:
        await until(lambda: has_announced(self.ready, self.pid))

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        assert self.process
        end(self.process, self.command)
        return self.process.returncode

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")


@contextlib.contextmanager
def worker_process(environment: dict[str, str], home: Path) -> Iterator[WorkerProcess]:
    worker = WorkerProcess(environment, home)
    try:
        yield worker
    finally:
        if worker.process:
            worker.stop()
