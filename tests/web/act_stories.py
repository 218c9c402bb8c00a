"""A desk to act at, and the story that makes each act possible."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from litestar.types import ASGIApp

from services.cases import queries
from services.cases.views import CaseView
from services.lifecycle import commands as c
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Ball, Door, Reason, Role
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.web.cast import SOON, TODAY, Filed, at_merchant, file, give, leo_of, offered, open_acme
from tests.web.merchants import proof as proof_of
from tests.web.visitor import Visitor, sign_in, visiting

PROOF = {"proof.kind": "screenshot", "proof.reference": "截图三张"}
OFFER = {"party": "merchant", "terms": "退一半", "fulfil_by": str(SOON)}
WORDS = {"text": "已与双方核实"}
Before = Callable[[Organisation, Filed], Awaitable[None]]


async def fresh(acme: Organisation, filed: Filed) -> None:
    pass


async def owed(acme: Organisation, filed: Filed) -> None:
    await give(acme, filed, c.TakeOn())


async def proven(acme: Organisation, filed: Filed) -> None:
    view = await queries.case(leo_of(acme), filed.number)
    await proof_of(acme, view.id, "裂纹")


async def linked(acme: Organisation, filed: Filed) -> None:
    await at_merchant(acme, filed)
    await give(acme, filed, c.ReissueMerchantLink())


async def at_platform(acme: Organisation, filed: Filed) -> None:
    await at_merchant(acme, filed)
    await give(acme, filed, c.OpenDoor(door=Door.PLATFORM))


async def in_mediation(acme: Organisation, filed: Filed) -> None:
    await at_platform(acme, filed)
    await give(acme, filed, c.AcceptMediation(confirmed=True))


async def promised(acme: Organisation, filed: Filed) -> None:
    await at_merchant(acme, filed)
    what = Words(text="退款")
    await give(acme, filed, c.Promise(promisor=Ball.MERCHANT, what=what, due_on=SOON))


async def asked(acme: Organisation, filed: Filed) -> None:
    await give(acme, filed, c.Ask(text=Words(text="外箱完好吗？")))


async def paused(acme: Organisation, filed: Filed) -> None:
    await give(acme, filed, c.Pause(holder=Ball.CONSUMER, reason=Reason.APPRAISAL))


async def reported(acme: Organisation, filed: Filed) -> None:
    await give(acme, filed, c.OpenReport(text=Words(text="涉嫌虚假宣传")))


async def closed(acme: Organisation, filed: Filed) -> None:
    await give(acme, filed, c.Decline(reason=Reason.TOO_LATE, text=Words(text="超过时限")))


STORIES: dict[str, tuple[Before, dict[str, Any], str]] = {
    "taking-on": (fresh, {}, "taken_on"),
    "declination": (fresh, {"reason": "too_late", **WORDS}, "declined"),
    "question": (fresh, WORDS, "asked"),
    "reply": (asked, WORDS, "provided"),
    "assignment": (fresh, {"to": "somebody"}, "assigned"),
    "filing": (owed, {**PROOF, "their_number": "A-7"}, "filing_recorded"),
    "receipt": (at_merchant, {"on": "今天"}, "receipt_recorded"),
    "their-date": (at_merchant, {"due_on": f"{SOON:%Y年%m月%d日}"}, "their_date_read"),
    "answer": (at_merchant, {"verdict": "refused", **WORDS}, "answer_recorded"),
    "offer": (at_merchant, {**OFFER, "amount": "¥６００"}, "offer_made"),
    "agreement": (offered, {}, "offer_accepted"),
    "rejection": (offered, WORDS, "offer_refused"),
    "promise": (
        at_merchant,
        {"promisor": "merchant", "what": "补发", "due_on": str(SOON)},
        "promised",
    ),
    "fulfilment": (promised, PROOF, "fulfilled"),
    "breach": (promised, {}, "promise_broken"),
    "escalation": (at_merchant, {"door": "platform"}, "door_opened"),
    "passing": (at_platform, {"reason": "not_useful"}, "door_passed"),
    "acceptance": (at_platform, {"confirmed": "yes"}, "mediation_accepted"),
    "mediation-end": (in_mediation, {"reason": "no_agreement", **WORDS}, "mediation_ended"),
    "legal-action": (at_merchant, {}, "went_to_law"),
    "report": (fresh, WORDS, "report_opened"),
    "report-filing": (reported, PROOF, "report_recorded"),
    "pause": (fresh, {"holder": "consumer", "reason": "appraisal"}, "paused"),
    "resumption": (paused, {}, "resumed"),
    "extension": (fresh, {"span": "２个工作日"}, "deadline_extended"),
    "note": (fresh, WORDS, "noted"),
    "correction": (fresh, {"seq": "1", **WORDS}, "corrected"),
    "sharing": (proven, {"shared": "yes"}, "evidence_shared"),
    "merchant-link-end": (linked, {}, "merchant_link_revoked"),
    "playbook": (fresh, {"to": "general@1"}, "playbook_moved"),
    "withdrawal": (fresh, {"reason": "changed_mind"}, "withdrawn"),
    "revocation": (fresh, {"consent": "mandate"}, "consent_revoked"),
    "closure": (fresh, {"outcome": "not_solved", **WORDS}, "closed"),
    "reopening": (closed, WORDS, "reopened"),
    "claim": (fresh, {}, "taken"),
}


@pytest.fixture(scope="module")
async def acme(settings: object) -> Organisation:
    return await open_acme()


@pytest.fixture(scope="module")
async def leo(app: ASGIApp, acme: Organisation, database: Database) -> AsyncIterator[Visitor]:
    async with visiting(app) as somebody:
        await sign_in(somebody, acme, database, Role.MANAGER)
        yield somebody


@pytest.fixture
async def filed(visitor: Visitor, acme: Organisation) -> Filed:
    return await file(visitor, acme)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    leo: Visitor
    acme: Organisation
    filed: Filed
    app: ASGIApp
    database: Database


@pytest.fixture
def desk(leo: Visitor, acme: Organisation, filed: Filed, app: ASGIApp, database: Database) -> Desk:
    return Desk(leo=leo, acme=acme, filed=filed, app=app, database=database)


def place(acme: Organisation, filed: Filed, noun: str = "") -> str:
    return f"/{acme.slug}/desk/cases/{filed.number}" + (f"/{noun}" if noun else "")


async def seen(acme: Organisation, filed: Filed) -> CaseView:
    return await queries.case(leo_of(acme), filed.number)


async def kinds(acme: Organisation, filed: Filed) -> list[str]:
    return [each.kind for each in (await seen(acme, filed)).events]


def chosen(page: str, typed: dict[str, Any]) -> dict[str, Any]:
    """Somebody of those offered, and the day as people write it."""
    people = re.findall(r'<option value="([0-9a-f-]{36})"', page)
    if typed.get("to") == "somebody":
        typed = {**typed, "to": people[0]}
    if typed.get("on") == "今天":
        typed = {**typed, "on": f"{TODAY.month}月{TODAY.day}日"}
    if "span" in typed:
        typed = {**typed, "bell": re.findall(r'<option value="(case/[^"]+)"', page)[0]}
    return typed
