import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from infra import postgres
from infra.postgres import Server
from infra.postgres_place import SOCKET_BYTES_MAX, place_for, server_user
from infra.processes import Command, end, spawn
from infra.settings_reading import own_file
from tests.architecture.code import ROOT
from tests.infra.waiting import alive


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres.running() as server:
        yield server


async def test_it_is_postgresql_18_with_a_locale_that_no_system_update_changes(server: Server):
    version, provider, locale = await row(
        server,
        """select current_setting('server_version_num')::int / 10000, datlocprovider, datlocale
           from pg_database where datname = current_database()""",
    )

    assert (version, provider, locale) == (18, b"b", "C.UTF-8")


async def test_chinese_text_has_letters(server: Server):
    assert await row(server, "select '退' ~ '[[:alpha:]]', length('维权台')") == (True, 3)


async def test_what_was_committed_outlives_a_kill(server: Server):
    await row(server, "create table kept (id int)")
    await row(server, "insert into kept values (7)")
    before = server.pid

    server.kill()
    server.start()

    assert server.pid != before
    assert await row(server, "select id from kept") == (7,)


async def test_an_orphan_of_an_earlier_start_is_ended_first(server: Server):
    orphan = server.process
    assert orphan
    await row(server, "create table orphaned (id int)")

    again = Server(server.place)
    again.start()
    again.stop()

    assert orphan.wait(5) == 0
    server.start()
    assert await row(server, "select count(*) from orphaned") == (0,)


async def test_a_stale_pid_file_with_a_strangers_number_does_not_stop_it(server: Server):
    """After a restart of the machine the number may belong to any process of the same user."""
    stranger = Command(argv=("sleep", "600"), user=server.place.user)
    process = spawn(stranger, subprocess.DEVNULL)
    server.kill()
    pid_file = server.place.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(process.pid), *lines[1:], ""]))

    server.start()

    assert await row(server, "select 1") == (1,)
    assert process.poll() is None
    end(process, stranger)


def test_only_its_user_can_reach_the_socket(server: Server):
    sockets = server.place.sockets.stat()

    assert sockets.st_mode & 0o777 == 0o700
    assert sockets.st_uid == (user.pw_uid if (user := server_user()) else os.geteuid())


async def test_it_listens_on_no_port(server: Server):
    assert await row(server, "show listen_addresses") == ("",)


def test_a_deep_home_gets_a_short_socket(tmp_path: Path):
    deep = Path(tempfile.mkdtemp(prefix="redress-deep-")) / ("d" * SOCKET_BYTES_MAX)

    place = place_for(deep, tmp_path / "log")

    try:
        assert len(os.fsencode(place.sockets / ".s.PGSQL.5432.lock")) < 107
    finally:
        forget(place.sockets, place.data.parent, deep.parent)


@pytest.mark.usefixtures("private_umask")
def test_a_home_that_its_user_cannot_enter_moves_the_database_and_says_so():
    home = Path(tempfile.mkdtemp(prefix="redress-private-"))
    own_file(home / "keys" / "secret-key")

    place = place_for(home, home / "log")

    try:
        assert place.moved == (os.geteuid() == 0)
        server = Server(place)
        server.start()
        server.stop()
    finally:
        forget(place.sockets, place.data.parent, home)


@pytest.fixture
def private_umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


def test_a_socket_folder_that_somebody_else_owns_is_refused(tmp_path: Path):
    home = Path(tempfile.mkdtemp(prefix="redress-trap-"))
    home.chmod(0o711)
    place = place_for(home, tmp_path / "log")
    place.sockets.rmdir()
    place.sockets.symlink_to(tmp_path)

    try:
        with pytest.raises(OSError, match="belongs to somebody else"):
            place_for(home, tmp_path / "log")
    finally:
        forget(home)


def test_an_ordinary_user_runs_it_too():
    folder = Path(tempfile.mkdtemp(prefix="redress-user-"))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.infra.ordinary_user", str(folder)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    finally:
        forget(folder)

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["redress", "True", "True"] * 2


def test_a_killed_owner_takes_the_server_with_it(tmp_path: Path):
    code = (
        "import signal, sys; from infra.postgres import running\n"
        "with running() as s: print(s.pid, s.place.data.parent.parent, flush=True); signal.pause()"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout
    number, folder = owner.stdout.readline().split()

    owner.send_signal(signal.SIGKILL)
    owner.communicate()

    try:
        wait_for_end(int(number))
    finally:
        forget(Path(folder))


def wait_for_end(pid: int) -> None:
    """A pid descriptor wakes us at the very moment; no polling."""
    if alive(pid):
        watched = os.pidfd_open(pid)
        assert select.select([watched], [], [], 10)[0], "it is still running"
        os.close(watched)


async def row(server: Server, sql: str) -> tuple[Any, ...]:
    connection = await asyncpg.connect(server.url())
    try:
        return tuple(await connection.fetchrow(sql) or ())
    finally:
        await connection.close()


def forget(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
