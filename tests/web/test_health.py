"""What watchers are told: alive, ready, and what people have to do without for a while."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from infra.database import DatabaseAway
from infra.settings import Settings, Temporal
from tests.web.conftest import Serve
from tests.web.visitor import visiting
from web import health


@pytest.fixture
async def somebody_listens() -> AsyncIterator[str]:
    server = await asyncio.start_server(lambda _r, w: w.close(), "127.0.0.1", 0)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_with_everything_at_hand_nothing_is_degraded(
    serve: Serve, settings: Settings, somebody_listens: str
):
    temporal = Temporal(address=somebody_listens)
    whole = replace(
        settings, temporal_or_none=temporal, smtp_url=f"smtp://user:pass@{somebody_listens}"
    )

    async with visiting(serve(health.ready, settings=whole)) as watcher:
        answer = await watcher.get("/health/ready")

    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "degraded": []})


async def test_without_temporal_and_mail_we_are_ready_and_say_what_is_away(
    serve: Serve, settings: Settings
):
    temporal = Temporal(address="127.0.0.1:1")
    alone = replace(settings, temporal_or_none=temporal, smtp_url="smtp://127.0.0.1:1")

    async with visiting(serve(health.ready, settings=alone)) as watcher:
        answer = await watcher.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "degraded": ["temporal", "mail"]}


async def test_without_the_database_we_are_not_ready(
    serve: Serve, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(health, "platform_tx", away)

    async with visiting(serve(health.ready, settings=settings)) as watcher:
        answer = await watcher.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["degraded"][0] == "database"


def away() -> None:
    raise DatabaseAway


async def test_meters_count_by_route_and_know_no_address(serve: Serve):
    async with visiting(serve(health.live, health.metrics)) as watcher:
        await watcher.get("/health/live")
        await watcher.get("/secret/token/nowhere")
        answer = await watcher.get("/metrics")

    assert 'redress_requests_total{method="GET",route="/health/live",status="200"}' in answer.text
    assert 'route="unrouted",status="404"' in answer.text
    assert "nowhere" not in answer.text
