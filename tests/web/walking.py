"""Dara with a phone: she files a complaint screen by screen, without scripts."""

from collections.abc import Mapping
from typing import Any

import httpx

from services.tenants.organisations import Organisation
from tests.web.cast import Filed
from tests.web.visitor import Visitor

WALK: Mapping[str, Mapping[str, Any]] = {
    "problem": {"whom": "merchant", "problem": "quality", "platform": "1688"},
    "purpose": {"order.purpose": "own_use"},
    "deal": {
        "merchant.shop": "木禾家居专营店",
        "order.number": "4217 7730",
        "order.paid_on": "2026-11-01",
        "order.received_on": "2026年11月5日",
        "order.amount": "１２８６元",
    },
    "story": {"facts": "11月5日签收学习桌，当天发现桌板开裂。\n商家说是轻微瑕疵，不肯退货。"},
    "wish": {"demand.kind": ["return_refund"], "demand.return_refund.amount": "1286"},
    "contact": {
        "consumer.name": "达拉·阿卜杜热依木",
        "consumer.phone": "138 0000 6021",
        "consumer.email": "dara@consumer.example",
        "consents": ["privacy", "share_with_merchant", "mandate"],
    },
    "check": {},
}


async def walk(
    dara: Visitor, acme: Organisation, *, to: str, **answers: Mapping[str, Any]
) -> httpx.Response:
    """Ends on this screen, before anything is answered there."""
    page = await dara.get(f"/{acme.slug}/complaints/new")
    while True:
        here = part_of(page)
        if here == to:
            return page
        page = await answer(dara, {**WALK[here], **answers.get(here, {})})


async def answer(dara: Visitor, typed: Mapping[str, Any]) -> httpx.Response:
    """Sends this screen; the next one, or the same with its faults."""
    assert dara.last is not None
    sent = await dara.send(action_of(dara.last), **typed)
    return await dara.follow() if sent.status_code == 303 else sent


def action_of(page: httpx.Response) -> str:
    return page.text.split('<form class="stack guided" method="post" action="')[1].split('"')[0]


def part_of(page: httpx.Response) -> str:
    last = page.url.path.rsplit("/", 1)[1]
    return "problem" if last == "new" else last


def draft_of(page: httpx.Response) -> str:
    return page.url.path.split("/")[3]


async def file_by_walking(dara: Visitor, acme: Organisation, **answers: Mapping[str, Any]) -> Filed:
    await walk(dara, acme, to="check", **answers)
    receipt = await answer(dara, {})
    assert receipt.url.path.endswith("/receipt"), receipt.text
    return Filed(
        number=receipt.url.path.split("/")[-2],
        link=receipt.text.split('<code class="secret" hx-ignore>')[1].split("</code>")[0],
    )
