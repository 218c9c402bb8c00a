"""The embedded PostgreSQL: made when new, started as our own child, quick to come back."""

import contextlib
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from infra.logs import last_lines
from infra.postgres_cluster import DATABASE, OWNER, prepare
from infra.postgres_place import Place, place_for
from infra.processes import Command, StartFailed, end, spawn

READY_SECONDS_MAX = 30.0
POLL_SECONDS = 0.01


def url(place: Place, role: str, database: str = DATABASE) -> str:
    return f"postgresql://{role}@/{database}?host={quote(str(place.sockets), safe='/')}&port=5432"


def command(place: Place, *options: str) -> Command:
    """SIGINT is its fast shutdown; SIGTERM would wait for every client to leave."""
    settings = (
        "listen_addresses=",
        "port=5432",
        f"unix_socket_directories={place.sockets}",
        "unix_socket_permissions=0700",
        "cluster_name=redress",
        "timezone=UTC",
        "log_timezone=UTC",
        "max_connections=120",
        "shared_buffers=128MB",
        *options,
    )
    flags = (part for setting in settings for part in ("-c", setting))
    return Command(
        argv=(str(place.binaries / "postgres"), "-D", str(place.data), *flags),
        user=place.user,
        stop_with=signal.SIGINT,
        orphan_signal=signal.SIGINT,
        grace_seconds=20.0,
    )


def is_ready(place: Place, pid: int) -> bool:
    """The eighth line of its pid file says so; to ask it costs neither process nor connection."""
    try:
        lines = (place.data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"


class Server:
    """A server of our own for tests and tools; `kill` and `start` again are part of its job."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.command = command(place, "fsync=off", "full_page_writes=off")
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, role: str = OWNER, database: str = DATABASE) -> str:
        return url(self.place, role, database)

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    def start(self) -> None:
        """After a kill the old server's children may still hold its memory: it is tried again."""
        prepare(self.place, durable=False)
        until = time.monotonic() + READY_SECONDS_MAX
        while True:
            with self.place.log.open("ab") as log:
                self.process = spawn(self.command, log)
            while self.process.poll() is None:
                if is_ready(self.place, self.process.pid):
                    return
                if time.monotonic() > until:
                    end(self.process, self.command)
                time.sleep(POLL_SECONDS)
            if time.monotonic() > until:
                raise StartFailed("\n".join(last_lines(self.place.log)))
            time.sleep(0.1)

    def kill(self) -> None:
        """As the out-of-memory killer would: no farewell, its children are left to notice."""
        assert self.process
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process:
            end(self.process, self.command)


@contextlib.contextmanager
def running(home: Path | None = None) -> Iterator[Server]:
    """A throw-away server on a free socket; with a home its data stay for the next time.

    Durability is off: a killed process loses nothing by it, only a machine without power would."""
    with contextlib.ExitStack() as stack:
        where = home or Path(stack.enter_context(throw_away()))
        server = Server(place_for(where, where / "postgres.log"))
        stack.callback(server.stop)
        server.start()
        yield server


@contextlib.contextmanager
def throw_away() -> Iterator[str]:
    folder = tempfile.mkdtemp(prefix="redress-pg-")
    try:
        Path(folder).chmod(0o711)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
