"""A page that listens: the stream of news as a browser hears it, event by event."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from litestar import Litestar
from litestar.types import ASGIApp, Message

from infra.settings import Settings
from services.tenants.organisations import Organisation
from tests.web.visitor import Visitor
from web.app import at_work
from web.hub import Hub
from web.outer import Outer

PATIENCE_SECONDS = 10
Heard = tuple[str, dict[str, Any]]


@dataclass(slots=True, kw_only=True)
class Listener:
    """Until it is left; `status` and `headers` are those of the answer."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    last: str = ""

    async def receive(self) -> Message:
        await self.left.wait()
        return cast(Message, {"type": "http.disconnect"})

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {k.decode(): v.decode() for k, v in message["headers"]}
            self.begun.set()
        elif message["type"] == "http.response.body":
            for part in message["body"].decode().split("\n\n"):
                if part:
                    self.body.put_nowait(part)
            if not message.get("more_body"):
                self.body.put_nowait(None)

    async def next(self) -> Heard | None:
        """The next event, heartbeats aside; None at the end of the stream."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                part = await self.body.get()
                if part is None:
                    return None
                told = dict(line.split(": ", 1) for line in part.split("\n") if ": " in line)
                if "event" in told:
                    self.last = told.get("id", self.last)
                    return told["event"], json.loads(told["data"])

    async def beat(self) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self.body.get() != ":":
                pass


@asynccontextmanager
async def listening(
    app: ASGIApp, who: Visitor, acme: Organisation, query: str = "", **headers: str
) -> AsyncIterator[Listener]:
    """A page of this visitor's with an open stream, over nothing but the application itself."""
    cookies = "; ".join(f"{name}={value}" for name, value in who.client.cookies.items())
    named = {"host": "localhost:8000", "cookie": cookies, **headers}
    path = f"/{acme.slug}/desk/events"
    scope: Any = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "scheme": "http",
        "query_string": query.encode(),
        "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in named.items()],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 8000),
        "http_version": "1.1",
    }
    listener = Listener()
    task = asyncio.create_task(cast(Any, app)(scope, listener.receive, listener.send))
    try:
        await asyncio.wait_for(listener.begun.wait(), PATIENCE_SECONDS)
        yield listener
    finally:
        listener.left.set()
        await asyncio.wait_for(task, PATIENCE_SECONDS)


def hub_of(app: ASGIApp) -> Hub:
    hub: Hub = inner(app).state.hub
    return hub


def inner(app: ASGIApp) -> Litestar:
    outer = cast(Outer, app)
    return cast(Litestar, outer.app)


@asynccontextmanager
async def hearing(app: ASGIApp, settings: Settings) -> AsyncIterator[Hub]:
    """The application at work: it hears the database."""
    async with at_work(inner(app)):
        await asyncio.wait_for(hub_of(app).awake.wait(), PATIENCE_SECONDS)
        yield hub_of(app)
