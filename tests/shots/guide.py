"""Leads to any state of `pages.toml` on a running product, as whoever sees it, in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.async_api import ConsoleMessage, Page, Request, Response

from services.wording.language import Language
from tests.journeys.consumers import Filed, open_link
from tests.journeys.merchants import open_merchant_link
from tests.journeys.product import Product
from tests.journeys.visitors import CHINESE, DESK, ENGLISH, People
from tests.shots.pages import STAFF, State, named
from tests.shots.steps import Way, take

LOCALES = {Language.CHINESE: CHINESE, Language.ENGLISH: ENGLISH}
EMPTY, PASSWORD = "kongshan", "quiet-lantern-orchard"
OURS = {"localhost", "127.0.0.1", None}
DRESSED = """() => document.readyState === 'complete'
    && [...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A state as it was met: the page, and what the server had sent for it."""

    state: State
    page: Page
    lands: str
    typed: Mapping[str, str]
    status: int
    html: str
    headers: Mapping[str, str]
    strays: Sequence[str]


@dataclass(kw_only=True)
class Guide:
    """`stands` is the state that a page was left in; `documents` what it was made of, and `last`
    what the server last answered. `strays` is what a page did meanwhile that none should: ask
    another host, or make the browser complain.
    """

    product: Product
    people: People
    broken: str
    language: Language
    pages: dict[str, Page] = field(default_factory=dict)
    stands: dict[Page, str] = field(default_factory=dict)
    documents: dict[Page, Response] = field(default_factory=dict)
    last: dict[Page, Response] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    strays: list[str] = field(default_factory=list)

    @classmethod
    async def of(cls, product: Product, people: People, *, broken: str, language: Language) -> Self:
        """With somebody invited to an association that has no case yet."""
        guide = cls(product=product, people=people, broken=broken, language=language)
        empty = f"{EMPTY}-{language.tag[:2]}"
        email = f"lin@{empty}.example"
        if not any(each["org"] == empty for each in await product.command("org", "list")):
            await product.command("org", "add", empty, "空山市消费者协会")
        invited = await product.command("user", "invite", empty, email, "--role", "manager")
        guide.facts = {
            "org": product.demo["org"],
            "empty": empty,
            "email": email,
            "password": PASSWORD,
            "demo_password": product.demo["sign_ins"][0]["password"],
            "invitation": invited["url"],
            "broken": broken,
        }
        return guide

    async def reach(self, state: State) -> Seen:
        page = await self.page_of(state)
        if state.after and self.stands.get(page) != state.after:
            await self.reach(named(state.after))
        way = Way(page=page, product=self.product, facts=self.facts | self.case_facts(state))
        if state.at:
            await page.goto(way.filled(state.at))
        for step in state.steps:
            await take(step, way)
        await page.wait_for_function(DRESSED)
        self.stands[page] = state.name
        return await self.seen(state, page, way)

    async def seen(self, state: State, page: Page, way: Way) -> Seen:
        answer, strays = self.last[page], tuple(self.strays)
        self.strays.clear()
        return Seen(
            state=state,
            page=page,
            lands=way.filled(state.lands),
            typed={
                n: way.filled(t) for step in state.steps for n, t in step.get("type", {}).items()
            },
            status=answer.status,
            html=await self.documents[page].text(),
            headers=answer.headers,
            strays=strays,
        )

    async def page_of(self, state: State) -> Page:
        """One for each visitor."""
        key = self.key_of(state)
        if key not in self.pages:
            self.pages[key] = await self.arrived(state)
        return self.pages[key]

    def key_of(self, state: State) -> str:
        """Who came by a link holds that of one case."""
        return f"{state.by}/{state.case}" if state.by in ("consumer", "merchant") else state.by

    async def arrived(self, state: State) -> Page:
        wants: dict[str, Any] = {
            "width": DESK,
            "scripts": True,
            "locale": LOCALES[self.language],
        }
        if state.by in STAFF:
            page = await self.people.colleague(state.by, **wants)
        else:
            page = await self.people.visitor(**wants)
        page.on("response", lambda answer: self.hear(page, answer))
        page.on("request", self.watch)
        page.on("console", self.mind)
        if state.by == "consumer":
            facts = self.case_facts(state)
            filed = Filed(number=facts["number"], link=facts["link"])
            await open_link(page, filed, facts["digits"])
        if state.by == "merchant":
            facts = self.case_facts(state)
            await open_merchant_link(page, facts["merchant_link"], facts["code"])
        return page

    def hear(self, page: Page, answer: Response) -> None:
        """Pages, and what a form was answered with where a script had sent it."""
        asked = answer.request
        if 300 <= answer.status < 400:
            return
        if asked.resource_type == "document":
            self.documents[page] = self.last[page] = answer
        elif asked.method == "POST" and "hx-request" in asked.headers:
            self.last[page] = answer

    def watch(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in OURS:
            self.strays.append(f"asks another host: {request.url}")

    def mind(self, message: ConsoleMessage) -> None:
        """A page of a trouble is one, and the browser says so; that is all it may say."""
        if message.type == "error" and "status of" not in message.text:
            self.strays.append(f"the browser complains: {message.text}")

    def case_facts(self, state: State) -> dict[str, str]:
        arc, _, which = state.case.partition("/")
        if not arc:
            return {}
        found = [case for case in self.product.demo["cases"] if case["arc"] == arc]
        case = found[int(which or 1) - 1]
        return {
            "number": case["number"],
            "link": case["status_link"],
            "digits": case["phone_last_digits"],
            "merchant_link": case.get("merchant_link", ""),
            "code": case.get("merchant_code", ""),
        }
