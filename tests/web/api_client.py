"""The API as a program meets it, in this process: the whole application behind its outer door."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import httpx
from litestar import Litestar
from litestar.types import ASGIApp

from infra.settings import Settings, load
from services.lifecycle.kinds import Role
from services.tenants import keys, seats, tokens
from tests.cases.cast import Org, make_org
from tests.database import Database
from web.api import cases, description
from web.app import build, handlers_of
from web.outer import Outer
from web.static_files import StaticFiles

BASE = "http://localhost:8000"


def settings_of(home: Path, database: Database) -> Settings:
    urls = {"REDRESS_DATABASE_URL": database.settings.app}
    return load({"REDRESS_HOME": str(home), **urls})


def served(settings: Settings, home: Path) -> ASGIApp:
    app: Litestar = build(settings, handlers_of([cases, description]))
    return Outer(app=cast(ASGIApp, app), settings=settings, static=StaticFiles(home))


@asynccontextmanager
async def programs(app: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(cast(Any, app), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        yield client


async def an_org(settings: Settings) -> Org:
    org = await make_org()
    keys.use(settings)
    return org


async def token_of(org: Org, role: Role = Role.MANAGER) -> str:
    operator = seats.operator(tenant=org.tenant)
    return (await tokens.issue(operator, name="test", role=role)).token


def bearer(token: str, key: str | None = None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Idempotency-Key": key or uuid4().hex}


def body(**more: Any) -> dict[str, Any]:
    return {
        "platform": "1688",
        "problem": "quality",
        "facts": "桌板开裂，商家不同意退货。",
        "order": {"amount": "1286.00", "purpose": "own_use", "paid_on": "2026-11-01"},
        "merchant": {"shop": "木禾家居"},
        "demands": [{"kind": "refund_full", "amount": "1286.00"}],
        "consumer": {"name": "李女士", "phone": "13800000001"},
        "consents": ["privacy", "mandate", "share_with_merchant"],
        **more,
    }
