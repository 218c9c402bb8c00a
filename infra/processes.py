"""Starting servers so that none outlives us, whichever way we end."""

import ctypes
import os
import pwd
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TypedDict

PR_SET_PDEATHSIG = 1


class As(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


class Options(As):
    cwd: str | None
    env: dict[str, str]
    stdin: int
    stdout: int | IO[bytes]
    stderr: int | IO[bytes]
    start_new_session: bool
    preexec_fn: Callable[[], None] | None


LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class StartFailed(Exception):
    """A server did not start; the message holds the end of what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What to run, as whom, and how it is told to stop."""

    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    user: pwd.struct_passwd | None = None
    stop_with: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGKILL
    grace_seconds: float = 10.0

    def options(self, log: int | IO[bytes], output: int | IO[bytes] | None = None) -> Options:
        """For subprocess and asyncio alike. A session of its own keeps the terminal's Ctrl-C away
        from it, so that we decide the order in which things stop."""
        return {
            "cwd": "/" if self.user else None,
            "env": {**os.environ, **self.env},
            "stdin": subprocess.DEVNULL,
            "stdout": log if output is None else output,
            "stderr": log,
            "start_new_session": True,
            "preexec_fn": dies_with_us(self.orphan_signal),
            **self.dropped(),
        }

    def dropped(self) -> As:
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}


def dies_with_us(with_signal: signal.Signals) -> Callable[[], None] | None:
    """Runs in the child after its change of user, which would clear the setting.

    The kernel watches the thread that started the child: start from the main thread only."""
    if LIBC is None:
        return None
    parent = os.getpid()

    def ask_the_kernel() -> None:
        LIBC.prctl(PR_SET_PDEATHSIG, int(with_signal))
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    return ask_the_kernel


def spawn(command: Command, log: int | IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command.argv, **command.options(log))


def end(process: subprocess.Popen[bytes], command: Command) -> None:
    """Asks, waits, and then insists."""
    if process.poll() is None:
        process.send_signal(command.stop_with)
        try:
            process.wait(command.grace_seconds)
        except subprocess.TimeoutExpired:
            kill_group(process.pid)
    process.wait()


def kill_group(pid: int) -> None:
    """Every child leads a group of its own, so this reaches its children too."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def free_port(host: str = "127.0.0.1") -> int:
    with socket.socket() as listener:
        listener.bind((host, 0))
        port: int = listener.getsockname()[1]
        return port


def is_taken(host: str, port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError:
            return True
    return False


def answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=0.2):
            return True
    except OSError:
        return False


def is_running(pid: int) -> bool:
    """A zombie keeps its number and does nothing; where there is a /proc it tells them apart."""
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except ProcessLookupError:
        return False
    return in_proc(pid, "stat", unknown=b") R").rpartition(b")")[2].split()[:1] not in (
        [b"Z"],
        [b"X"],
        [],
    )


def in_proc(pid: int, what: str, *, unknown: bytes) -> bytes:
    """What the kernel tells of a process; empty for one that has gone."""
    try:
        return Path(f"/proc/{pid}/{what}").read_bytes()
    except OSError:
        return b"" if Path("/proc/self").exists() else unknown
