"""The application: every module of pages, one guard, one error handler, and the outer door."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from types import ModuleType
from typing import cast

from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp

from infra import storage
from infra.assets.manifest import BUILT
from infra.database import Login, open_pools
from infra.settings import Settings
from services.tenants import keys
from web import (
    about,
    case,
    case_evidence,
    commands,
    evidence_piece,
    health,
    home,
    hue,
    intake,
    intake_tone,
    invitation,
    link,
    live,
    me,
    presence,
    queue,
    queue_assign,
    queue_owner,
    receipt,
    recovery,
    search,
    sign_in,
    status,
    status_acts,
    status_consents,
    status_contact,
    status_evidence,
)
from web.access import require_declarations
from web.admission import admit, seat
from web.api import cases as api_cases
from web.api import description as api_description
from web.body import BODY_BYTES_MAX
from web.errors import answer
from web.gallery import page as gallery
from web.guided import draft as guided_draft
from web.guided import start as guided_start
from web.hub import Hub
from web.merchant import answer as merchant_answer
from web.merchant import pieces as merchant_pieces
from web.merchant import way_in as merchant_way_in
from web.outer import Outer
from web.posted import check, form
from web.static_files import StaticFiles

PAGES: tuple[ModuleType, ...] = (
    *(health, invitation, sign_in, api_cases, api_description),
    *(about, gallery, hue, home, guided_start, guided_draft, intake, intake_tone, receipt),
    *(link, status, status_acts, status_consents, status_contact, status_evidence, recovery),
    *(evidence_piece, merchant_way_in, merchant_answer, merchant_pieces),
    *(queue, queue_owner, queue_assign, search, case, case_evidence, commands, presence, live),
    me,
)


def make_app(settings: Settings) -> ASGIApp:
    """Raises `access.Undeclared` when a handler does not say who may use it."""
    app = build(settings, handlers_of(PAGES))
    return Outer(app=cast(ASGIApp, app), settings=settings, static=StaticFiles(BUILT))


def build(settings: Settings, handlers: Iterable[HTTPRouteHandler]) -> Litestar:
    found = list(handlers)
    require_declarations(found)
    return Litestar(
        route_handlers=found,
        guards=[admit],
        before_request=check,
        dependencies={"seat": Provide(seat), "form": Provide(form)},
        exception_handlers={Exception: answer},
        request_max_body_size=BODY_BYTES_MAX,
        lifespan=[at_work],
        state=State({"settings": settings, "hub": Hub()}),
        openapi_config=None,
        logging_config=None,
        debug=False,
    )


def handlers_of(modules: Iterable[ModuleType]) -> list[HTTPRouteHandler]:
    """Whatever a module of pages defines with @get or @post; there is no list to forget one in."""
    return [
        found
        for module in modules
        for found in vars(module).values()
        if isinstance(found, HTTPRouteHandler)
    ]


@asynccontextmanager
async def at_work(app: Litestar) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    hub: Hub = app.state.hub
    keys.use(settings)
    storage.use(settings)
    async with open_pools(settings.database, roles=(Login.APP, Login.PUBLIC)):
        hearing = asyncio.create_task(hub.hear(settings.database.url(Login.APP)))
        try:
            yield
        finally:
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)
