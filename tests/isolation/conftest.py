import pytest

from tests.database import Database
from tests.isolation.world import World, make_world


@pytest.fixture(scope="module")
async def world(database: Database) -> World:
    return await make_world(database)
