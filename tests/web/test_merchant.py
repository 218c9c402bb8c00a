"""What a merchant sees over the link, how they answer, and what becomes of it for the others."""

import re

import pytest

from services.cases import queries
from services.cases.views import CaseView
from services.lifecycle.kinds import Ball, Role, Stage, Verdict
from services.tenants.organisations import Organisation
from tests.web.cast import SOON, Filed, file, leo_of
from tests.web.faults import doubled_ids
from tests.web.merchants import (
    OFFER,
    REFUSAL,
    Handed,
    acme,
    answer,
    check,
    come_in,
    filed,
    form_at,
    handed,
    leo,
    link,
    shop,
)
from tests.web.visitor import Visitor


async def seen(acme: Organisation, filed: Filed) -> CaseView:
    return await queries.case(leo_of(acme), filed.number)


async def test_the_demand_is_told_with_its_day_its_wish_and_what_silence_brings(
    shop: Visitor, link: Handed
):
    page = await come_in(shop, link)

    assert page.status_code == 200
    assert "Acme 消费者协会" in page.text
    assert f"青消诉{link.number}" in page.text
    assert re.search(r"请在<strong>.*?</strong>前答复", page.text, re.DOTALL)
    assert "个工作日" in page.text
    assert "4217 7730" in page.text
    assert "退货退款：¥1,286" in page.text
    assert "等3个工作日" in page.text
    assert doubled_ids(page) == set()


async def test_the_consumer_is_called_as_they_wish_and_has_no_phone_and_no_address(
    shop: Visitor, link: Handed
):
    page = await come_in(shop, link)

    assert "达拉·阿卜杜热依木" in page.text
    for private in ("6021", "138", "dara@consumer.example"):
        assert private not in page.text


async def test_without_the_consent_neither_story_nor_name_is_told(
    visitor: Visitor, shop: Visitor, acme: Organisation
):
    silent = await file(visitor, acme, consents=["privacy", "mandate"])

    page = await come_in(shop, await handed(acme, silent))

    assert "4217 7730" in page.text
    assert "桌板开裂" not in page.text
    assert "达拉" not in page.text


async def test_an_offer_is_checked_word_for_word_sent_once_and_put_on_a_receipt(
    shop: Visitor, link: Handed, acme: Organisation, filed: Filed
):
    await come_in(shop, link)
    checked = await check(shop, link, OFFER)
    before = (await seen(acme, filed)).case
    form = form_at(checked, link.at("answer"))

    answers = [await shop.client.post(link.at("answer"), data=form) for _ in range(2)]

    assert checked.status_code == 200
    assert "部分退款。不用退回商品。\n愿意补偿600元。" in checked.text.replace("\r", "")
    assert before.offer is None
    assert [each.status_code for each in answers] == [303, 303]
    view = await seen(acme, filed)
    assert [o.amount for o in view.case.offers] == [600]
    assert (view.case.ball, view.case.offers[0].fulfil_by) == (Ball.CONSUMER, SOON)
    receipt = await shop.get(link.at("receipt"))
    assert f"青消诉{link.number}-{view.events[-1].seq}" in receipt.text
    assert "愿意补偿600元。" in receipt.text


async def test_the_consumer_reads_the_offer_and_decides(
    visitor: Visitor, shop: Visitor, link: Handed, filed: Filed, acme: Organisation
):
    await come_in(shop, link)
    await answer(shop, link, OFFER)

    page = await visitor.get(f"/s/{filed.number}/status")
    await visitor.get(f"/s/{filed.number}/agreement")
    accepted = await visitor.send(f"/s/{filed.number}/agreement", digits="6021")

    assert "¥600" in page.text
    assert "愿意补偿600元。" in page.text
    assert accepted.status_code == 303
    assert (await seen(acme, filed)).case.stage is Stage.SETTLED
    assert "贵店的答复已收到" in (await shop.get(link.at("answer"))).text


async def test_to_agree_is_a_promise_with_a_day_of_its_own(
    shop: Visitor, link: Handed, acme: Organisation, filed: Filed
):
    await come_in(shop, link)

    await answer(shop, link, {"answering.kind": "agree", "answering.day": str(SOON)})

    case = (await seen(acme, filed)).case
    assert case.stage is Stage.SETTLED
    assert case.promise
    assert (case.promise.promisor, case.promise.due_on) == (Ball.MERCHANT, SOON)
    assert case.promise.amount == 1286


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        ("dispute", Verdict.REFUSED),
        ("explain", Verdict.EXPLAINED),
        ("not_us", Verdict.WRONG_PARTY),
    ],
)
async def test_a_refusal_an_explanation_and_a_wrong_address_are_answers(
    shop: Visitor, link: Handed, kind: str, verdict: Verdict
):
    await come_in(shop, link)

    receipt = await answer(shop, link, {**REFUSAL, "answering.kind": kind})

    view = await seen(link.acme, link.filed)
    assert view.case.filing
    assert view.case.filing.verdict is verdict
    assert view.events[-1].role is Role.MERCHANT
    assert "桌板出厂时检验合格。" in receipt.text


async def test_the_desk_sees_that_it_came_over_the_link_and_the_handler_is_written_to(
    shop: Visitor, link: Handed, acme: Organisation, filed: Filed, leo: Visitor
):
    await come_in(shop, link)
    await answer(shop, link, REFUSAL)

    page = await leo.get(f"/{acme.slug}/desk/cases/{filed.number}")

    assert "通过答复链接" in page.text
    letters = [each.letter for each in (await seen(acme, filed)).notices]
    assert letters.count("merchant_answered") == 1


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({}, {"answering-kind"}),
        ({"answering.kind": "dispute"}, {"answering-text"}),
        ({"answering.kind": "refund"}, {"answering-sum", "answering-day", "answering-back"}),
        ({**OFFER, "answering.sum": "很多"}, {"answering-sum"}),
        ({**OFFER, "answering.day": "2020-01-01"}, {"answering-day"}),
        ({**OFFER, "answering.kind": "robbery"}, {"answering-kind"}),
    ],
)
async def test_what_is_missing_is_told_beside_its_field_and_nothing_is_recorded(
    shop: Visitor, link: Handed, typed: dict[str, str], fields: set[str]
):
    await come_in(shop, link)
    before = (await seen(link.acme, link.filed)).case.version

    page = await check(shop, link, {"answering.text": "", **typed})

    assert page.status_code == 422
    assert {f'id="{field}-fault"' in page.text for field in fields} == {True}
    assert (await seen(link.acme, link.filed)).case.version == before
    if "answering.sum" in typed:
        assert typed["answering.sum"] in page.text


async def test_what_was_written_can_be_changed_before_it_is_sent(shop: Visitor, link: Handed):
    await come_in(shop, link)
    await check(shop, link, OFFER)
    assert shop.last
    form = form_at(shop.last, link.at("answer"))

    page = await shop.client.post(link.at("answer/check"), data={**form, "then": "edit"})

    assert page.status_code == 200
    assert "愿意补偿600元。" in page.text
    assert re.search(r'value="partial" checked', page.text)


async def test_an_insult_is_hinted_at_once_and_blocks_nothing(
    shop: Visitor, link: Handed, acme: Organisation, filed: Filed
):
    rude = {**REFUSAL, "answering.text": "你就是骗子，桌板没有问题。"}
    await come_in(shop, link)
    first = await check(shop, link, rude)
    form = form_at(first, link.at("answer"))
    await shop.client.post(link.at("answer/check"), data={**form, "then": "edit"})

    again = await shop.client.post(link.at("answer/check"), data=form)
    sent = await shop.client.post(link.at("answer"), data=form)

    assert 'id="hint"' in first.text
    assert 'id="hint"' not in again.text
    assert sent.status_code == 303
    assert (await seen(acme, filed)).case.filing


async def test_after_the_answer_the_page_is_read_only_and_a_further_one_mends_it(
    shop: Visitor, link: Handed, acme: Organisation, filed: Filed
):
    await come_in(shop, link)
    await answer(shop, link, REFUSAL)

    page = await shop.get(link.at("answer"))
    more = await shop.get(link.at("answer?more=yes"))
    receipt = await answer(shop, link, OFFER)

    assert "answering.kind" not in page.text
    assert "answering.kind" in more.text
    assert (await seen(acme, filed)).case.offer
    assert "桌板出厂时检验合格。" in receipt.text
    assert "愿意补偿600元。" in receipt.text
