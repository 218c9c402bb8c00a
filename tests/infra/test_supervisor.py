import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.architecture.code import ROOT
from tests.infra.waiting import alive, number_in, offspring, until

Start = Callable[..., Awaitable[Process]]


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    started: list[Process] = []

    async def start(*names: str) -> Process:
        argv = (sys.executable, "-m", "tests.infra.small_stack", str(tmp_path), *names)
        process = await asyncio.create_subprocess_exec(*argv, cwd=ROOT, stdout=PIPE, stderr=STDOUT)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_parts_stop_in_reverse_when_asked(
    start: Start, tmp_path: Path, asked: signal.Signals
):
    supervisor = await start("first", "second", "third")
    await until((tmp_path / "up").exists)
    children = offspring(supervisor.pid)

    supervisor.send_signal(asked)

    assert await supervisor.wait() == 0
    assert (tmp_path / "stopped").read_text().split() == ["third", "second", "first"]
    assert [pid for pid in children if alive(pid)] == []


async def test_a_part_waits_until_those_before_it_are_ready(start: Start, tmp_path: Path):
    supervisor = await start("first:mute", "second")
    await until(lambda: "says mute" in log_of(tmp_path, "first"))

    supervisor.terminate()

    assert await supervisor.wait() == 0
    assert not (tmp_path / "logs" / "second.log").exists()


async def test_nothing_is_left_when_the_supervisor_is_killed(start: Start, tmp_path: Path):
    supervisor = await start("first", "second")
    await until((tmp_path / "up").exists)
    children = offspring(supervisor.pid)

    supervisor.kill()

    assert len(children) == 2
    await until(lambda: not any(map(alive, children)))


async def test_a_killed_part_comes_back_and_its_neighbours_stay(start: Start, tmp_path: Path):
    await start("first", "second")
    await until((tmp_path / "up").exists)
    first, second = number_in(tmp_path / "first"), number_in(tmp_path / "second")
    assert first
    assert second

    os.kill(first, signal.SIGKILL)
    await until(lambda: number_in(tmp_path / "first") != first)

    reborn = number_in(tmp_path / "first")
    assert reborn
    assert alive(reborn)
    assert number_in(tmp_path / "second") == second
    assert alive(second)


async def test_a_part_that_cannot_start_ends_all_and_shows_what_it_said(
    start: Start, tmp_path: Path
):
    supervisor = await start("first", "second:crash")

    told, _ = await supervisor.communicate()

    assert supervisor.returncode == 1
    assert "second ended with 3" in told.decode()
    assert "stand-in second says crash" in told.decode()
    assert (tmp_path / "stopped").read_text().split() == ["first"]
    assert not (tmp_path / "up").exists()


async def test_a_job_runs_to_its_end_before_what_follows(start: Start, tmp_path: Path):
    supervisor = await start("first", "prepare:job", "second")
    await until((tmp_path / "up").exists)

    supervisor.terminate()
    await supervisor.wait()

    assert "stand-in prepare" in (tmp_path / "prepare.out").read_text()
    assert (tmp_path / "stopped").read_text().split() == ["second", "first"]


async def test_the_output_of_a_job_that_failed_is_not_kept(start: Start, tmp_path: Path):
    supervisor = await start("first", "prepare:failing-job", "second")

    assert await supervisor.wait() == 1
    assert not (tmp_path / "prepare.out").exists()
    assert not (tmp_path / "second").exists()


async def test_a_part_that_does_not_stop_when_asked_is_killed(start: Start, tmp_path: Path):
    supervisor = await start("first:stubborn")
    await until((tmp_path / "up").exists)
    stubborn = number_in(tmp_path / "first")
    assert stubborn

    supervisor.terminate()

    told, _ = await asyncio.wait_for(supervisor.communicate(), 20)
    assert supervisor.returncode == 0
    assert "did not stop when asked" in told.decode()
    assert not alive(stubborn)


def log_of(folder: Path, name: str) -> str:
    log = folder / "logs" / f"{name}.log"
    return log.read_text() if log.exists() else ""
