"""A merchant who was handed a link and, apart from it, the code."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from litestar.types import ASGIApp

from services.cases import handing_in, ledger, queries
from services.cases.merchant_links import merchant_link
from services.evidence.receiving import posted_first
from services.lifecycle import commands as c
from services.lifecycle.kinds import Role
from services.tenants import links, seats
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.evidence.files import pieces, png
from tests.web.cast import SOON, Filed, at_merchant, file, leo_of, open_acme
from tests.web.visitor import Visitor, forms_of, sign_in, visiting

OFFER = {
    "answering.kind": "partial",
    "answering.sum": "600",
    "answering.back": "none",
    "answering.day": str(SOON),
    "answering.text": "愿意补偿600元。",
}
REFUSAL = {"answering.kind": "dispute", "answering.text": "桌板出厂时检验合格。"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    acme: Organisation
    filed: Filed
    token: str
    code: str

    @property
    def number(self) -> str:
        return self.filed.number

    @property
    def link(self) -> str:
        return f"/m/{self.token}"

    def at(self, page: str) -> str:
        return f"/m/{self.number}/{page}"


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await open_acme()


@pytest.fixture
async def filed(visitor: Visitor, acme: Organisation) -> Filed:
    """Dara has filed and sits before her receipt."""
    return await file(visitor, acme)


@pytest.fixture
async def link(acme: Organisation, filed: Filed) -> Handed:
    return await handed(acme, filed)


@pytest.fixture
async def shop(app: ASGIApp) -> AsyncIterator[Visitor]:
    async with visiting(app) as somebody:
        yield somebody


@pytest.fixture
async def leo(app: ASGIApp, acme: Organisation, database: Database) -> AsyncIterator[Visitor]:
    async with visiting(app) as somebody:
        await sign_in(somebody, acme, database, Role.MANAGER)
        yield somebody


async def handed(acme: Organisation, filed: Filed, *, sent: bool = True) -> Handed:
    """The demand is on record as sent, and a person made a link for it."""
    if sent:
        await at_merchant(acme, filed)
    return await renewed(acme, filed)


async def renewed(acme: Organisation, filed: Filed) -> Handed:
    made = await ledger.apply(
        leo_of(acme), filed.number, c.ReissueMerchantLink(), command_id=uuid4()
    )
    assert made.merchant_generation
    ref = merchant_link(acme.tenant, made.case_id, made.merchant_generation)
    return Handed(acme=acme, filed=filed, token=links.token_of(ref), code=links.code_of(ref))


async def come_in(shop: Visitor, handed: Handed) -> httpx.Response:
    """Past the code, to the demand."""
    await shop.get(handed.link)
    await shop.follow()
    answer = await shop.send(handed.at("check"), code=handed.code)
    assert answer.status_code == 303, answer.text
    return await shop.follow()


async def check(shop: Visitor, handed: Handed, typed: dict[str, Any]) -> httpx.Response:
    """From the form to the page on which the answer is checked."""
    return await shop.send(handed.at("answer/check"), **typed)


async def answer(shop: Visitor, handed: Handed, typed: dict[str, Any]) -> httpx.Response:
    """To the receipt."""
    checked = await check(shop, handed, typed)
    assert checked.status_code == 200, checked.text
    sent = await shop.send(handed.at("answer"))
    assert sent.status_code == 303, sent.text
    return await shop.follow()


async def proof(acme: Organisation, case: UUID, name: str) -> UUID:
    """A picture that the consumer hands in."""
    dara = seats.consumer(tenant=acme.tenant, slug=acme.slug, case=case)
    upload, body = uuid4(), png() + name.encode()
    assert await posted_first(dara, case=case, upload=upload)
    said = handing_in.Told(name=f"{name}.png")
    await handing_in.hand_in(dara, case, said, upload=upload, chunks=pieces(body))
    return (await queries.case(dara, case)).case.evidence[-1].id


def form_at(page: httpx.Response, action: str) -> dict[str, Any]:
    return next(form.fields for form in forms_of(page.text) if form.action == action)
