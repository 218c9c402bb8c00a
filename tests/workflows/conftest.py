from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from infra.temporal_server import Server
from tests.cases.cast import Org, make_org
from tests.database import Database
from tests.infra.mail_server import MailServer, mail_server
from tests.workflows.clockwork import World
from tests.workflows.ladders import CLIMBING


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture
def world(database: Database, temporal_server: Server, mail: MailServer, tmp_path: Path) -> World:
    return World(database=database, temporal=temporal_server, mail=mail, home=tmp_path)


@pytest.fixture
async def org(database: Database) -> Org:
    return await make_org(CLIMBING)
