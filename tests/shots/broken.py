"""`python -m tests.shots.broken`: a window with nothing behind it but broken doors, for the pages
of troubles that a sound product does not show.
"""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import cast

import uvicorn
from litestar import Response, get, post
from litestar.enums import MediaType, ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, Receive, Scope, Send

from infra.assets.manifest import BUILT
from infra.database import DatabaseAway
from infra.processes import answers, free_port
from infra.settings import load
from services.cases.receipts import Conflict
from services.tenants import keys
from services.tenants.refusals import Denial, Denied
from tests.architecture.code import ROOT
from tests.infra.waiting import until
from tests.journeys.product import UP_SECONDS, environment
from web import access
from web.access import Of
from web.app import build
from web.forms import FormReader
from web.outer import Outer
from web.page import Asked, planted
from web.static_files import StaticFiles

LAST = "/broken/last"
BROKEN: dict[str, Exception] = {
    "bug": RuntimeError("a bug, for show"),
    "away": DatabaseAway("for show"),
    "too_many": Denied(Denial.TOO_MANY_TRIES, wait=timedelta(minutes=4)),
    "conflict": Conflict(),
    "too_large": HTTPException(status_code=413),
}
OPT = access.public(trouble=Of.OURS)
FORM = """<!doctype html><title>-</title><form method="post"><input type="hidden" name="csrf"
 value="{csrf}"><input type="hidden" name="command_id" value="{command_id}"><textarea name="facts">
桌板开裂，商家不肯退货。</textarea><button>-</button></form>"""


@get("/broken/{trouble:str}", opt=OPT)
async def show(trouble: str) -> None:
    raise BROKEN[trouble]


@get("/broken/{trouble:str}/form", opt=OPT)
async def ask(request: Asked, form: FormReader, trouble: str) -> Response[str]:
    html = FORM.format(csrf=form.csrf, command_id=form.command_id)
    return Response(html, media_type=MediaType.HTML, cookies=planted(request))


@post("/broken/{trouble:str}/form", opt=OPT)
async def take(trouble: str) -> None:
    raise BROKEN[trouble]


@dataclass(frozen=True, slots=True)
class Falling:
    """Where even the application fails, the outer door has the last word."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and scope["path"] == LAST:
            raise RuntimeError("even the application, for show")
        await self.app(scope, receive, send)


def main() -> None:
    settings = load()
    keys.use(settings)
    app = Falling(cast(ASGIApp, build(settings, [show, ask, take])))
    outer = Outer(app=app, settings=settings, static=StaticFiles(BUILT))
    uvicorn.run(outer, port=settings.port, lifespan="off", log_config=None, access_log=False)


@asynccontextmanager
async def broken_window(home: Path) -> AsyncIterator[str]:
    """Its address; its keys are in `home`."""
    port = free_port()
    env = environment(str(home), REDRESS_PORT=str(port))
    command = (sys.executable, "-m", "tests.shots.broken")
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=env, stdout=DEVNULL, stderr=DEVNULL
    )
    try:
        await until(lambda: answers("127.0.0.1", port), seconds=UP_SECONDS)
        yield f"http://localhost:{port}"
    finally:
        await stopped(process)


async def stopped(process: Process) -> None:
    process.terminate()
    await process.wait()


if __name__ == "__main__":
    main()
