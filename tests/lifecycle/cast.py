"""The cast and the props of the stories: one complaint, two ladders, and days to tell them by."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.calendars.library import shipped
from services.lifecycle import commands as c
from services.lifecycle.bells import SHANGHAI
from services.lifecycle.case import Case
from services.lifecycle.commands import Command
from services.lifecycle.decide import CLOCK, Actor, decide
from services.lifecycle.events import Event, Filed
from services.lifecycle.evidence import FileKind
from services.lifecycle.evolve import born, evolve
from services.lifecycle.facts import (
    Complaint,
    Consumer,
    Demand,
    Merchant,
    Order,
    PlaybookRef,
    Proof,
    Tried,
    Words,
)
from services.lifecycle.kinds import (
    Consent,
    DemandKind,
    Door,
    Platform,
    Problem,
    ProofKind,
    Purpose,
    Role,
)
from services.lifecycle.parse import parse
from services.lifecycle.playbook import Playbook, Rules

LEO = Actor(role=Role.MANAGER, person=UUID(int=1))
ANA = Actor(role=Role.CASEWORKER, person=UUID(int=2))
VERA = Actor(role=Role.VOLUNTEER, person=UUID(int=3))
DARA = Actor(role=Role.CONSUMER)
SHOP = Actor(role=Role.MERCHANT)
MONDAY = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
PINNED = PlaybookRef(id="test", version=1)


def wait(span: str, **more: Any) -> dict[str, Any]:
    facts = {"span": span, "from": "sent", "kind": "own", "pausable": True}
    return {
        **facts,
        "source": "ours",
        "confidence": "high",
        "checked_on": date(2026, 11, 1),
        **more,
    }


def rung(door: str, span: str, **more: Any) -> dict[str, Any]:
    return {
        "id": door,
        "channel": f"{door}-desk",
        "hand": "handler",
        "file_within": "3 working days",
        "expiry": "climb",
        "unfiled": "pass",
        "wait": wait(span),
        "if_nobody_acts": {"zh": "会往上走", "en": "It climbs."},
        **more,
    }


LADDER: dict[str, Any] = {
    "id": "test",
    "title": {"zh": "测试", "en": "Test"},
    "rung": [
        rung(
            "merchant",
            "5 working days",
            chase=[{"after": "3 working days", "tell": ["merchant"], "letter": "chaser"}],
        ),
        rung("platform", "10 working days", expiry="ask", hand="consumer"),
        rung("association", "60 days", expiry="stay", unfiled="stay"),
        rung("regulator", "75 days", hand="consumer", unfiled="stay", closed_to=["resale"]),
        rung("law", "6 months", expiry="stay", unfiled="stay", hand="consumer"),
    ],
}


def playbook(**changes: Any) -> Playbook:
    return parse({**LADDER, **changes}, version=1)


def without(*doors: str) -> dict[str, Any]:
    return {"rung": [r for r in LADDER["rung"] if r["id"] not in doors]}


RULES = Rules(playbook=playbook(), calendar=shipped())
PLAIN_RULES = Rules(playbook=playbook(**without("association")), calendar=shipped())


def piece(n: int = 1) -> c.AddEvidence:
    """The n-th file; the same n is the same bytes."""
    digest = hashlib.sha256(bytes([n])).hexdigest()
    return c.AddEvidence(
        piece=UUID(int=n), kind=FileKind.JPEG, size=1000 + n, sha256=digest, name=words()
    )


def words(text: str = "words") -> Words:
    return Words(text=text)


def proof() -> Proof:
    return Proof(kind=ProofKind.THEIR_NUMBER, reference=words("WQ-1"))


def complaint(**more: Any) -> Complaint:
    facts: dict[str, Any] = {
        "platform": Platform.ALIBABA_1688,
        "problem": Problem.QUALITY,
        "facts": words("桌板开裂"),
        "order": Order(amount=Decimal(1286), purpose=Purpose.OWN_USE),
        "merchant": Merchant(shop=words("木禾家居")),
        "consumer": Consumer(name=words("李"), phone=words("13800000000")),
        "demands": (Demand(kind=DemandKind.REFUND_FULL, amount=Decimal(1286)),),
        "consents": frozenset({Consent.PRIVACY, Consent.SHARE_WITH_MERCHANT, Consent.MANDATE}),
    }
    return Complaint(**{**facts, **more})


def filed(*, at: datetime = MONDAY, tried: tuple[Tried, ...] = (), **more: Any) -> Case:
    body = complaint(tried=tried, **more)
    return born(Filed(at=at, complaint=body, playbook=PINNED))


def day(n: float) -> datetime:
    """Noon in Shanghai so many days after the Monday of the filing."""
    return MONDAY + timedelta(days=n, hours=2)


def give(
    case: Case, command: Command, *, by: Actor = LEO, now: datetime = MONDAY, rules: Rules = RULES
) -> Case:
    for event in told(case, command, by=by, now=now, rules=rules):
        case = evolve(case, event)
    return case


def told(
    case: Case, command: Command, *, by: Actor = LEO, now: datetime = MONDAY, rules: Rules = RULES
) -> tuple[Event, ...]:
    return decide(case, command, by=by, now=now, rules=rules)


def strike(case: Case, key: str, *, now: datetime, rules: Rules = RULES) -> Case:
    return give(case, c.StrikeBell(bell=key), by=CLOCK, now=now, rules=rules)


def taken_on(**more: Any) -> Case:
    return give(filed(**more), c.TakeOn())


def sent(case: Case, door: Door = Door.MERCHANT, *, now: datetime = MONDAY) -> Case:
    on = now.astimezone(SHANGHAI).date()
    return give(case, c.RecordFiling(door=door, on=on, proof=proof()), now=now)


def at_platform() -> Case:
    return give(sent(taken_on()), c.OpenDoor(door=Door.PLATFORM), now=day(1))


def at_regulator() -> Case:
    return give(at_platform(), c.OpenDoor(door=Door.REGULATOR), now=day(2))
