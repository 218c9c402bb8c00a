"""For those who watch over the installation: alive, ready, and how much is going on."""

import asyncio
from urllib.parse import urlsplit

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.enums import MediaType
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from infra.database import DatabaseAway, platform_tx
from infra.settings import Settings
from web import access
from web.cookies import settings_of

SECONDS = 1.0


@get("/health/live", opt=access.health())
async def live() -> dict[str, str]:
    return {"status": "alive"}


@get("/health/ready", opt=access.health())
async def ready(request: Request[None, None, State]) -> Response[dict[str, object]]:
    """Without the database nothing works; without the rest, people go on working."""
    settings = settings_of(request)
    parts = addresses(settings)
    database, *others = await asyncio.gather(database_answers(), *map(reaches, parts.values()))
    here = {"database": database, **dict(zip(parts, others, strict=True))}
    told: dict[str, object] = {
        "status": "ready" if database else "not ready",
        "degraded": [name for name, answers in here.items() if not answers],
    }
    return Response(told, status_code=200 if database else 503)


@get("/metrics", opt=access.health())
async def metrics() -> Response[bytes]:
    return Response(
        generate_latest(), media_type=MediaType.TEXT, headers={"Content-Type": CONTENT_TYPE_LATEST}
    )


async def database_answers() -> bool:
    try:
        async with asyncio.timeout(3 * SECONDS), platform_tx() as tx:
            return bool(await tx.fetchval("select true"))
    except (DatabaseAway, TimeoutError):
        return False


def addresses(settings: Settings) -> dict[str, str]:
    """What we can do without for a while, by the name that it is reported under."""
    temporal = settings.temporal_or_none
    known = {"temporal": f"//{temporal.address}" if temporal else ""}
    return known | ({"mail": settings.smtp_url} if settings.smtp_url else {})


async def reaches(address: str) -> bool:
    found = urlsplit(address)
    try:
        async with asyncio.timeout(SECONDS):
            _reader, writer = await asyncio.open_connection(found.hostname, found.port or 25)
    except (OSError, TimeoutError, ValueError):
        return False
    writer.close()
    return True
