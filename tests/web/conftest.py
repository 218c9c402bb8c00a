"""The whole application in this process and loop, as browsers meet it through its outer door."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, cast

import pytest
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp

from infra import storage
from infra.assets import build as assets
from infra.assets.manifest import BUILT
from infra.settings import Settings, load
from services.tenants import keys
from tests.database import Database
from tests.web.visitor import Visitor, visiting
from web.app import build, make_app
from web.outer import Outer
from web.static_files import StaticFiles

Serve = Callable[..., ASGIApp]


@pytest.fixture(scope="session", autouse=True)
def static_files() -> None:
    assets.main()


@pytest.fixture(scope="module")
def bare_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Of an installation that nobody has given a database."""
    settings = load({"REDRESS_HOME": str(tmp_path_factory.mktemp("home"))})
    keys.use(settings)
    return settings


@pytest.fixture(scope="module")
def serve(bare_settings: Settings) -> Serve:
    """An application of these handlers alone: the machinery without the pages."""

    def served(*handlers: HTTPRouteHandler, settings: Settings = bare_settings) -> ASGIApp:
        app = cast(Any, build(settings, handlers))
        return Outer(app=app, settings=settings, static=StaticFiles(BUILT))

    return served


@pytest.fixture(scope="module")
def settings(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home: Path = tmp_path_factory.mktemp("home")
    settings = load({"REDRESS_HOME": str(home), "REDRESS_DATABASE_URL": database.settings.app})
    keys.use(settings)
    storage.use(settings)
    return settings


@pytest.fixture(scope="module")
def app(settings: Settings) -> ASGIApp:
    return make_app(settings)


@pytest.fixture
async def visitor(app: ASGIApp) -> AsyncIterator[Visitor]:
    """Somebody new, with a browser without cookies and without scripts."""
    async with visiting(app) as somebody:
        yield somebody
