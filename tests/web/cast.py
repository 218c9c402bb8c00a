"""Acme with its playbooks, Dara who complains on the page, and the desk that works on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from services.cases import ledger
from services.cases.receipts import Receipt
from services.lifecycle import commands as c
from services.lifecycle.bells import local_day
from services.lifecycle.commands import Command
from services.lifecycle.facts import Proof, Words
from services.lifecycle.kinds import Ball, Door, ProofKind, Role
from services.playbooks import library
from services.tenants import organisations, seats
from services.tenants.organisations import Organisation
from services.tenants.seats import Seat
from tests.web.visitor import Visitor

DARA: Mapping[str, Any] = {
    "platform": "1688",
    "problem": "quality",
    "order.purpose": "own_use",
    "order.number": "4217 7730",
    "order.paid_on": "2026-11-01",
    "order.received_on": "2026年11月5日",
    "order.amount": "１２８６元",
    "merchant.shop": "木禾家居专营店",
    "facts": "11月5日签收学习桌，当天发现桌板开裂。\n商家说是轻微瑕疵，不肯退货。",
    "demand.1.kind": "return_refund",
    "demand.1.amount": "1,286",
    "consumer.name": "达拉·阿卜杜热依木",
    "consumer.phone": "138 0000 6021",
    "consumer.email": "dara@consumer.example",
    "consents": ["privacy", "share_with_merchant", "mandate"],
}
DIGITS = "6021"
TODAY = local_day(datetime.now(UTC))
SOON = TODAY + timedelta(days=10)


@dataclass(slots=True, kw_only=True)
class Filed:
    number: str
    link: str


async def open_acme(*, demo: bool = False, mediates: bool = True) -> Organisation:
    """With the playbooks of the shelf; its clock may be moved."""
    slug = f"acme-{uuid4().hex[:12]}"
    tenant = await organisations.create(
        name="Acme 消费者协会", slug=slug, prefix="青消诉", mediates=mediates, demo=True
    )
    acme = await organisations.by_id(tenant)
    assert acme is not None
    await library.publish_shelf(seats.operator(tenant=tenant, slug=slug), demo=demo)
    return acme


async def file(dara: Visitor, acme: Organisation, **typed: Any) -> Filed:
    """The complaint through the page; the receipt is the last page seen."""
    place = f"/{acme.slug}/complaints/one-page"
    await dara.get(place)
    answer = await dara.send(place, **{**DARA, **typed})
    assert answer.status_code == 303, answer.text
    receipt = await dara.follow()
    return Filed(
        number=answer.headers["location"].split("/")[-2],
        link=receipt.text.split('<code class="secret" hx-ignore>')[1].split("</code>")[0],
    )


def leo_of(acme: Organisation) -> Seat:
    """The manager, at work without a browser."""
    return seats.staff(tenant=acme.tenant, slug=acme.slug, person=UUID(int=1), role=Role.MANAGER)


async def give(acme: Organisation, filed: Filed, command: Command) -> Receipt:
    return await ledger.apply(leo_of(acme), filed.number, command, command_id=uuid4())


def proof(reference: str = "WQ-1") -> Proof:
    return Proof(kind=ProofKind.THEIR_NUMBER, reference=Words(text=reference))


async def at_merchant(acme: Organisation, filed: Filed) -> None:
    """Taken on, and the demand sent with proof."""
    await give(acme, filed, c.TakeOn())
    await give(acme, filed, c.RecordFiling(door=Door.MERCHANT, on=TODAY, proof=proof()))


async def offered(acme: Organisation, filed: Filed) -> None:
    await at_merchant(acme, filed)
    offer = c.MakeOffer(
        party=Ball.MERCHANT,
        terms=Words(text="部分退款600元，不退货"),
        fulfil_by=SOON,
        amount=Decimal(600),
    )
    await give(acme, filed, offer)
