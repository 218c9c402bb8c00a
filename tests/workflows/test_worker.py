"""How a worker begins: by its settings, their faults told, counted by Prometheus if asked."""

import asyncio
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from infra.processes import free_port
from infra.settings import Temporal
from tests.workflows.clockwork import World
from workflows import worker
from workflows.connection import connect, tls


async def test_temporal_s_own_counts_are_shown_where_the_settings_say(world: World) -> None:
    address = f"127.0.0.1:{free_port()}"
    counted = replace(world.settings(), worker_metrics=address)

    client = await connect(counted.temporal, runtime=worker.metrics(counted))
    await client.count_workflows()
    async with httpx.AsyncClient() as reader:
        told = (await reader.get(f"http://{address}/metrics")).text

    assert "temporal_request_latency_seconds" in told
    assert worker.metrics(world.settings()) is None


def test_a_cloud_is_spoken_to_under_tls_with_our_own_certificate(tmp_path: Path) -> None:
    for name in ("ca", "cert", "key"):
        (tmp_path / name).write_text(name)
    settings = Temporal(
        address="cloud.example:7233",
        tls=True,
        tls_ca=tmp_path / "ca",
        tls_cert=tmp_path / "cert",
        tls_key=tmp_path / "key",
        tls_server_name="redress.example",
    )

    found = tls(settings)

    assert not isinstance(found, bool)
    assert (found.server_root_ca_cert, found.client_cert, found.client_private_key) == (
        b"ca",
        b"cert",
        b"key",
    )
    assert found.domain == "redress.example"
    assert tls(replace(settings, tls=False)) is False


def test_a_bad_start_names_every_fault_and_its_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("REDRESS_PORT", "no port")
    monkeypatch.setenv("REDRESS_WORKER_METRICS", "nowhere")
    monkeypatch.setattr(worker, "set_up", lambda: None)

    assert worker.main() == 2

    said = capsys.readouterr().err
    assert "REDRESS_PORT" in said
    assert "REDRESS_WORKER_METRICS" in said


async def test_work_that_ends_by_itself_ends_the_process_so_that_it_is_begun_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*_: object, **__: object) -> None:
        raise ValueError

    monkeypatch.setattr(worker, "connect", breaks)

    async with asyncio.timeout(10):
        assert await worker.run(world.settings()) == 1
