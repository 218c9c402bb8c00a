"""At which moments a merchant can answer, and what is shown of other cases: nothing."""

from datetime import timedelta

import pytest
from litestar.types import ASGIApp

from services.cases import queries
from services.lifecycle import commands as c
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Consent, Outcome
from services.tenants import organisations, seats
from services.tenants.organisations import Organisation
from tests.web.cast import Filed, file, give, leo_of
from tests.web.merchants import (
    REFUSAL,
    Handed,
    acme,
    come_in,
    filed,
    form_at,
    handed,
    link,
    proof,
    shop,
)
from tests.web.visitor import Visitor, visiting


async def pass_days(acme: Organisation, days: int) -> None:
    operator = seats.operator(tenant=acme.tenant, slug=acme.slug)
    await organisations.advance_clock(operator, timedelta(days=days))


async def test_late_is_still_taken_and_five_working_days_later_nothing_is(
    shop: Visitor, link: Handed, acme: Organisation, filed: Filed
):
    await come_in(shop, link)
    await pass_days(acme, 6)
    late = await shop.get(link.at("answer"))
    form = form_at(late, link.at("answer/check"))

    await pass_days(acme, 20)
    over = await shop.get(link.at("answer"))
    refused = await shop.client.post(link.at("answer"), data={**form, **REFUSAL})

    assert "期限已过，现在仍可以答复" in late.text
    assert "这里不再接收答复" in over.text
    assert refused.status_code == 422
    assert "桌板出厂时检验合格。" in refused.text


async def test_nothing_can_be_answered_before_the_demand_is_on_record_as_sent(
    shop: Visitor, acme: Organisation, filed: Filed
):
    await give(acme, filed, c.TakeOn())

    page = await come_in(shop, await handed(acme, filed, sent=False))

    assert "这份诉求还在准备中" in page.text
    assert "answering.kind" not in page.text


async def test_a_case_that_ended_takes_no_answer(
    shop: Visitor, link: Handed, acme: Organisation, filed: Filed
):
    await come_in(shop, link)
    await give(acme, filed, c.Close(outcome=Outcome.NOT_SOLVED, text=Words(text="联系不上")))

    page = await shop.get(link.at("answer"))

    assert "这里不再接收答复" in page.text
    assert "联系不上" not in page.text


async def test_a_merchant_with_several_cases_sees_the_one_of_the_link(
    visitor: Visitor, shop: Visitor, link: Handed, acme: Organisation, app: ASGIApp
):
    async with visiting(app) as another:
        other = await file(another, acme, facts="另一件事，花盆漏水。")
    await give(acme, other, c.TakeOn())

    page = await come_in(shop, link)
    elsewhere = await shop.get(f"/m/{other.number}/answer")

    assert "花盆漏水" not in page.text
    assert elsewhere.status_code == 401


async def test_only_shared_pieces_are_listed_and_only_as_long_as_the_consumer_agrees(
    shop: Visitor, link: Handed, acme: Organisation, filed: Filed
):
    case = await queries.id_of(leo_of(acme), filed.number)
    shown, hidden = [await proof(acme, case, name) for name in ("裂纹照片", "病历照片")]
    assert shown != hidden
    await come_in(shop, link)
    before = await shop.get(link.at("answer"))

    await give(acme, filed, c.ShareEvidence(piece=shown, shared=True))
    after = await shop.get(link.at("answer"))
    await give(acme, filed, c.RevokeConsent(consent=Consent.SHARE_WITH_MERCHANT))
    revoked = await shop.get(link.at("answer"))

    assert "裂纹照片" not in before.text
    assert "裂纹照片" in after.text
    assert "病历照片" not in after.text
    assert "裂纹照片" not in revoked.text
    assert "桌板开裂" not in revoked.text


async def test_a_piece_that_was_taken_back_is_listed_no_more(
    shop: Visitor, link: Handed, acme: Organisation, filed: Filed
):
    case = await queries.id_of(leo_of(acme), filed.number)
    piece = await proof(acme, case, "裂纹照片")
    for shared in (True, False):
        await give(acme, filed, c.ShareEvidence(piece=piece, shared=shared))

    page = await come_in(shop, link)

    assert "裂纹照片" not in page.text


async def test_english_is_complete(shop: Visitor, link: Handed):
    await come_in(shop, link)

    page = await shop.get(link.at("answer?lang=en"))

    assert "A consumer asks you for an answer" in page.text
    assert "贵店" not in page.text
