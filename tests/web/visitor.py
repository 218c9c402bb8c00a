"""A browser without scripts: it follows links, keeps cookies and sends the forms it was shown."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, cast
from uuid import uuid4

import httpx
import pyotp
from litestar.types import ASGIApp

from services.lifecycle.kinds import Role
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.tenants.people import PASSWORD, Member, join, next_code

BASE = "http://localhost:8000"


@dataclass(slots=True, kw_only=True)
class Form:
    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Visitor:
    client: httpx.AsyncClient
    last: httpx.Response | None = None

    async def get(self, path: str, **headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.last = await self.client.get(path, headers=named)
        onwards = self.last.headers.get("location", "")
        if onwards.startswith(f"{path}?"):  # the same page, which got a name of its own
            self.last = await self.client.get(onwards, headers=named)
        return self.last

    async def send(self, action: str, **typed: Any) -> httpx.Response:
        """The form with this action on the page that was opened last, with this typed into it."""
        assert self.last is not None
        form = next(f for f in forms_of(self.last.text) if f.action == action)
        data = {**form.fields, **typed}
        self.last = await self.client.post(action, data=data)
        return self.last

    async def follow(self) -> httpx.Response:
        """Where the last answer leads."""
        assert self.last is not None
        assert self.last.status_code == 303, self.last
        return await self.get(self.last.headers["location"])


@asynccontextmanager
async def visiting(app: ASGIApp, **headers: str) -> AsyncIterator[Visitor]:
    home = (f"2001:db8:{uuid4().hex[:4]}::1", 50_000)  # nobody's failures count for another
    transport = httpx.ASGITransport(cast(Any, app), client=home)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers) as client:
        yield Visitor(client=client)


async def sign_in(
    visitor: Visitor, acme: Organisation, database: Database, role: Role = Role.CASEWORKER
) -> Member:
    """A new member of the staff, through the very pages: password, phone, recovery codes."""
    member = await join(acme, role)
    await visitor.get(f"/session?org={acme.slug}")
    await visitor.send("/session", email=member.email, password=PASSWORD)
    page = await visitor.follow()
    member.secret = page.text.split('<code class="key">')[1].split("</code>")[0].replace(" ", "")
    await visitor.send("/session/code", code=await next_code(member, database))
    return member


def code_now(member: Member) -> str:
    return pyotp.TOTP(member.secret).now()


def forms_of(html: str) -> list[Form]:
    reader = FormsOnPage()
    reader.feed(html)
    return reader.forms


class FormsOnPage(HTMLParser):
    """Every form with what a browser would send if nobody typed anything."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(action=told.get("action", "")))
        elif tag == "textarea":
            self.area = told["name"]
            self.put(self.area, "")
        elif tag == "input" and "name" in told and (is_sent(told) or "checked" in told):
            self.put(told["name"], told.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1].fields[self.area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            values = self.forms[-1].fields[self.area]
            values[-1] = values[-1].removeprefix("\n")
            self.area = None

    def put(self, name: str, value: str) -> None:
        self.forms[-1].fields.setdefault(name, []).append(value)


def is_sent(told: dict[str, str]) -> bool:
    return told.get("type", "text") not in {"checkbox", "radio", "submit", "file"}
