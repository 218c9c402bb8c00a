"""The outer door: what must hold for every answer, whoever makes it, errors included.

Refuses what cannot be read, serves static files, finds the caller's language, adds the headers,
gives the request a number, and tells log and meters how it went."""

import secrets
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from infra.settings import Settings
from services.wording.language import speaking
from web import headers, hosts, tastes, telling
from web.caller import Caller, put
from web.cookies import Jar, bake, is_secure, name_of
from web.static_files import StaticFiles

LAST_WORDS = Path(__file__).parent / "templates" / "errors" / "last.html"


@dataclass(slots=True, kw_only=True)
class Outer:
    """Around the application; `settings` say under which address and scheme it is reached."""

    app: ASGIApp
    settings: Settings
    static: StaticFiles
    common: tuple[tuple[bytes, bytes], ...] = field(init=False)

    def __post_init__(self) -> None:
        self.common = headers.common(self.settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self.app(scope, receive, send)
        elif self.static.has(scope["path"]):
            await self.static.answer(scope, adding(send, self.common))
        else:
            await self.visit(scope, receive, send)

    async def visit(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        wished = tastes.asked(scope["query_string"])
        caller = self.caller_of(scope, wished)
        put(scope, caller)
        added = (
            *self.common,
            *headers.of_pages(caller.language),
            (b"x-request-id", caller.request_id.encode()),
        )
        heard = Heard(send=adding(send, added, self.remembering(wished)))
        with speaking(caller.language):
            await self.answer(scope, receive, heard)
        took = time.perf_counter() - began
        telling.tell(scope, heard.status, took, request_id=caller.request_id)

    async def answer(self, scope: Scope, receive: Receive, heard: "Heard") -> None:
        """The application answers its own errors; if even that fails, a page that needs nothing."""
        if status := self.fault_of(scope):
            await bare(heard, status)
            return
        try:
            await self.app(scope, receive, heard)
        except Exception as error:  # noqa: BLE001 -- the last door there is
            telling.tell_bug(error, request_id=scope["state"]["caller"].request_id)
            if not heard.status:
                await bare(heard, HTTPStatus.INTERNAL_SERVER_ERROR)

    def fault_of(self, scope: Scope) -> int | None:
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        if not (hosts.is_ours(host, self.settings) or scope["path"].startswith(hosts.ANY_HOST)):
            return HTTPStatus.MISDIRECTED_REQUEST
        if sum(len(name) + len(value) for name, value in scope["headers"]) > hosts.HEADER_BYTES_MAX:
            return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        raw = scope.get("raw_path") or scope["path"].encode()
        return hosts.fault_of(raw, scope["query_string"])

    def caller_of(self, scope: Scope, wished: dict[Jar, str]) -> Caller:
        secure = is_secure(self.settings)
        names = {jar: name_of(jar, secure=secure) for jar in tastes.ASKED_AS.values()}
        held = [v.decode("latin-1") for k, v in scope["headers"] if k == b"cookie"]
        liked = {**tastes.kept(names, held), **wished}
        accepted = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
        return Caller(
            request_id=secrets.token_hex(8),
            language=tastes.language(liked, accepted),
            theme=liked.get(Jar.THEME, "auto"),
            size=liked.get(Jar.SIZE, "normal"),
            keys=liked.get(Jar.KEYS, "on"),
        )

    def remembering(self, wished: dict[Jar, str]) -> list[tuple[bytes, bytes]]:
        """A taste that the address asked for lasts."""
        cookies = (
            bake(self.settings, jar, value, lasts=tastes.LAST) for jar, value in wished.items()
        )
        return [(b"set-cookie", cookie.to_encoded_header()[1]) for cookie in cookies]


@dataclass(slots=True, kw_only=True)
class Heard:
    """Sends on, and remembers which status went out."""

    send: Send
    status: int = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self.send(message)


def adding(send: Send, added: headers.Headers, cookies: headers.Headers = ()) -> Send:
    async def complete(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = [*message.get("headers", ()), *cookies]
            message["headers"] = headers.completed(given, added)
        await send(message)

    return complete


async def bare(send: Heard, status: int) -> None:
    """Both languages at once, without a template, a style sheet or a database."""
    body = LAST_WORDS.read_bytes()
    told = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": int(status), "headers": told})
    await send({"type": "http.response.body", "body": body, "more_body": False})
