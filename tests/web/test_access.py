"""Nobody comes in undeclared, and nobody meets what is not theirs."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from litestar import get
from litestar.types import ASGIApp

from services.lifecycle.kinds import Role
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.tenants.people import found_acme
from tests.web import desk
from tests.web.conftest import Serve
from tests.web.visitor import Visitor, sign_in, visiting
from web import access, app
from web.access import Access, Of, Undeclared


@pytest.fixture(scope="module")
def guarded(serve: Serve, settings: Any) -> ASGIApp:
    return serve(*app.handlers_of([desk, *app.PAGES]), settings=settings)


@pytest.fixture
async def visitor(guarded: ASGIApp) -> AsyncIterator[Visitor]:
    async with visiting(guarded) as somebody:
        yield somebody


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await found_acme()


def test_every_handler_of_the_application_declares_its_access(bare_settings: Any):
    handlers = app.handlers_of(app.PAGES)

    app.build(bare_settings, handlers)

    assert len(handlers) > 10
    assert all(isinstance(handler.opt["access"], Access) for handler in handlers)


def test_an_undeclared_handler_keeps_the_application_from_being_built(serve: Serve):
    @get("/open-to-whom")
    async def undeclared() -> None: ...

    with pytest.raises(Undeclared, match="undeclared does not declare its access"):
        serve(undeclared)


def test_an_id_that_nobody_explained_keeps_it_too_and_so_does_a_word_without_an_id(serve: Serve):
    @get("/{org:str}/cases/{number:str}", opt=access.staff(org=Of.ORGANISATION))
    async def half_declared(number: str) -> None: ...

    @get("/plain", opt=access.public(number=Of.CASE))
    async def over_declared() -> None: ...

    with pytest.raises(Undeclared) as told:
        serve(half_declared, over_declared)

    assert "half_declared does not say what {number} is" in str(told.value)
    assert "over_declared does not say what {number} is" in str(told.value)


async def test_a_stranger_is_led_to_the_sign_in_page_and_back(visitor: Visitor):
    answer = await visitor.get("/acme/desk/secrets/2026-1")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/session?then=/acme/desk/secrets/2026-1&org=acme"


async def test_a_fragment_is_not_replaced_by_the_sign_in_page(visitor: Visitor):
    answer = await visitor.get("/acme/desk/secrets/2026-1", hx_request="true")

    assert answer.status_code == 401
    assert answer.headers["hx-redirect"].startswith("/session?then=")
    assert answer.content == b""


async def test_what_a_stranger_typed_is_kept_and_can_be_sent_again_after_signing_in(
    visitor: Visitor, acme: Organisation, database: Database
):
    address = f"/{acme.slug}/desk/secrets/2026-1/note"
    await visitor.get("/session")

    refused = await visitor.client.post(
        address, data={"text": "三页长的记录 <b>", "command_id": ID}
    )
    await sign_in(visitor, acme, database)
    visitor.last = refused
    again = await visitor.send(address)
    saved = await visitor.send(address)

    assert refused.status_code == 401
    assert "三页长的记录 &lt;b&gt;" in refused.text
    assert again.status_code == 403
    assert saved.json()["text"] == "三页长的记录 <b>"
    assert f'value="{ID}"' in again.text


ID = "0190d2f0-0000-4000-8000-00000000abcd"


async def test_another_organisation_is_not_there_and_looks_like_one_that_never_was(
    visitor: Visitor, acme: Organisation, database: Database
):
    borealis = await found_acme()
    await sign_in(visitor, acme, database)

    own = await visitor.get(f"/{acme.slug}/desk/secrets/2026-1")
    foreign = await visitor.get(f"/{borealis.slug}/desk/secrets/2026-1")
    unknown = await visitor.get("/never-was/desk/secrets/2026-1")

    assert own.json()["actor"].startswith("person:")
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert foreign.content == unknown.content


async def test_a_role_without_the_right_is_told_so(
    visitor: Visitor, acme: Organisation, database: Database
):
    await sign_in(visitor, acme, database, Role.VOLUNTEER)

    answer = await visitor.get(f"/{acme.slug}/desk/keys")

    assert answer.status_code == 403
    assert "您没有权限" in answer.text


async def test_half_a_sign_in_opens_nothing(
    visitor: Visitor, acme: Organisation, database: Database
):
    member = await sign_in(visitor, acme, database)
    visitor.client.cookies.clear()
    await visitor.get(f"/session?org={acme.slug}")
    await visitor.send("/session", email=member.email, password="three quiet herons at dawn")

    half = visitor.client.cookies["second-step"]
    visitor.client.cookies.set("session", half)
    answer = await visitor.get(f"/{acme.slug}/desk/secrets/2026-1")

    assert answer.status_code == 303


async def test_the_public_seat_of_an_organisation_reads_nothing(
    visitor: Visitor, acme: Organisation
):
    known = await visitor.get(f"/{acme.slug}/open")
    unknown = await visitor.get("/never-was/open")

    assert known.json() == {"actor": "public", "login": "public"}
    assert unknown.status_code == 404


async def test_nothing_of_the_body_is_read_before_somebody_is_let_in(guarded: ASGIApp):
    pieces = 0

    async def receive() -> Any:
        nonlocal pieces
        pieces += 1
        return {"type": "http.request", "body": b"x" * 60_000, "more_body": True}

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [
        (b"host", b"localhost:8000"),
        (b"content-type", b"application/x-www-form-urlencoded"),
        (b"content-length", str(200 * 1024 * 1024).encode()),
    ]
    await guarded(scope_of("POST", "/acme/desk/secrets/1/note", headers), receive, send)

    assert sent[0]["status"] == 401
    assert pieces == 0


def scope_of(method: str, path: str, headers: list[tuple[bytes, bytes]]) -> Any:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }
