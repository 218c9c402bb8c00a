"""The files of the embedded PostgreSQL: made when new, cleared of what a kill has left."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from infra.postgres_place import Place
from infra.processes import Command, StartFailed, in_proc, is_running

OWNER = "postgres"
DATABASE = "redress"
LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")
ORPHAN_SECONDS_MAX = 20.0
POLL_SECONDS = 0.02


def prepare(place: Place, *, durable: bool = True) -> None:
    """Before every start. A new cluster appears under its name only when it is whole."""
    if place.data.exists():
        clear(place)
    else:
        make(place, durable=durable)


def make(place: Place, *, durable: bool) -> None:
    draft = place.data.with_name(f"{place.data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    if place.user:
        os.chown(draft, place.user.pw_uid, place.user.pw_gid)
    syncing = () if durable else ("--no-sync",)
    tool(place, "initdb", "-D", draft, "-U", OWNER, "-A", "trust", "-E", "UTF8", *LOCALE, *syncing)
    unsynced = () if durable else ("-F",)
    single = ("--single", *unsynced, "-D", draft, "postgres")
    tool(place, "postgres", *single, say=f"create database {DATABASE}\n")
    draft.rename(place.data)


def tool(place: Place, name: str, *arguments: str | Path, say: str = "") -> None:
    done = subprocess.run(
        [place.binaries / name, *arguments],
        cwd="/",
        input=say.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        check=False,
        **Command(argv=(), user=place.user).dropped(),
    )
    if done.returncode:
        raise StartFailed(f"{name} failed:\n{done.stdout.decode(errors='replace')}")


def clear(place: Place) -> None:
    """PostgreSQL believes any living number in its pid file, be it a zombie's or a stranger's.

    An orphan of ours is ended first. Its last children may live on for a moment: PostgreSQL sees
    them by their shared memory, with or without the file, and is then started once more."""
    pid_file = place.data / "postmaster.pid"
    pid = pid_in(pid_file)
    if pid is None:
        return
    if is_running(pid) and is_ours(place, pid):
        end_orphan(pid)
    pid_file.unlink(missing_ok=True)


def is_ours(place: Place, pid: int) -> bool:
    """On a system without /proc nobody can tell; then we believe the file."""
    whose = os.fsencode(place.data)
    return whose in in_proc(pid, "cmdline", unknown=whose).split(b"\0")


def end_orphan(pid: int) -> None:
    until = time.monotonic() + ORPHAN_SECONDS_MAX
    os.kill(pid, signal.SIGINT)
    while is_running(pid):
        if time.monotonic() > until:
            raise StartFailed(f"A PostgreSQL of an earlier start (process {pid}) does not end.")
        time.sleep(POLL_SECONDS)


def pid_in(pid_file: Path) -> int | None:
    try:
        return abs(int(pid_file.read_text().splitlines()[0]))
    except (OSError, ValueError, IndexError):
        return None
