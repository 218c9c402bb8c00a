"""What the screens say of the law: whose purchase it was, what can be asked, what is open."""

import re
from datetime import timedelta
from typing import Any

import pytest

from services.lifecycle.kinds import DemandKind
from services.lifecycle.refusals import Why
from services.tenants.organisations import Organisation
from services.wording.say import say
from tests.web.cast import TODAY, open_acme
from tests.web.faults import told_at_the_top
from tests.web.visitor import Visitor, forms_of
from tests.web.walking import answer, part_of, walk

OFFERED = re.compile(r'name="demand.kind" value="(\w+)"')
RESALE = {"purpose": {"order.purpose": "resale"}}


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await open_acme()


def received(days_ago: int) -> Any:
    return {"deal": {"order.received_on": f"{TODAY - timedelta(days=days_ago)}"}}


async def test_the_usual_demands_stand_first_with_the_sum_that_was_paid(
    visitor: Visitor, acme: Organisation
):
    page = await walk(visitor, acme, to="wish")

    offered = OFFERED.findall(page.text)
    assert offered[:3] == ["return_refund", "exchange", "repair"]
    assert len(offered) == len(set(offered)) == len(DemandKind)
    fields = forms_of(page.text)[0].fields
    assert fields["demand.return_refund.amount"] == ["1286.00"]
    assert fields["demand.price_reduction.amount"] == [""]


async def test_the_multiple_is_reckoned_and_explained(visitor: Visitor, acme: Organisation):
    problem = {"problem": {"problem": "counterfeit"}}

    page = await walk(visitor, acme, to="wish", **problem)

    assert "×3＝" in page.text
    assert "《消费者权益保护法》第55条" in page.text
    assert forms_of(page.text)[0].fields["demand.fraud_triple.amount"] == ["5144.00"]


async def test_a_small_price_is_raised_to_what_the_law_adds_at_least(
    visitor: Visitor, acme: Organisation
):
    cheap = {"problem": {"problem": "safety"}, "deal": {"order.amount": "38"}}

    page = await walk(visitor, acme, to="wish", **cheap)

    fields = forms_of(page.text)[0].fields
    assert fields["demand.food_tenfold.amount"] == ["1000"]
    assert fields["demand.fraud_triple.amount"] == ["538.00"]
    assert "不足500元" in page.text


async def test_who_bought_to_sell_is_told_what_stays_open_and_offered_nothing_of_consumers(
    visitor: Visitor, acme: Organisation
):
    deal = await walk(visitor, acme, to="deal", **RESALE)
    wish = await walk(visitor, acme, to="wish", **RESALE)

    assert "按合同要求赔偿" in deal.text
    assert {"fraud_triple", "food_tenfold"} & set(OFFERED.findall(wish.text)) == set()
    assert say(DemandKind.FRAUD_TRIPLE) in wish.text
    rests = re.findall(r"依据：[^<]*", wish.text)
    assert rests
    assert not any("消费者权益保护法" in line for line in rests)


async def test_what_is_not_offered_is_refused_with_the_reason_all_the_same(
    visitor: Visitor, acme: Organisation
):
    await walk(visitor, acme, to="wish", **RESALE)

    answered = await answer(visitor, {"demand.kind": ["fraud_triple"]})

    assert answered.status_code == 422
    assert say(Why.DEMAND_CONSUMERS_ONLY) in answered.text


@pytest.mark.parametrize(
    ("asked", "field", "why"),
    [
        (
            {"demand.kind": ["return_refund", "exchange"]},
            "demand-kind",
            Why.DEMAND_ENDS_THE_DEAL,
        ),
        (
            {"demand.kind": ["return_refund"], "demand.return_refund.amount": "2000"},
            "demand-return-refund-amount",
            Why.DEMAND_ABOVE_PAID,
        ),
        (
            {"demand.kind": ["fraud_triple"], "demand.fraud_triple.amount": "50000"},
            "demand-fraud-triple-amount",
            Why.DEMAND_ABOVE_LAW,
        ),
    ],
)
async def test_what_cannot_be_demanded_is_told_beside_it(
    visitor: Visitor, acme: Organisation, asked: Any, field: str, why: Why
):
    await walk(visitor, acme, to="wish")

    answered = await answer(visitor, asked)

    assert answered.status_code == 422
    assert told_at_the_top(answered) == [field]
    assert say(why).replace('"', "&#34;") in answered.text


async def test_a_sum_beside_what_is_not_ticked_is_not_asked(visitor: Visitor, acme: Organisation):
    await walk(visitor, acme, to="wish")

    onwards = await answer(
        visitor, {"demand.kind": ["repair"], "demand.return_refund.amount": "999999"}
    )

    assert part_of(onwards) == "contact"


async def test_doors_are_told_with_rule_source_and_how_sure_it_is(
    visitor: Visitor, acme: Organisation
):
    story = await walk(visitor, acme, to="story", **received(3))

    assert "还剩4天" in story.text
    assert "消费者权益保护法第24条" in story.text
    assert "未经1688官方规则核实" in story.text
    assert "不确定" in story.text or "没把握" in story.text or "把握不大" in story.text


async def test_a_door_that_is_shut_stops_nobody(visitor: Visitor, acme: Organisation):
    story = await walk(visitor, acme, to="story", **received(300))

    assert "照样可以提交" in story.text
    assert part_of(await answer(visitor, {"facts": "去年的事，一直没有解决。"})) == "wish"


async def test_without_dates_no_door_is_claimed_open_or_shut(visitor: Visitor, acme: Organisation):
    bare = {"deal": {"order.received_on": "", "order.paid_on": ""}}

    story = await walk(visitor, acme, to="story", **bare)
    check = await walk(visitor, acme, to="check", **bare)

    assert "还剩" not in story.text
    assert "填上收货日期" in check.text


async def test_the_merchant_sees_nothing_without_the_consent_and_the_check_says_what_it_sees(
    visitor: Visitor, acme: Organisation
):
    shared = await walk(visitor, acme, to="check")
    alone = await walk(visitor, acme, to="check", contact={"consents": ["privacy"]})

    assert shared.text.count("商家能看到") >= 3
    assert "商家能看到" not in alone.text
