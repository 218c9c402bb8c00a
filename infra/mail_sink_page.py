"""The sink's mails to look at: read-only, for this machine alone."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
)
NAME = re.compile(r"/mails/([0-9]{8}T[0-9]{6}\.[0-9]{6}Z-[0-9a-f]{8}\.eml)(/raw)?")
LIST_MAX = 200
NEIGHBOURS = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Page(BaseHTTPRequestHandler):
    """GET only. Foreign host names are refused, so that no web site can read it by rebinding."""

    server_version = "redress-mail-sink"

    def __init__(self, *args: Any, folder: Path) -> None:
        self.folder = folder
        super().__init__(*args)

    def do_GET(self) -> None:
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if host not in NEIGHBOURS:
            self.answer(403, "text/plain", "403")
        elif self.path == "/":
            mails = [(name, read(self.folder / name)) for name in newest(self.folder)]
            self.answer(200, "text/html", render("mails.html", mails=mails))
        elif (named := NAME.fullmatch(self.path)) and (self.folder / named[1]).is_file():
            self.answer_mail(self.folder / named[1], raw=bool(named[2]))
        else:
            self.answer(404, "text/html", render("mails.html", mails=[]))

    def answer_mail(self, path: Path, *, raw: bool) -> None:
        if raw:
            self.answer(200, "text/plain", path.read_text(encoding="utf-8", errors="replace"))
            return
        mail = read(path)
        self.answer(
            200, "text/html", render("mail.html", mail=mail, text=text(mail), name=path.name)
        )

    def answer(self, status: int, kind: str, body: str) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Addresses of mails are nobody's business, not even the log's."""


def render(template: str, /, **values: object) -> str:
    return TEMPLATES.get_template(template).render(**values)


def newest(folder: Path) -> Iterator[str]:
    """Names begin with the moment of receipt, so their order is the order of the mails."""
    return iter(sorted((path.name for path in folder.glob("*.eml")), reverse=True)[:LIST_MAX])


def read(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), EmailMessage, policy=SMTP_POLICY)


def text(mail: EmailMessage) -> str:
    """Anybody may have sent it, so its charset may be one that nobody knows."""
    body = mail.get_body(preferencelist=("plain",))
    if body is None:
        return ""
    content = body.get_payload(decode=True)
    assert isinstance(content, bytes)
    try:
        return content.decode(body.get_content_charset("utf-8"), errors="replace")
    except LookupError:
        return content.decode(errors="replace")


@asynccontextmanager
async def serve_page(folder: Path, host: str, port: int) -> AsyncIterator[None]:
    server = ThreadingHTTPServer((host, port), partial(Page, folder=folder))
    serving = asyncio.create_task(asyncio.to_thread(server.serve_forever, 0.1))
    try:
        yield
    finally:
        server.shutdown()
        await serving
        server.server_close()
