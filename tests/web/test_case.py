"""The case at the desk: where it stands, what now, by when, whose turn, what if nobody acts."""

import html
import re
from collections.abc import AsyncIterator

import pytest
from litestar.types import ASGIApp

from infra.database import tenant_tx
from services.lifecycle import commands as c
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Ball, Door, Reason, Role, Verdict
from services.lifecycle.permissions import PERMITTED
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.web.cast import TODAY, Filed, at_merchant, file, give, leo_of, offered, open_acme
from tests.web.faults import doubled_ids
from tests.web.visitor import Visitor, forms_of, sign_in, visiting


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


TO_READ = {"evidence", "deadlines", "dossier", "contacts"}


def place(acme: Organisation, filed: Filed) -> str:
    return f"/{acme.slug}/desk/cases/{filed.number}"


def part(text: str, heading: str) -> str:
    return text.split(f'id="{heading}"')[1].split("</section>", maxsplit=1)[0]


async def test_the_four_questions_are_answered_on_the_first_screen(
    leo: Visitor, acme: Organisation, filed: Filed
):
    page = await leo.get(place(acme, filed))

    panel = part(page.text, "h-next")
    assert "请先看案件" in panel
    assert "剩3个工作日" in page.text
    assert "没人处理会怎样" in panel
    assert "已提交 · 轮到我们" in page.text
    assert "逐步推演" in panel
    assert doubled_ids(page) == set()


async def test_what_happens_if_nobody_acts_is_played_by_the_law(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await at_merchant(acme, filed)

    page = await leo.get(place(acme, filed))

    ahead = part(page.text, "h-next").split('class="ahead"')[1]
    assert "转到平台" in ahead
    assert "平台介入" in ahead


async def test_the_staircase_shows_what_was_filed_and_which_door_is_shut(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await at_merchant(acme, filed)
    await give(acme, filed, c.OpenDoor(door=Door.PLATFORM))
    await give(acme, filed, c.AcceptMediation(confirmed=True))

    page = await leo.get(place(acme, filed))

    steps = part(page.text, "h-stairs").split('<li class="stair ')[1:]
    looks = [re.search(r"stair--(\w+)", step)[1] for step in steps]  # type: ignore[index]
    assert looks == ["done", "done", "now", "off", "next"]
    assert "诉求书已发出" in steps[0]
    assert "未使用" in steps[1]
    assert "已受理" in steps[2]
    assert "本会已受理调解" in steps[3]


async def test_a_filing_stands_with_its_number_its_proof_and_the_date_on_their_page(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await at_merchant(acme, filed)
    await give(acme, filed, c.ReadTheirDate(door=Door.MERCHANT, due_on=TODAY))

    filings = part((await leo.get(place(acme, filed))).text, "h-filings")

    assert "WQ-1" in filings
    assert "对方给的编号" in filings
    assert "从对方页面读到的日期" in filings


async def test_demand_and_offer_stand_side_by_side_and_old_offers_stay(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await offered(acme, filed)
    number = 6
    page = await leo.get(place(acme, filed))
    assert "¥686" in part(page.text, "h-gap")
    offer = int(re.search(r'name="offer" value="(\d+)"', page.text)[1])  # type: ignore[index]
    assert offer <= number
    await give(acme, filed, c.RefuseOffer(offer=offer, text=Words(text="太少")))
    again = c.MakeOffer(party=Ball.MERCHANT, terms=Words(text="退900元"), fulfil_by=TODAY)
    await give(acme, filed, again)

    gap = part((await leo.get(place(acme, filed))).text, "h-gap")

    assert "退900元" in gap
    assert "部分退款600元" in gap
    assert "未接受" in gap


async def test_an_automatic_step_says_why(leo: Visitor, acme: Organisation, filed: Filed):
    await give(acme, filed, c.Pause(holder=Ball.CONSUMER, reason=Reason.APPRAISAL, until=TODAY))
    page = await leo.get(place(acme, filed))

    assert "暂停到期" in part(page.text, "h-due")


async def test_a_phone_number_is_shown_on_asking_and_that_is_put_on_record(
    leo: Visitor, acme: Organisation, filed: Filed
):
    page = await leo.get(place(acme, filed))
    assert "13800006021" not in page.text
    assert "138••••6021" in page.text
    before = await reads(acme)

    shown = await leo.send(f"{place(acme, filed)}/contacts")

    assert "13800006021" in shown.text
    assert await reads(acme) > before


async def reads(acme: Organisation) -> int:
    async with tenant_tx(leo_of(acme)) as tx:
        found: int = await tx.fetchval(
            "select count(*) from audit_entry where body->>'shown' = 'contacts'"
        )
    return found


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.CASEWORKER, Role.MANAGER, Role.AUDITOR])
async def test_every_act_of_the_role_has_its_form_and_no_other(
    app: ASGIApp, acme: Organisation, filed: Filed, database: Database, role: Role
):
    await at_merchant(acme, filed)
    async with visiting(app) as somebody:
        member = await sign_in(somebody, acme, database, role)
        if role is Role.VOLUNTEER:
            await give(acme, filed, c.Assign(to=member.id))
        page = await somebody.get(place(acme, filed))

    base = f"{place(acme, filed)}/"
    offered_acts = set(re.findall(rf'(?:action|href)="{base}([a-z-]+)"', page.text)) - TO_READ
    assert ("note" in offered_acts) is (c.Note in PERMITTED[role])
    assert ("playbook" in offered_acts) is (c.MovePlaybook in PERMITTED[role])
    assert ("closure" in offered_acts) is (c.Close in PERMITTED[role])
    assert bool(offered_acts) is (role is not Role.AUDITOR)
    if role is Role.AUDITOR:
        assert "达拉" not in page.text


async def test_each_form_carries_its_own_name_its_version_and_the_token(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await leo.get(place(acme, filed))

    base = place(acme, filed)
    forms = [form for form in forms_of(leo.last.text) if form.action.startswith(base)]
    names = [form.fields["command_id"][0] for form in forms]
    assert len(forms) >= 3
    assert all(form.fields["csrf"] for form in forms)
    assert {v for form in forms for v in form.fields.get("version", [])} == {"1"}
    assert len(set(names)) == len({form.action for form in forms})


async def test_a_note_stays_inside_and_is_marked_so(
    leo: Visitor, visitor: Visitor, acme: Organisation, filed: Filed
):
    await leo.get(place(acme, filed))
    await leo.send(f"{place(acme, filed)}/note", text="消费者不便接电话")
    page = await leo.follow()

    assert "仅协会内部可见" in part(page.text, "h-tl")
    assert "消费者不便接电话" in page.text
    assert "消费者不便接电话" not in (await visitor.get(f"/s/{filed.number}/status")).text


async def test_the_dates_are_counted_day_by_day(leo: Visitor, acme: Organisation, filed: Filed):
    page = await leo.get(f"{place(acme, filed)}/deadlines")

    assert "起算" in page.text
    assert "逐日计算" in page.text
    assert "sum-counts" in page.text


async def test_a_letter_stands_under_what_caused_it_with_its_state(
    leo: Visitor, acme: Organisation, filed: Filed
):
    story = part((await leo.get(place(acme, filed))).text, "h-tl")

    assert "给消费者的信：收到投诉的回执 · 待发出" in story


async def test_hostile_markup_of_a_consumer_stays_text_at_the_desk(
    leo: Visitor, visitor: Visitor, acme: Organisation
):
    hostile = '<script>alert(1)</script>"><b hx-get="/x">'
    bad = await file(visitor, acme, facts=hostile, **{"merchant.shop": hostile})

    for path in (place(acme, bad), f"/{acme.slug}/desk/queue"):
        page = await leo.get(path)
        assert "<script>alert" not in page.text
        assert '<b hx-get="/x">' not in page.text
        assert html.escape("<script>alert(1)</script>") in page.text
        before = page.text.split(html.escape("<script>alert(1)"))[0]
        assert "hx-ignore" in before


async def test_a_foreign_case_and_a_random_one_look_alike(
    app: ASGIApp, acme: Organisation, filed: Filed, database: Database
):
    borealis = await open_acme()
    async with visiting(app) as cleo:
        await sign_in(cleo, borealis, database, Role.MANAGER)
        base = f"/{borealis.slug}/desk/cases"
        foreign = await cleo.get(place(acme, filed))
        there = await cleo.get(f"{base}/2026-777")
        malformed = await cleo.get(f"{base}/%F0%9F%92%A9")

    assert [a.status_code for a in (foreign, there, malformed)] == [404, 404, 404]
    assert "桌板" not in foreign.text


async def test_an_answer_that_came_leads_to_the_decision(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await at_merchant(acme, filed)
    refusal = c.RecordAnswer(
        door=Door.MERCHANT, verdict=Verdict.REFUSED, on=TODAY, text=Words(text="不退")
    )
    await give(acme, filed, refusal)

    page = await leo.get(place(acme, filed))

    assert "商家已有结果：请决定下一步" in page.text
    assert "转到另一级" in part(page.text, "h-next")
