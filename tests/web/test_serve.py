"""A real server with a page that listens: it stops when asked, and does not wait for the page."""

import asyncio

import httpx
import uvicorn
from litestar.types import ASGIApp

from infra.processes import free_port
from infra.settings import Settings
from tests.database import Database
from tests.web.cast import open_acme
from tests.web.listening import hub_of
from tests.web.visitor import BASE, sign_in, visiting
from web.serve import GRACE_SECONDS, Server


async def test_a_server_that_is_asked_to_stop_ends_its_streams_first(
    app: ASGIApp, settings: Settings, database: Database
):
    acme, port = await open_acme(), free_port()
    config = uvicorn.Config(
        app, port=port, log_config=None, timeout_graceful_shutdown=GRACE_SECONDS
    )
    server = Server(config, hub_of(app))
    serving = asyncio.create_task(server.serve())
    async with visiting(app) as ana, httpx.AsyncClient() as browser:
        await sign_in(ana, acme, database)
        await asyncio.wait_for(hub_of(app).awake.wait(), 10)
        place = f"http://127.0.0.1:{port}/{acme.slug}/desk/events"
        cookies = "; ".join(f"{name}={value}" for name, value in ana.client.cookies.items())
        headers = {"host": BASE.removeprefix("http://"), "cookie": cookies}
        async with browser.stream("GET", place, headers=headers) as page:
            told = page.aiter_lines()
            assert await anext(told) == f"id: {hub_of(app).mark(acme.tenant)}"
            server.should_exit = True

            async with asyncio.timeout(GRACE_SECONDS - 1):
                await serving
            assert [line async for line in told if line.startswith("event:")] == ["event: ready"]
