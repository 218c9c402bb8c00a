"""The consumer's own page: the sentence, the date, the act; and who does not get in."""

from typing import Any
from uuid import uuid4

import pytest
from litestar.types import ASGIApp

from services.cases import ledger, queries
from services.cases.views import CaseView
from services.lifecycle import commands as c
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Ball, Door, FilingState, Outcome, Reason, Stage
from services.tenants.organisations import Organisation
from tests.web.cast import (
    DIGITS,
    SOON,
    TODAY,
    Filed,
    at_merchant,
    file,
    give,
    leo_of,
    offered,
    open_acme,
)
from tests.web.faults import doubled_ids, told_at_the_top
from tests.web.visitor import Visitor, forms_of, visiting


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await open_acme()


@pytest.fixture
async def filed(visitor: Visitor, acme: Organisation) -> Filed:
    """Dara has filed and sits before her receipt."""
    return await file(visitor, acme)


async def seen(acme: Organisation, filed: Filed) -> CaseView:
    return await queries.case(leo_of(acme), filed.number)


def status(filed: Filed) -> str:
    return f"/s/{filed.number}/status"


async def test_the_address_loses_the_secret_at_once(filed: Filed, app: ASGIApp, acme: Organisation):
    token = filed.link.rsplit("/", 1)[1]

    async with visiting(app) as phone:
        answer = await phone.get(f"/s/{token}")

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/s/{filed.number}/check"
    assert token not in answer.headers["location"] + answer.text
    assert token not in answer.headers["set-cookie"]


async def test_opening_a_link_changes_nothing(filed: Filed, app: ASGIApp, acme: Organisation):
    token = filed.link.rsplit("/", 1)[1]
    before = (await seen(acme, filed)).case.version

    async with visiting(app) as preview:
        for _ in range(5):
            assert (await preview.get(f"/s/{token}")).status_code == 303

    assert (await seen(acme, filed)).case.version == before


async def test_wrong_digits_show_nothing_and_are_counted(filed: Filed, app: ASGIApp):
    async with visiting(app) as finder:
        await finder.get(f"/s/{filed.link.rsplit('/', 1)[1]}")
        await finder.follow()
        answers = [
            await finder.send(f"/s/{filed.number}/check", digits=f"000{n}") for n in range(5)
        ]
        answers.append(
            await finder.client.post(f"/s/{filed.number}/check", data=again(answers[-1]))
        )

    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert "学习桌" not in "".join(answer.text for answer in answers)


def again(page: Any) -> dict[str, Any]:
    return {**forms_of(page.text)[0].fields, "digits": DIGITS}


async def test_wrong_expired_and_foreign_links_are_one_and_the_same_page(app: ASGIApp):
    async with visiting(app) as stranger:
        answers = [
            await stranger.get(f"/s/{token}")
            for token in ("0" * 26, "ZZZZ", "x" * 300, "2026-1147/check")
        ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({answer.text for answer in answers}) == 1


async def test_without_a_grant_every_page_behind_the_link_stays_shut(filed: Filed, app: ASGIApp):
    async with visiting(app) as stranger:
        for noun in ("status", "deadlines", "withdrawal", "agreement"):
            answer = await stranger.get(f"/s/{filed.number}/{noun}")
            assert answer.status_code == 401
            assert "学习桌" not in answer.text


async def test_a_fresh_case_says_who_looks_and_until_when(visitor: Visitor, filed: Filed):
    page = await visitor.get(status(filed))

    assert "<h1>已收到，我们正在看</h1>" in page.text
    assert "已提交 · 等本会" in page.text
    assert "剩3个工作日" in page.text
    assert "clock--calm" in page.text
    assert doubled_ids(page) == set()


async def test_staff_stay_nameless_and_notes_inside(
    visitor: Visitor, filed: Filed, acme: Organisation
):
    await give(acme, filed, c.Note(text=Words(text="这位消费者常来")))
    await give(acme, filed, c.TakeOn())

    page = await visitor.get(status(filed))

    assert "这位消费者常来" not in page.text
    assert "Leo" not in page.text
    assert "管理员" not in page.text


async def test_an_offer_is_answered_on_a_page_of_its_own_with_the_digits(
    visitor: Visitor, filed: Filed, acme: Organisation
):
    await offered(acme, filed)
    page = await visitor.get(status(filed))
    assert "<h1>商家提出了方案，请您答复</h1>" in page.text
    assert "¥600" in page.text
    assert "您要求¥1,286" in page.text

    await visitor.get(f"/s/{filed.number}/agreement")
    wrong = await visitor.send(f"/s/{filed.number}/agreement", digits="0000")
    assert wrong.status_code == 422
    assert told_at_the_top(wrong) == ["digits"]
    assert (await seen(acme, filed)).case.offer is not None
    done = await visitor.send(f"/s/{filed.number}/agreement", digits=DIGITS)

    assert done.status_code == 303
    case = (await seen(acme, filed)).case
    assert case.stage is Stage.SETTLED
    after = await visitor.follow()
    assert "<h1>您接受了方案，正在等商家履行</h1>" in after.text
    assert "谢谢，已记录。" in after.text


async def test_a_refusal_keeps_its_reason_and_the_case_goes_on(
    visitor: Visitor, filed: Filed, acme: Organisation
):
    await offered(acme, filed)
    await visitor.get(f"/s/{filed.number}/rejection")

    await visitor.send(f"/s/{filed.number}/rejection", text="差得太多，至少退900元")

    view = await seen(acme, filed)
    assert view.case.stage is Stage.AWAITING_MERCHANT
    assert view.events[-1].event.text.text == "差得太多，至少退900元"


async def test_a_filing_of_ones_own_needs_its_proof(
    visitor: Visitor, filed: Filed, acme: Organisation
):
    await at_merchant(acme, filed)
    await give(acme, filed, c.OpenDoor(door=Door.PLATFORM))
    page = await visitor.get(status(filed))
    assert "<h1>请您在1688提交投诉</h1>" in page.text
    assert "订单页面：" in page.text

    place = f"/s/{filed.number}/filing"
    await visitor.get(place)
    without = await visitor.send(place, on="11月24日")
    assert without.status_code == 422
    assert told_at_the_top(without) == ["proof-kind", "proof-reference"]
    assert forms_of(without.text)[0].fields["on"] == ["11月24日"]
    filing = (await seen(acme, filed)).case.filing
    assert filing.state is FilingState.OWED
    done = await visitor.send(
        place, **{"on": str(TODAY), "proof.kind": "their_number", "proof.reference": "PT-77"}
    )

    assert done.status_code == 303
    filing = (await seen(acme, filed)).case.filing
    assert filing.state is FilingState.SENT
    assert filing.proof.reference.text == "PT-77"


async def test_a_promise_is_confirmed_or_called_broken(
    visitor: Visitor, filed: Filed, acme: Organisation
):
    await at_merchant(acme, filed)
    promise = c.Promise(promisor=Ball.MERCHANT, what=Words(text="退款1286元"), due_on=SOON)
    await give(acme, filed, promise)

    await visitor.get(f"/s/{filed.number}/breach")
    await visitor.send(f"/s/{filed.number}/breach", text="一分钱没到")
    assert (await seen(acme, filed)).case.stage is Stage.AWAITING_MERCHANT
    await give(acme, filed, promise)
    place = f"/s/{filed.number}/fulfilment"
    await visitor.get(place)
    await visitor.send(place, **{"proof.kind": "screenshot", "proof.reference": "到账截图"})

    case = (await seen(acme, filed)).case
    assert (case.stage, case.outcome) == (Stage.CLOSED, Outcome.SOLVED)


async def test_withdrawing_and_coming_back(visitor: Visitor, filed: Filed, acme: Organisation):
    place = f"/s/{filed.number}/withdrawal"
    await visitor.get(place)
    await visitor.send(place, reason="changed_mind", digits=DIGITS)
    page = await visitor.follow()
    assert "<h1>您已撤回</h1>" in page.text

    await visitor.get(f"/s/{filed.number}/reopening")
    await visitor.send(f"/s/{filed.number}/reopening", text="商家又反悔了")

    assert (await seen(acme, filed)).case.stage is Stage.SUBMITTED


async def test_what_is_not_possible_now_keeps_what_was_typed(
    visitor: Visitor, filed: Filed, acme: Organisation
):
    await give(acme, filed, c.Ask(text=Words(text="请补充")))
    place = f"/s/{filed.number}/reply"
    await visitor.get(place)
    form = forms_of(visitor.last.text)[0].fields
    await give(acme, filed, c.Decline(reason=Reason.TOO_LATE, text=Words(text="超过时限")))

    late = await visitor.client.post(place, data={**form, "text": "照片在这里", "version": "0"})

    assert late.status_code == 409
    assert "照片在这里" in late.text


async def test_an_act_sent_twice_counts_once(visitor: Visitor, filed: Filed, acme: Organisation):
    await give(acme, filed, c.Ask(text=Words(text="请补充")))
    place = f"/s/{filed.number}/reply"
    await visitor.get(place)
    form = {**forms_of(visitor.last.text)[0].fields, "text": "照片在这里"}

    answers = [await visitor.client.post(place, data=form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    told = [each.kind for each in (await seen(acme, filed)).events]
    assert told.count("provided") == 1


async def test_a_new_link_ends_the_old_visit(visitor: Visitor, filed: Filed, acme: Organisation):
    await ledger.apply(leo_of(acme), filed.number, c.ReissueLink(), command_id=uuid4())

    await visitor.get(status(filed))
    answer = await visitor.follow()

    assert answer.status_code == 404
    assert "这个链接打不开" in answer.text


async def test_the_dates_are_counted_out_for_the_consumer(visitor: Visitor, filed: Filed):
    page = await visitor.get(f"/s/{filed.number}/deadlines")

    assert page.status_code == 200
    assert "第1天" in page.text or "第1个" in page.text or "逐日计算" in page.text


async def test_english_is_complete(visitor: Visitor, filed: Filed, acme: Organisation):
    await offered(acme, filed)

    page = await visitor.get(f"{status(filed)}?lang=en")

    assert "<h1>There is an offer of the merchant; please answer it</h1>" in page.text
    assert "请您答复" not in page.text
