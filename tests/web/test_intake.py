"""Filing on one page, without scripts: what is typed counts once, and nothing typed is lost."""

import html
from typing import Any
from urllib.parse import urlencode

import pytest
from litestar.types import ASGIApp

from infra.postgres import Server
from services.cases import queries
from services.lifecycle.kinds import Platform, Role, Stage
from services.tenants import seats
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.web.cast import DARA, DIGITS, file, open_acme
from tests.web.faults import doubled_ids, is_whole_page, no_database, told_at_the_top
from tests.web.visitor import Visitor, forms_of, visiting

FACTS = str(DARA["facts"])
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} \" hx-get=/x '"


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await open_acme()


@pytest.fixture
async def dara(visitor: Visitor, acme: Organisation) -> Visitor:
    """On the empty form."""
    await visitor.get(place(acme))
    return visitor


def place(acme: Organisation) -> str:
    return f"/{acme.slug}/complaints/one-page"


async def filed_with(acme: Organisation, number: str) -> Any:
    seat = seats.program(tenant=acme.tenant, slug="", token="t", role=Role.AUDITOR, person=None)
    return await queries.case(seat, number)


async def test_a_complaint_is_filed_and_its_link_leads_back_to_it(
    visitor: Visitor, acme: Organisation, app: ASGIApp
):
    filed = await file(visitor, acme)

    receipt = visitor.last
    assert filed.number in receipt.text
    assert "剩" in receipt.text or "个工作日" in receipt.text or "月" in receipt.text
    assert 'class="stairs ' in receipt.text
    assert filed.link not in f"{receipt.url}"
    async with visiting(app) as elsewhere:
        token = filed.link.rsplit("/", 1)[1]
        await elsewhere.get(f"/s/{token}")
        asked = await elsewhere.follow()
        assert FACTS.splitlines()[0] not in asked.text
        await elsewhere.send(f"/s/{filed.number}/check", digits=DIGITS)
        status = await elsewhere.follow()
        assert status.status_code == 200
        assert FACTS.splitlines()[0] in status.text


async def test_what_people_in_china_type_is_understood(visitor: Visitor, acme: Organisation):
    filed = await file(visitor, acme, **{"consumer.phone": "＋86 138-0000-6021"})

    complaint = (await filed_with(acme, filed.number)).case.complaint
    assert f"{complaint.order.amount}" == "1286.00"
    assert f"{complaint.order.received_on}" == "2026-11-05"
    assert complaint.consumer.phone.text == "13800006021"
    assert complaint.consumer.name.text == "达拉·阿卜杜热依木"
    assert complaint.platform is Platform.ALIBABA_1688
    assert complaint.facts.text == FACTS


async def test_the_receipt_can_be_loaded_again(visitor: Visitor, acme: Organisation):
    filed = await file(visitor, acme)

    again = await visitor.get(f"/{acme.slug}/complaints/{filed.number}/receipt")

    assert again.status_code == 200
    assert filed.link in again.text


async def test_a_form_sent_twice_is_one_complaint(visitor: Visitor, acme: Organisation):
    await visitor.get(place(acme))
    form = forms_of(visitor.last.text)[0]
    data = {**form.fields, **DARA}

    first = await visitor.client.post(place(acme), data=data)
    second = await visitor.client.post(place(acme), data=data)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]


async def test_the_same_form_with_other_words_is_a_conflict_that_keeps_them(
    visitor: Visitor, acme: Organisation
):
    await visitor.get(place(acme))
    fields = forms_of(visitor.last.text)[0].fields
    first = await visitor.client.post(place(acme), data={**fields, **DARA})
    number = first.headers["location"].split("/")[-2]

    other = await visitor.client.post(
        place(acme), data={**fields, **DARA, "facts": "另一件事：杯子也碎了。"}
    )

    assert other.status_code == 409
    assert is_whole_page(other)
    assert number in other.text
    kept = forms_of(other.text)[0].fields
    assert kept["facts"] == ["另一件事：杯子也碎了。"]
    assert kept["command_id"] != fields["command_id"]


async def test_an_empty_form_says_everything_that_is_missing(dara: Visitor, acme: Organisation):
    answer = await dara.send(place(acme))

    assert answer.status_code == 422
    assert "<title>错误：" in answer.text
    assert told_at_the_top(answer) == [
        *("platform", "problem", "facts", "consumer-name", "consumer-phone", "consents"),
    ]
    assert doubled_ids(answer) == set()


async def test_everything_typed_is_still_there_after_a_fault(dara: Visitor, acme: Organisation):
    typed = {**DARA, "consumer.phone": "一三八", "order.paid_on": "前几天", "order.amount": "很多"}

    answer = await dara.send(place(acme), **typed)

    assert answer.status_code == 422
    kept = forms_of(answer.text)[0].fields
    for name, value in typed.items():
        if name in ("platform", "problem", "order.purpose", "demand.1.kind", "consents"):
            continue
        assert kept[name] == [value], name
    assert kept["problem"] == ["quality"]
    assert kept["consents"] == list(DARA["consents"])
    assert '<option value="1688" selected>' in answer.text
    assert told_at_the_top(answer) == ["order-paid-on", "order-amount", "consumer-phone"]


@pytest.mark.parametrize(
    ("field", "typed", "target"),
    [
        ("facts", "长" * 4001, "facts"),
        ("facts", "声音\x00断了", "facts"),
        ("order.paid_on", "2027-01-01", "order-paid-on"),
        ("order.paid_on", "2025-02-29", "order-paid-on"),
        ("order.amount", "1e309", "order-amount"),
        ("order.amount", "-5", "order-amount"),
        ("platform", "amazon", "platform"),
        ("problem", "quality,", "problem"),
        ("consumer.email", "dara@@example", "consumer-email"),
        ("tried.merchant", "明天", "tried-merchant"),
        ("consents", ["mandate"], "consents"),
    ],
)
async def test_a_wrong_field_is_named_and_nothing_is_filed(
    dara: Visitor, acme: Organisation, field: str, typed: Any, target: str
):
    answer = await dara.send(place(acme), **{**DARA, field: typed})

    assert answer.status_code == 422
    assert target in told_at_the_top(answer)
    assert is_whole_page(answer)
    filed = await file(dara, acme)
    assert filed.number.endswith("-1")


async def test_gbk_without_a_word_is_shown_again_and_never_stored(
    dara: Visitor, acme: Organisation
):
    answer = await posted_as(dara, acme, "gbk", declared=False)

    assert answer.status_code == 422
    assert FACTS.splitlines()[0] in html.unescape(answer.text)
    assert "facts" in told_at_the_top(answer)


async def test_declared_gb18030_is_read_right(dara: Visitor, acme: Organisation):
    answer = await posted_as(dara, acme, "gb18030", declared=True)

    assert answer.status_code == 303
    number = answer.headers["location"].split("/")[-2]
    assert (await filed_with(acme, number)).case.complaint.facts.text == FACTS


async def posted_as(dara: Visitor, acme: Organisation, charset: str, *, declared: bool) -> Any:
    fields = {**forms_of(dara.last.text)[0].fields, **DARA}
    body = urlencode(fields, doseq=True, encoding=charset)
    kind = "application/x-www-form-urlencoded" + (f"; charset={charset}" if declared else "")
    headers = {"content-type": kind}
    return await dara.client.post(place(acme), content=body.encode(), headers=headers)


async def test_hostile_markup_stays_text(visitor: Visitor, acme: Organisation):
    filed = await file(visitor, acme, facts=HOSTILE, **{"merchant.shop": HOSTILE})

    status = await visitor.get(f"/s/{filed.number}/status")

    assert "<script>alert" not in status.text
    assert "<img src=x" not in status.text
    assert " 49 " not in status.text
    assert html.escape("<script>alert(1)</script>") in status.text


async def test_without_the_database_the_words_are_kept_and_can_be_sent_again(
    dara: Visitor, acme: Organisation, postgres_server: Server, database: Database
):
    async with no_database(postgres_server, database):
        answer = await dara.send(place(acme), **DARA)

    assert answer.status_code == 503
    assert is_whole_page(answer)
    again = next(form for form in forms_of(answer.text) if "facts" in form.fields)
    assert again.fields["facts"] == [FACTS]
    saved = await dara.client.post(again.action, data=again.fields)
    assert saved.status_code == 303


async def test_on_a_demonstration_one_can_choose_the_ladder_of_minutes(visitor: Visitor):
    acme = await open_acme(demo=True)

    filed = await file(visitor, acme, demo="yes")

    view = await filed_with(acme, filed.number)
    assert view.case.playbook.id == "demo"
    assert view.case.stage is Stage.SUBMITTED


async def test_without_the_mandate_it_is_filed_all_the_same(visitor: Visitor, acme: Organisation):
    filed = await file(visitor, acme, consents=["privacy"])

    assert not (await filed_with(acme, filed.number)).case.may_forward


async def test_nobody_else_reads_the_receipt(visitor: Visitor, acme: Organisation, app: ASGIApp):
    filed = await file(visitor, acme)
    receipt = f"/{acme.slug}/complaints/{filed.number}/receipt"

    async with visiting(app) as stranger:
        answer = await stranger.get(receipt)
        unknown = await stranger.get(receipt.replace(filed.number, "2026-9999"))

    assert answer.status_code == unknown.status_code == 401
    assert filed.link not in answer.text


async def test_the_front_door_and_the_look_up_tell_nothing_of_cases(
    visitor: Visitor, acme: Organisation, app: ASGIApp
):
    filed = await file(visitor, acme)

    async with visiting(app) as stranger:
        known = await stranger.get(f"/{acme.slug}/lookup?no={filed.number}")
        unknown = await stranger.get(f"/{acme.slug}/lookup?no=2026-9999")
    mine = await visitor.get(f"/{acme.slug}/lookup?no=青消诉{filed.number}")

    assert known.text.replace(filed.number, "") == unknown.text.replace("2026-9999", "")
    assert mine.headers["location"] == f"/s/{filed.number}/status"


async def test_the_picture_to_print_holds_the_number_and_no_secret(
    visitor: Visitor, acme: Organisation
):
    picture = await visitor.get(f"/{acme.slug}/lookup/qr?no=2026-7")
    nonsense = await visitor.get(f"/{acme.slug}/lookup/qr?no=zzz")

    assert picture.headers["content-type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert nonsense.status_code == 404


async def test_the_first_page_leads_to_every_association(visitor: Visitor, acme: Organisation):
    page = await visitor.get("/")

    assert page.status_code == 200
    assert f'href="/{acme.slug}"' in page.text


async def test_there_is_no_page_of_an_organisation_that_is_none(visitor: Visitor):
    for path in ("/nobody-here", "/nobody-here/complaints/one-page", "/nobody-here/lookup"):
        assert (await visitor.get(path)).status_code == 404
