"""News of what changes, told to the pages that are open by server-sent events."""

import json
from collections.abc import AsyncIterator
from typing import Final

from litestar import get
from litestar.exceptions import TooManyRequestsException
from litestar.response import Stream as StreamedResponse

from infra.database import DatabaseAway
from services.cases.news import About
from services.tenants import sessions
from services.tenants.seats import Seat
from web import access
from web.access import Of
from web.caller import session_of
from web.cookies import Jar, read
from web.hub import Batch, Hub, Stream
from web.page import Asked

HEARTBEAT_SECONDS: Final = 15.0
"""Proxies close what is silent for longer; as often we look whether the session still stands."""
STREAMED: Final = {"X-Accel-Buffering": "no"}
OPT = access.staff(org=Of.ORGANISATION, watching=True)


@get("/{org:str}/desk/events", opt=OPT)
async def events(request: Asked, seat: Seat) -> StreamedResponse:
    """What came after the mark that the browser heard last; with `once`, no more than that."""
    hub: Hub = request.app.state.hub
    session = session_of(request).hash.hex()[:16]
    if not hub.has_room(seat.tenant, session):
        raise TooManyRequestsException
    query = request.query_params
    since: str = request.headers.get("last-event-id") or query.get("since") or ""
    told = tell(hub, seat, session, since, token=read(request, Jar.SESSION), once="once" in query)
    return StreamedResponse(told, media_type="text/event-stream", headers=STREAMED)


async def tell(
    hub: Hub, seat: Seat, session: str, since: str, *, token: str, once: bool
) -> AsyncIterator[str]:
    """Ends when the session does or nothing can be heard; a browser then asks anew."""
    if not hub.epoch:
        yield written("deaf", {})
        return
    with hub.open(seat, session=session, since=since) as stream:
        yield written("ready", {}, mark=hub.mark(seat.tenant))
        while not stream.over:
            for line in lines(stream.take(), hub.mark(seat.tenant)):
                yield line
            if once:
                return
            await stream.stir(HEARTBEAT_SECONDS)
            if not stream.stirred.is_set():
                yield ":\n\n"
                await end_with_session(stream, token)
        if stream.left:
            yield written("over", {})


async def end_with_session(stream: Stream, token: str) -> None:
    """A session ends by time without a word, and a role changes; the stream is of that seat."""
    try:
        session = await sessions.find(token, seen=False)
    except DatabaseAway:
        session = None
    if session is None or session.seat != stream.seat:
        stream.end(left=True)


def lines(batch: Batch, mark: str) -> list[str]:
    queue, presence = (list(batch.numbers[about]) for about in About)
    return [
        *([written("refresh", {}, mark=mark)] if batch.refresh else []),
        *([written(About.QUEUE, {"numbers": queue}, mark=mark)] if queue else []),
        *(written(About.PRESENCE, {"number": number}, mark=mark) for number in presence),
    ]


def written(event: str, data: object, *, mark: str = "") -> str:
    name = f"id: {mark}\n" if mark else ""
    return f"{name}event: {event}\ndata: {json.dumps(data)}\n\n"
