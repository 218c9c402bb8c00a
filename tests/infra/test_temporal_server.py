from collections.abc import Iterator

import pytest
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.client import Client

from infra import temporal_server
from infra.temporal_server import SEARCH_ATTRIBUTES, Server, get_is_ok
from tests.infra.waiting import alive
from workflows import search_attributes


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with temporal_server.running(ui=True) as server:
        yield server


async def test_it_knows_our_search_attributes_from_its_first_moment(server: Server):
    assert set(SEARCH_ATTRIBUTES) <= await registered(server)


def test_its_pages_can_be_looked_at(server: Server):
    assert get_is_ok("127.0.0.1", server.ports.ui, "/")


async def test_what_it_took_in_outlives_a_kill_at_the_same_address(server: Server):
    client = await Client.connect(server.address)
    handle = await client.start_workflow("Waiting", id="case/1", task_queue="nobody")
    before = server.pid

    server.kill()
    server.start()

    assert server.pid != before
    again = await Client.connect(server.address)
    assert (
        await again.get_workflow_handle(handle.id).describe()
    ).run_id == handle.first_execution_run_id


async def test_a_wiped_file_is_a_new_beginning():
    with temporal_server.running() as server:
        client = await Client.connect(server.address)
        await client.start_workflow("Waiting", id="case/2", task_queue="nobody")

        server.kill()
        server.wipe()
        server.start()

        again = await Client.connect(server.address)
        assert [found async for found in again.list_workflows()] == []
        assert set(SEARCH_ATTRIBUTES) <= await registered(server)
        pid = server.pid

    assert not alive(pid)


async def registered(server: Server) -> set[str]:
    client = await Client.connect(server.address)
    answer = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=temporal_server.NAMESPACE)
    )
    return set(answer.custom_attributes)


def test_what_the_server_registers_is_what_the_workflows_set():
    assert {key.name for key in search_attributes.ALL} == set(SEARCH_ATTRIBUTES)
