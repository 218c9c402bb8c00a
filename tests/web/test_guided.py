"""A complaint screen by screen, without scripts: everything is kept, and it is filed once."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from litestar.types import ASGIApp

from services.cases import queries
from services.drafts import keeping
from services.lifecycle.kinds import DemandKind, Purpose, Role
from services.tenants import seats
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.web.cast import open_acme
from tests.web.faults import doubled_ids, is_whole_page, told_at_the_top
from tests.web.visitor import Visitor, forms_of, visiting
from tests.web.walking import (
    WALK,
    action_of,
    answer,
    draft_of,
    file_by_walking,
    part_of,
    walk,
)


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await open_acme()


async def case_of(acme: Organisation, number: str) -> Any:
    seat = seats.program(tenant=acme.tenant, slug="", token="t", role=Role.AUDITOR, person=None)
    return (await queries.case(seat, number)).case.complaint


async def count(database: Database, acme: Organisation, table: str) -> int:
    async with database.as_owner() as owner:
        found: int = await owner.fetchval(
            f"select count(*) from {table} where tenant_id = $1", acme.tenant
        )
    return found


async def test_a_complaint_is_filed_screen_by_screen(visitor: Visitor, acme: Organisation):
    filed = await file_by_walking(visitor, acme)

    complaint = await case_of(acme, filed.number)
    assert complaint.facts.text == WALK["story"]["facts"]
    assert f"{complaint.order.amount}" == "1286.00"
    assert f"{complaint.order.received_on}" == "2026-11-05"
    assert complaint.order.purpose is Purpose.OWN_USE
    assert [each.kind for each in complaint.demands] == [DemandKind.RETURN_REFUND]
    assert complaint.consumer.phone.text == "13800006021"


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_screen_is_whole_and_says_where_one_is(
    visitor: Visitor, acme: Organisation, language: str
):
    await visitor.get(f"/{acme.slug}?lang={language}")

    for part, step in zip(WALK, (1, 1, 2, 3, 4, 5, 5), strict=True):
        page = await walk(visitor, acme, to=part)
        assert is_whole_page(page)
        assert doubled_ids(page) == set()
        assert f'<progress value="{step}" max="5"' in page.text


async def test_what_was_bought_for_is_asked_on_wholesale_sites_only(
    visitor: Visitor, acme: Organisation
):
    on_1688 = await walk(visitor, acme, to="purpose")
    assert part_of(on_1688) == "purpose"

    await visitor.get(f"/{acme.slug}/complaints/new")
    elsewhere = await answer(visitor, {**WALK["problem"], "platform": "taobao"})

    assert part_of(elsewhere) == "deal"


async def test_faults_stand_beside_their_fields_and_everything_is_kept(
    visitor: Visitor, acme: Organisation
):
    page = await walk(visitor, acme, to="deal")
    wrong = {"order.amount": "很多", "order.paid_on": "2027-01-01", "merchant.shop": "木禾"}

    answered = await answer(visitor, wrong)

    assert answered.status_code == 422
    assert told_at_the_top(answered) == ["order-paid-on", "order-amount"]
    assert "<title>错误：" in answered.text
    again = await visitor.get(page.url.path)
    kept = forms_of(again.text)[0].fields
    assert {name: kept[name] for name in wrong} == {name: [v] for name, v in wrong.items()}


async def test_the_first_screen_keeps_nothing_before_it_is_right(
    visitor: Visitor, acme: Organisation, database: Database
):
    await visitor.get(f"/{acme.slug}/complaints/new")

    answered = await answer(visitor, {"whom": "merchant"})

    assert answered.status_code == 422
    assert told_at_the_top(answered) == ["platform", "problem"]
    assert await count(database, acme, "draft") == 0


async def test_what_belongs_elsewhere_is_sent_on_and_nothing_is_kept(
    visitor: Visitor, acme: Organisation, database: Database
):
    await visitor.get(f"/{acme.slug}/complaints/new")

    sent_on = await answer(visitor, {"whom": "elsewhere"})

    assert sent_on.url.path.endswith("/complaints/elsewhere")
    assert "12333" in sent_on.text
    assert await count(database, acme, "draft") == 0


async def test_saved_for_later_it_goes_on_elsewhere_where_it_stopped(
    visitor: Visitor, acme: Organisation, app: ASGIApp
):
    await walk(visitor, acme, to="story")
    half = {"facts": "签收当天发现", "then": "later"}

    saved = await answer(visitor, half)
    link = saved.text.split('<code class="secret" hx-ignore>')[1].split("</code>")[0]

    async with visiting(app) as at_home:
        path = urlsplit(link).path
        await at_home.get(path)
        resumed = await at_home.follow()
        assert part_of(resumed) == "wish"
        story = await at_home.get(f"{path}/story")
        assert forms_of(story.text)[0].fields["facts"] == ["签收当天发现"]


async def test_a_change_from_the_check_leads_back_to_it(visitor: Visitor, acme: Organisation):
    check = await walk(visitor, acme, to="check")
    base = check.url.path.removesuffix("/check")

    await visitor.get(f"{base}/story?back=check")
    back = await answer(visitor, {"facts": "改过的经过，写得更清楚。"})

    assert part_of(back) == "check"
    assert "改过的经过，写得更清楚。" in back.text


@pytest.mark.parametrize(
    ("code", "is_doubted"),
    [("91330106MA2XYZ123K", True), ("91110000802100433B", False), ("", False)],
)
async def test_a_misread_code_of_a_licence_is_hinted_at_and_stops_nobody(
    visitor: Visitor, acme: Organisation, code: str, is_doubted: bool
):
    check = await walk(visitor, acme, to="check", deal={"merchant.credit_code": code})

    assert ("18位统一社会信用代码" in check.text) is is_doubted
    assert (await answer(visitor, {})).url.path.endswith("/receipt")


async def test_a_change_that_raises_a_question_asks_it_first(visitor: Visitor, acme: Organisation):
    on_taobao = {"problem": {"platform": "taobao"}}
    check = await walk(visitor, acme, to="check", **on_taobao)

    await visitor.get(f"{check.url.path.removesuffix('/check')}/problem?back=check")
    asked = await answer(visitor, WALK["problem"])
    back = await answer(visitor, {"order.purpose": "own_use"})

    assert (part_of(asked), part_of(back)) == ("purpose", "check")


async def test_sent_twice_it_is_one_case_and_the_draft_is_gone(
    visitor: Visitor, acme: Organisation, database: Database
):
    check = await walk(visitor, acme, to="check")
    fields = forms_of(check.text)[0].fields

    first = await visitor.client.post(check.url.path, data=fields)
    second = await visitor.client.post(check.url.path, data=fields)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    assert await count(database, acme, "case_file") == 1
    assert await count(database, acme, "draft") == 0


async def test_whoever_goes_back_after_filing_is_told_the_number_and_nothing_else(
    visitor: Visitor, acme: Organisation, app: ASGIApp
):
    check = await walk(visitor, acme, to="check")
    await answer(visitor, {})
    number = visitor.last.url.path.split("/")[-2] if visitor.last else ""

    async with visiting(app) as stranger:
        page = await stranger.get(check.url.path)

    assert number in page.text
    assert "木禾" not in page.text
    assert "code class" not in page.text


async def test_what_is_still_wrong_is_told_at_the_check_and_nothing_is_filed(
    visitor: Visitor, acme: Organisation, database: Database
):
    page = await walk(visitor, acme, to="contact")
    base = page.url.path.removesuffix("/contact")
    await visitor.get(f"{base}/check")

    answered = await answer(visitor, {})

    assert answered.status_code == 422
    places = re.findall(r'<li><a href="[^"]*/drafts/\w+/([^"]+)">', answered.text)
    assert places == [
        f"contact?back=check#{field}" for field in ("consumer-name", "consumer-phone", "consents")
    ]
    assert await count(database, acme, "case_file") == 0


async def test_it_can_be_erased_at_once(visitor: Visitor, acme: Organisation, database: Database):
    await walk(visitor, acme, to="story")
    saved = await answer(visitor, {"facts": "不想投诉了。", "then": "later"})

    erased = await visitor.send(f"{saved.url.path.removesuffix('/saved')}/erasure")

    assert erased.status_code == 200
    assert await count(database, acme, "draft") == 0
    assert (await visitor.get(saved.url.path)).status_code == 404


async def test_a_draft_that_never_was_and_one_of_another_house_are_the_same_nothing(
    visitor: Visitor, acme: Organisation
):
    borealis = await open_acme()
    seat = seats.public(tenant=borealis.tenant, slug=borealis.slug)
    foreign = await keeping.begin(seat, {"facts": ["不是您的"]})

    answers = [
        await visitor.get(f"/{acme.slug}/drafts/{token}/{part}")
        for token in (foreign.token, "7" * 26, "x")
        for part in ("story", "check", "saved")
    ]

    assert {each.status_code for each in answers} == {404}
    assert all("不是您的" not in each.text for each in answers)


async def test_text_that_cannot_be_read_is_not_kept_and_not_lost(
    visitor: Visitor, acme: Organisation
):
    page = await walk(visitor, acme, to="story")
    fields = {**forms_of(page.text)[0].fields, "facts": "声音\x00断了", "then": "later"}

    answered = await visitor.client.post(action_of(page), data=fields)

    assert answered.status_code == 422
    assert told_at_the_top(answered) == ["facts"]
    again = await visitor.get(page.url.path)
    assert draft_of(again) == draft_of(page)
    assert forms_of(again.text)[0].fields["facts"] == [""]


async def test_a_story_comes_again_with_its_tone_and_what_is_taken_is_kept(
    visitor: Visitor, acme: Organisation
):
    story = await walk(visitor, acme, to="story")
    harsh = "11月5日签收，当天发现桌板开裂。这家店是骗子。"

    checked = await answer(visitor, {"facts": harsh, "tone": "check"})
    [take] = re.findall(r'name="tone" value="(take\.[^"]+)"', checked.text)
    taken = await answer(visitor, {"facts": harsh, "tone": take})
    again = await visitor.get(story.url.path)

    assert (checked.status_code, part_of(checked)) == (200, "story")
    assert "<mark>骗子</mark>" in checked.text
    for page in (taken, again):
        assert forms_of(page.text)[0].fields["facts"] == [harsh.replace("骗子", "该经营者")]
