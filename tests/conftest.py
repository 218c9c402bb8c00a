"""Two real servers for the whole session, each of its own and each on free addresses."""

from collections.abc import Iterator

import pytest

from infra import postgres
from infra import temporal_server as temporal

pytest_plugins = ["tests.database"]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def temporal_server() -> Iterator[temporal.Server]:
    with temporal.running() as server:
        yield server
