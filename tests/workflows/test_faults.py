"""Worker, Temporal and PostgreSQL are killed, wiped and shut off while a case moves."""

import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from infra import temporal_server
from infra.temporal_server import Server
from services.cases.verify import verify
from services.lifecycle import commands as c
from services.lifecycle.kinds import Stage
from tests.cases.cast import Org, file, make_org
from tests.database import Database
from tests.infra.mail_server import MailServer, mail_server
from tests.lifecycle.cast import words
from tests.workflows.clockwork import World, caught_up, give, until, until_at
from tests.workflows.ladders import BLINK, FAR, ladder, rung
from tests.workflows.outside import WorkerProcess, gate_before, worker_process

BACK_AT_WORK_SECONDS = 15
SLOWER = ladder(
    rung("merchant", wait="0.06 minutes"),
    rung("platform", wait="0.06 minutes"),
    rung("regulator", expiry="stay"),
    first_look=BLINK,
)
PATIENT = ladder(
    rung("merchant"), rung("regulator", expiry="stay"), forward=False, first_look=FAR, name="slow"
)


@pytest.fixture(scope="module")
def temporal() -> Iterator[Server]:
    with temporal_server.running() as server:
        yield server


@pytest.fixture(scope="module")
async def mail() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture(scope="module")
def world(
    database: Database,
    temporal: Server,
    mail: MailServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> World:
    home = tmp_path_factory.mktemp("home")
    return World(database=database, temporal=temporal, mail=mail, home=home)


@pytest.fixture(scope="module")
async def worker(world: World) -> AsyncIterator[WorkerProcess]:
    with worker_process(world.environment(), world.home) as worker:
        worker.start()
        await worker.at_work()
        yield worker


@pytest.fixture
async def org(worker: WorkerProcess) -> AsyncIterator[Org]:
    org = await make_org(SLOWER)
    yield org
    await until_settled(org)
    assert await verify(org.tenant) == ()


async def until_settled(org: Org) -> None:
    async def nothing_waits() -> bool:
        return await verify(org.tenant) == ()

    await until(nothing_waits)


def once(mail: MailServer) -> bool:
    return max(Counter(each["Message-ID"] for each in mail.mails).values(), default=1) == 1


async def test_a_killed_worker_is_back_at_work_in_time(
    world: World, worker: WorkerProcess, mail: MailServer, org: Org
) -> None:
    case = await file(org)
    await until_at(org, case, Stage.AWAITING_MERCHANT, filing="sent")

    worker.kill()
    worker.start()
    began = time.monotonic()
    await until_at(org, case, Stage.ESCALATED_TO_PLATFORM)

    assert time.monotonic() - began < BACK_AT_WORK_SECONDS
    assert once(mail)


async def test_with_temporal_away_people_go_on_and_bells_ring_when_it_is_back(
    world: World, worker: WorkerProcess, temporal: Server, mail: MailServer, org: Org
) -> None:
    case = await file(org)
    await until_at(org, case, Stage.AWAITING_MERCHANT, filing="sent")

    temporal.kill()
    other = await file(org)
    noted = await give(org.ana, case, c.Note(text=words()))
    assert (noted.events, other.stage) == (("noted",), Stage.SUBMITTED)
    temporal.start()

    await until_at(org, case, Stage.ESCALATED_TO_REGULATOR, filing="sent")
    await until_at(org, other, Stage.ESCALATED_TO_REGULATOR, filing="sent")
    assert once(mail)


async def test_a_wiped_temporal_is_rebuilt_without_a_hand_and_nothing_is_sent_twice(
    world: World, worker: WorkerProcess, temporal: Server, mail: MailServer, org: Org
) -> None:
    case = await file(org)
    await until_at(org, case, Stage.AWAITING_MERCHANT, filing="sent")

    temporal.kill()
    temporal.wipe()
    temporal.start()

    await until_at(org, case, Stage.ESCALATED_TO_REGULATOR, filing="sent")
    await caught_up(world, org, case)
    assert once(mail)
    assert "rebuilt" in worker.said


async def test_asked_to_stop_a_worker_leaves_at_once_and_the_next_one_goes_on(
    world: World, worker: WorkerProcess, org: Org
) -> None:
    case = await file(org)
    began = time.monotonic()

    assert worker.stop() == 0
    assert time.monotonic() - began < 8
    worker.start()

    await until_at(org, case, Stage.ESCALATED_TO_PLATFORM)


async def test_a_worker_begins_without_its_servers_and_finds_them_when_they_come(
    world: World, worker: WorkerProcess, tmp_path: Path
) -> None:
    worker.stop()
    org = await make_org(PATIENT)
    async with gate_before(world.database.settings.worker) as gate, mail_server() as mail:
        late = Server(tmp_path)
        environment = {
            **replace(world, temporal=late, mail=mail, home=tmp_path).environment(),
            "REDRESS_DATABASE_WORKER_URL": gate.url(world.database.settings.worker),
        }
        with worker_process(environment, tmp_path) as lonely:
            lonely.start()
            await until(lambda: said(lonely, "pools"))
            await gate.open()
            await lonely.at_work()
            case = await file(org)
            late.start()
            try:
                await mail.count(2)
                gate.shut()
                await give(org.ana, case, c.TakeOn())
                await until(lambda: said(lonely, "relay"))
                await gate.open()
                await until_at(org, case, Stage.AWAITING_MERCHANT, filing="sent")
            finally:
                lonely.stop()
                late.kill()
    worker.start()


async def said(worker: WorkerProcess, task: str) -> bool:
    return f'"task": "{task}"' in worker.said
