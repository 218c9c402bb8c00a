"""Leads to any state of `pages.toml` on a running product, as whoever sees it, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from playwright.async_api import Page, Response

from services.wording.language import Language
from tests.journeys.consumers import Filed, open_link
from tests.journeys.product import Product
from tests.journeys.visitors import CHINESE, DESK, ENGLISH, People
from tests.shots.pages import STAFF, State, named
from tests.shots.steps import Way, take

LOCALES = {Language.CHINESE: CHINESE, Language.ENGLISH: ENGLISH}
EMPTY, PASSWORD = "kongshan", "quiet-lantern-orchard"
DRESSED = """() => document.readyState === 'complete'
    && [...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A state as it was met: the page, and what the server had sent for it."""

    state: State
    page: Page
    status: int
    html: str
    headers: Mapping[str, str]


@dataclass(slots=True, kw_only=True)
class Guide:
    """`stands` is the state that a page was left in; `last` what the server last sent for it."""

    product: Product
    people: People
    broken: str
    language: Language
    pages: dict[str, Page] = field(default_factory=dict)
    stands: dict[Page, str] = field(default_factory=dict)
    last: dict[Page, Response] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)

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
        answer = self.last[page]
        return Seen(
            state=state,
            page=page,
            status=answer.status,
            html=await answer.text(),
            headers=answer.headers,
        )

    async def page_of(self, state: State) -> Page:
        """One for each visitor; consumers hold the link of one case each."""
        key = f"{state.by}/{state.case}" if state.by == "consumer" else state.by
        if key not in self.pages:
            self.pages[key] = await self.arrived(state)
        return self.pages[key]

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
        if state.by == "consumer":
            facts = self.case_facts(state)
            filed = Filed(number=facts["number"], link=facts["link"])
            await open_link(page, filed, facts["digits"])
        return page

    def hear(self, page: Page, answer: Response) -> None:
        """What pages are made of, whether the browser or a script asked for it."""
        if answer.request.resource_type in {"document", "fetch", "xhr"} and not (
            300 <= answer.status < 400
        ):
            self.last[page] = answer

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
        }
