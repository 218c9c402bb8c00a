"""The whole product while its parts are killed: nothing accepted is lost, nothing happens twice."""

import asyncio
import json
import os
import random
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psutil

from infra.database import Login, open_pools
from infra.processes import free_port
from infra.settings import load
from services.cases import verify
from services.lifecycle.kinds import Role
from services.playbooks import library
from services.tenants import keys, organisations, seats, tokens
from tests.architecture.code import ROOT
from tests.chaos.checker import Finding, check, report
from tests.chaos.driver import Driver, settle, work
from tests.chaos.world import World, look

SECONDS = 36.0
BETWEEN_KILLS = 5.0
QUIET_SECONDS_MAX = 90
PARTS = {
    "worker": "workflows.worker",
    "temporal": "start-dev",
    "postgres": "/bin/postgres",
    "pages": "web.serve",
}
PLAN = (
    ("worker",),
    ("temporal",),
    ("postgres",),
    ("pages",),
    ("temporal", "worker"),
    ("postgres",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    process: Process
    home: Path
    answer: dict[str, Any]

    @property
    def environment(self) -> dict[str, str]:
        told = json.loads((self.home / "run" / "addresses.json").read_bytes())
        found: dict[str, str] = told["environment"]
        return found


@asynccontextmanager
async def stack() -> AsyncIterator[Running]:
    """Our own stack in a home of its own, without the demo association."""
    home = Path(tempfile.mkdtemp(prefix="redress-chaos-"))
    home.chmod(0o711)
    (home / "demo.json").write_text("{}")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("REDRESS_")}
    ours = {"REDRESS_HOME": str(home), "REDRESS_PORT": str(free_port())}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "infra.stack", "--json"),
        cwd=ROOT, env={**clean, **ours}, stdout=PIPE, stderr=DEVNULL,
    )  # fmt: skip
    try:
        assert process.stdout
        line = await asyncio.wait_for(process.stdout.readline(), 60)
        yield Running(process=process, home=home, answer=json.loads(line))
    finally:
        process.terminate()
        await asyncio.wait_for(process.wait(), 30)


async def an_association() -> tuple[UUID, str]:
    tenant = await organisations.create(name="Acme", slug="acme", demo=True)
    operator = seats.operator(tenant=tenant, slug="acme")
    text = (Path(__file__).parent / "chaos.toml").read_text(encoding="utf-8")
    await library.publish(operator, text)
    issued = await tokens.issue(operator, name="driver", role=Role.MANAGER)
    return tenant, issued.token


async def kill_by_plan(running: Running) -> int:
    killed = 0
    for names in PLAN:
        await asyncio.sleep(BETWEEN_KILLS + random.uniform(-1, 1))
        for name in names:
            killed += kill(running, PARTS[name])
    return killed


def kill(running: Running, mark: str) -> int:
    """Only our own children, and of PostgreSQL only the first process: the rest must cope."""
    ours = psutil.Process(running.process.pid).children(recursive=True)
    found = [each for each in ours if mark in told(each)]
    for each in found[:1]:
        each.kill()
    return len(found[:1])


def told(process: psutil.Process) -> str:
    """Its command; nothing of one that dies under our eyes."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


async def quiet(running: Running, driver: Driver, tenant: UUID) -> tuple[World, list[Finding]]:
    """Waits for the bells that ring late and the letters that go out late; then nothing is owed."""
    url = running.environment["REDRESS_MIGRATE_URL"]
    patience = QUIET_SECONDS_MAX
    while True:
        world = await look(url, tenant, driver.journal, running.home / "mail")
        findings = check(world)
        if not findings or not patience:
            return world, findings
        patience -= 1
        await asyncio.sleep(1)


async def test_nothing_accepted_is_lost_and_nothing_happens_twice(tmp_path: Path) -> None:
    began = time.monotonic()
    async with stack() as running:
        up = time.monotonic() - began
        settings = load(running.environment)
        keys.use(settings)
        async with open_pools(settings.database, roles=tuple(Login)):
            tenant, token = await an_association()
        base = running.answer["pages"]
        driver = Driver(base=base, token=token, tenant=tenant, path=tmp_path / "journal")

        working = asyncio.create_task(work(driver, SECONDS))
        killed = await kill_by_plan(running)
        bodies = await working
        await settle(driver, bodies)
        settled = time.monotonic() - began
        world, findings = await quiet(running, driver, tenant)
        async with open_pools(settings.database, roles=tuple(Login)):
            told_again = await verify.verify(tenant)

    sys.stdout.write(
        f"{report(findings)}\n{len(driver.journal)} presses, {killed} kills; "
        f"up {up:.0f} s, settled {settled:.0f} s, quiet {time.monotonic() - began:.0f} s\n"
    )
    accepted = [entry for entry in driver.journal if entry.outcome == "ok"]
    climbed = [row for row in world.tables["case_event"] if row["kind"] == "door_opened"]
    assert findings == [], report(findings)
    assert told_again == ()
    assert killed == sum(map(len, PLAN))
    assert len(accepted) > 50
    assert len(climbed) > len(driver.numbers)
