"""The stack with real servers: what a kill, a second start and a taken port do to it."""

import asyncio
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import pytest

from infra.processes import free_port
from infra.temporal_server import get_is_ok
from tests.architecture.code import ROOT
from tests.infra.waiting import alive, offspring, until

Answer = dict[str, Any]


class Stack:
    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.started: list[Process] = []

    async def start(self, **environment: str) -> Process:
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith("REDRESS_")
        }
        ours = {"REDRESS_HOME": str(self.home), "REDRESS_PORT": str(self.port), **environment}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.infra.real_stack", "--json"),
            cwd=ROOT, env={**clean, **ours}, stdout=PIPE, stderr=PIPE,
        )  # fmt: skip
        self.started.append(process)
        return process

    async def up(self) -> tuple[Process, Answer]:
        process = await self.start()
        assert process.stdout
        line = await asyncio.wait_for(process.stdout.readline(), 40)
        answer: Answer = json.loads(line)
        return process, answer

    async def forget(self) -> None:
        for process in self.started:
            if process.returncode is None:
                children = offspring(process.pid)
                process.kill()
                await process.communicate()
                await until(partial(none_alive, children))
        shutil.rmtree(self.home, ignore_errors=True)


@pytest.fixture
async def stack() -> AsyncIterator[Stack]:
    home = Path(tempfile.mkdtemp(prefix="redress-stack-"))
    home.chmod(0o711)
    stack = Stack(home)
    yield stack
    await stack.forget()


async def test_it_says_where_everything_is_and_leaves_nothing_behind(stack: Stack):
    process, answer = await stack.up()
    children = offspring(process.pid)

    assert answer["pages"] == f"http://localhost:{stack.port}"
    assert await value(answer, "select 18") == 18
    assert get_is_ok("127.0.0.1", port_of(answer["temporal_ui"]), "/")
    assert get_is_ok("127.0.0.1", port_of(answer["mails"]), "/")
    process.send_signal(signal.SIGINT)
    _, told = await process.communicate()

    assert process.returncode == 0
    assert order_of("stopped", told.decode())[-1] == "PostgreSQL"
    assert set(order_of("stopped", told.decode())[:2]) == {"Worker", "Pages"}
    assert [pid for pid in children if alive(pid)] == []
    assert not (stack.home / "run" / "addresses.json").exists()


async def test_nothing_survives_a_killed_supervisor_and_the_next_start_finds_the_data(stack: Stack):
    process, answer = await stack.up()
    await value(answer, "create table kept as select 7 as id")
    children = offspring(process.pid)

    process.kill()
    await process.wait()
    _, again = await stack.up()

    assert await value(again, "select id from kept") == 7
    await until(partial(none_alive, children))


async def test_killed_servers_come_back_at_their_addresses(stack: Stack):
    process, answer = await stack.up()
    await value(answer, "create table kept as select 7 as id")
    killed = {name: child(process, name) for name in ("postgres", "temporal", "infra.mail_sink")}

    for pid in killed.values():
        os.kill(pid, signal.SIGKILL)

    for name, pid in killed.items():
        await until(partial(has_come_back, process, name, pid))
    await until(lambda: get_is_ok("127.0.0.1", port_of(answer["temporal_ui"]), "/"))
    await until(lambda: get_is_ok("127.0.0.1", port_of(answer["mails"]), "/"))
    async with asyncio.timeout(20):
        assert await patiently(answer, "select id from kept") == 7


async def test_a_second_stack_in_the_same_home_is_refused_with_a_remedy(stack: Stack):
    await stack.up()

    second = await stack.start(REDRESS_PORT=str(free_port()))
    _, told = await asyncio.wait_for(second.communicate(), 20)

    assert second.returncode == 2
    assert "running already" in told.decode()
    assert "→" in told.decode()


async def test_a_taken_port_is_told_before_anything_starts(stack: Stack):
    with socket.socket() as other:
        other.bind(("127.0.0.1", stack.port))
        other.listen()

        process = await stack.start()
        _, told = await asyncio.wait_for(process.communicate(), 20)

    assert process.returncode == 2
    assert f"REDRESS_PORT is {stack.port}, which another program" in told.decode()
    assert not (stack.home / "postgres" / "18").exists()


async def test_servers_of_others_are_used_and_not_started(stack: Stack):
    process = await stack.start(
        REDRESS_DATABASE_URL="postgresql://redress_app@db.invalid/redress",
        REDRESS_TEMPORAL_ADDRESS="temporal.invalid:7233",
        REDRESS_SMTP_URL="smtp://mail.invalid",
    )
    assert process.stdout
    answer = json.loads(await asyncio.wait_for(process.stdout.readline(), 20))

    started = {name for name in ("postgres", "temporal", "infra.mail_sink") if child(process, name)}
    assert started == set()
    assert {"mails", "temporal_ui", "database", "smtp"}.isdisjoint(answer)


def none_alive(pids: list[int]) -> bool:
    return not any(map(alive, pids))


def has_come_back(process: Process, name: str, killed: int) -> bool:
    return child(process, name) not in {0, killed}


def child(process: Process, name: str) -> int:
    """The child whose program or module has this name; 0 if there is none now."""
    for found in psutil.Process(process.pid).children():
        try:
            words = found.cmdline()
        except (psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
        if words and (Path(words[0]).name == name or name in words):
            return found.pid
    return 0


async def value(answer: Answer, sql: str) -> Any:
    connection = await asyncpg.connect(answer["database"].replace("redress_app", "postgres"))
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def patiently(answer: Answer, sql: str) -> Any:
    while True:
        try:
            return await value(answer, sql)
        except (OSError, asyncpg.PostgresError):
            await asyncio.sleep(0.05)


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


def order_of(what: str, told: str) -> list[str]:
    lines = [line.strip() for line in told.splitlines() if f" {what} " in line]
    return [line.partition("  ")[0] for line in lines]
