"""A house that keeps files, a consumer's case in it, and files handed in on her page."""

from typing import Any

import httpx
import pytest

from infra import storage
from services.tenants.organisations import Organisation
from tests.web.cast import Filed, file, open_acme
from tests.web.visitor import Visitor, forms_of

Files = list[tuple[str, tuple[str, bytes, str]]]


@pytest.fixture
async def acme(settings: Any) -> Organisation:
    storage.use(settings)
    return await open_acme()


@pytest.fixture
async def filed(visitor: Visitor, acme: Organisation) -> Filed:
    return await file(visitor, acme)


def place(filed: Filed) -> str:
    return f"/s/{filed.number}/evidence"


def named(*bodies: tuple[str, bytes]) -> Files:
    """As a browser sends them; what it says of their kind is wrong on purpose."""
    return [("files", (name, body, "text/html")) for name, body in bodies]


async def upload(visitor: Visitor, filed: Filed, files: Files, **typed: str) -> httpx.Response:
    page = await visitor.get(place(filed))
    action = next(f.action for f in forms_of(page.text) if "ticket=" in f.action)
    visitor.last = await visitor.client.post(action, data=typed, files=files)
    return visitor.last
