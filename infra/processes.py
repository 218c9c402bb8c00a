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
from typing import IO

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What to run, as whom, and how it is told to stop."""

    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    user: pwd.struct_passwd | None = None
    stop_with: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGKILL
    grace_seconds: float = 10.0

    def options(self, log: int | IO[bytes]) -> dict[str, object]:
        """For subprocess and asyncio alike. A session of its own keeps the terminal's Ctrl-C away
        from it, so that we decide the order in which things stop."""
        return {
            "cwd": "/" if self.user else None,
            "env": {**os.environ, **self.env},
            "stdin": subprocess.DEVNULL,
            "stdout": log,
            "stderr": subprocess.STDOUT,
            "start_new_session": True,
            "preexec_fn": dies_with_us(self.orphan_signal),
            **(self.dropped() if self.user else {}),
        }

    def dropped(self) -> dict[str, object]:
        assert self.user
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
    return subprocess.Popen(command.argv, **command.options(log))  # type: ignore[call-overload, no-any-return]


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
    """A zombie keeps its number and does nothing; only /proc tells it from the living."""
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except PermissionError:
        return True
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state not in {"Z", "X"}
