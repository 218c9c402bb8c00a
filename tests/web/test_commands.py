"""Every act of the staff as a form: done once, told when it cannot be, and no word is lost."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from litestar.types import ASGIApp

from infra.postgres import Server
from services.cases import queries
from services.cases.views import CaseView
from services.lifecycle import commands as c
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Ball, Door, Reason, Role
from services.lifecycle.permissions import POSSIBLE
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.web.cast import SOON, TODAY, Filed, at_merchant, file, give, leo_of, offered, open_acme
from tests.web.faults import doubled_ids, is_whole_page, no_database, told_at_the_top
from tests.web.visitor import Visitor, forms_of, sign_in, visiting
from web.acts import ACTS, BY_COMMAND

PROOF = {"proof.kind": "screenshot", "proof.reference": "截图三张"}
OFFER = {"party": "merchant", "terms": "退一半", "fulfil_by": str(SOON)}
WORDS = {"text": "已与双方核实"}
Before = Callable[[Organisation, Filed], Awaitable[None]]


async def fresh(acme: Organisation, filed: Filed) -> None:
    pass


async def owed(acme: Organisation, filed: Filed) -> None:
    await give(acme, filed, c.TakeOn())


async def at_platform(acme: Organisation, filed: Filed) -> None:
    await at_merchant(acme, filed)
    await give(acme, filed, c.OpenDoor(door=Door.PLATFORM))


async def in_mediation(acme: Organisation, filed: Filed) -> None:
    await at_platform(acme, filed)
    await give(acme, filed, c.AcceptMediation(confirmed=True))


async def promised(acme: Organisation, filed: Filed) -> None:
    await at_merchant(acme, filed)
    what = Words(text="退款")
    await give(acme, filed, c.Promise(promisor=Ball.MERCHANT, what=what, due_on=SOON))


async def asked(acme: Organisation, filed: Filed) -> None:
    await give(acme, filed, c.Ask(text=Words(text="外箱完好吗？")))


async def paused(acme: Organisation, filed: Filed) -> None:
    await give(acme, filed, c.Pause(holder=Ball.CONSUMER, reason=Reason.APPRAISAL))


async def reported(acme: Organisation, filed: Filed) -> None:
    await give(acme, filed, c.OpenReport(text=Words(text="涉嫌虚假宣传")))


async def closed(acme: Organisation, filed: Filed) -> None:
    await give(acme, filed, c.Decline(reason=Reason.TOO_LATE, text=Words(text="超过时限")))


STORIES: dict[str, tuple[Before, dict[str, Any], str]] = {
    "taking-on": (fresh, {}, "taken_on"),
    "declination": (fresh, {"reason": "too_late", **WORDS}, "declined"),
    "question": (fresh, WORDS, "asked"),
    "reply": (asked, WORDS, "provided"),
    "assignment": (fresh, {"to": "somebody"}, "assigned"),
    "filing": (owed, {**PROOF, "their_number": "A-7"}, "filing_recorded"),
    "receipt": (at_merchant, {"on": "今天"}, "receipt_recorded"),
    "their-date": (at_merchant, {"due_on": f"{SOON:%Y年%m月%d日}"}, "their_date_read"),
    "answer": (at_merchant, {"verdict": "refused", **WORDS}, "answer_recorded"),
    "offer": (at_merchant, {**OFFER, "amount": "¥６００"}, "offer_made"),
    "agreement": (offered, {}, "offer_accepted"),
    "rejection": (offered, WORDS, "offer_refused"),
    "promise": (
        at_merchant,
        {"promisor": "merchant", "what": "补发", "due_on": str(SOON)},
        "promised",
    ),
    "fulfilment": (promised, PROOF, "fulfilled"),
    "breach": (promised, {}, "promise_broken"),
    "escalation": (at_merchant, {"door": "platform"}, "door_opened"),
    "passing": (at_platform, {"reason": "not_useful"}, "door_passed"),
    "acceptance": (at_platform, {"confirmed": "yes"}, "mediation_accepted"),
    "mediation-end": (in_mediation, {"reason": "no_agreement", **WORDS}, "mediation_ended"),
    "legal-action": (at_merchant, {}, "went_to_law"),
    "report": (fresh, WORDS, "report_opened"),
    "report-filing": (reported, PROOF, "report_recorded"),
    "pause": (fresh, {"holder": "consumer", "reason": "appraisal"}, "paused"),
    "resumption": (paused, {}, "resumed"),
    "extension": (fresh, {"span": "2 working days"}, "deadline_extended"),
    "note": (fresh, WORDS, "noted"),
    "correction": (fresh, {"seq": "1", **WORDS}, "corrected"),
    "playbook": (fresh, {"to": "general@1"}, "playbook_moved"),
    "withdrawal": (fresh, {"reason": "changed_mind"}, "withdrawn"),
    "closure": (fresh, {"outcome": "not_solved", **WORDS}, "closed"),
    "reopening": (closed, WORDS, "reopened"),
    "claim": (fresh, {}, "taken"),
}


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    leo: Visitor
    acme: Organisation
    filed: Filed
    app: ASGIApp
    database: Database


@pytest.fixture
def desk(leo: Visitor, acme: Organisation, filed: Filed, app: ASGIApp, database: Database) -> Desk:
    return Desk(leo=leo, acme=acme, filed=filed, app=app, database=database)


def place(acme: Organisation, filed: Filed, noun: str = "") -> str:
    return f"/{acme.slug}/desk/cases/{filed.number}" + (f"/{noun}" if noun else "")


async def seen(acme: Organisation, filed: Filed) -> CaseView:
    return await queries.case(leo_of(acme), filed.number)


async def kinds(acme: Organisation, filed: Filed) -> list[str]:
    return [each.kind for each in (await seen(acme, filed)).events]


def test_every_command_of_a_person_has_an_act_and_a_story():
    by_hand = set(POSSIBLE) - {c.File, c.StrikeBell}

    assert set(BY_COMMAND) == by_hand
    assert {act.noun for act in ACTS} == {*STORIES, "link"}


@pytest.mark.parametrize("noun", STORIES)
async def test_each_act_is_done_with_its_form(
    leo: Visitor, acme: Organisation, filed: Filed, noun: str
):
    before, typed, event = STORIES[noun]
    await before(acme, filed)
    page = await leo.get(place(acme, filed, noun if noun != "claim" else ""))
    assert page.status_code == 200
    assert doubled_ids(page) == set()

    answer = await leo.send(place(acme, filed, noun), **chosen(page.text, typed))

    assert answer.status_code == 303, answer.text
    assert event in (await kinds(acme, filed))
    after = await leo.follow()
    assert "已办，已记录。" in after.text


def chosen(page: str, typed: dict[str, Any]) -> dict[str, Any]:
    """Somebody of those offered, and the day as people write it."""
    people = re.findall(r'<option value="([0-9a-f-]{36})"', page)
    if typed.get("to") == "somebody":
        typed = {**typed, "to": people[0]}
    if typed.get("on") == "今天":
        typed = {**typed, "on": f"{TODAY.month}月{TODAY.day}日"}
    if "span" in typed:
        typed = {**typed, "bell": re.findall(r'<option value="(case/[^"]+)"', page)[0]}
    return typed


async def test_a_new_link_is_shown_once_and_again_only_to_its_replay(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await leo.get(place(acme, filed, "link"))
    form = forms_of(leo.last.text)[-1].fields

    first = await leo.client.post(place(acme, filed, "link"), data=form)
    again = await leo.client.post(place(acme, filed, "link"), data=form)

    links = [re.search(r"/s/[0-9A-Z]{26}", answer.text)[0] for answer in (first, again)]  # type: ignore[index]
    assert first.status_code == 200
    assert links[0] == links[1]
    assert links[0] not in filed.link


CHOSEN = ("party", "to", "seq", "bell", "proof.kind")
"""What is chosen among what is offered cannot be shown again once it is not."""
NEEDS = {
    "declination": ["reason", "text"],
    "question": ["text"],
    "offer": ["party", "terms", "fulfil-by"],
    "filing": ["proof-kind", "proof-reference"],
    "closure": ["outcome", "text"],
    "note": ["text"],
}


@pytest.mark.parametrize("noun", NEEDS)
async def test_an_empty_form_says_what_is_missing_and_changes_nothing(
    leo: Visitor, acme: Organisation, filed: Filed, noun: str
):
    await STORIES[noun][0](acme, filed)
    await leo.get(place(acme, filed, noun))
    version = (await seen(acme, filed)).case.version

    answer = await leo.send(place(acme, filed, noun))

    assert answer.status_code == 422
    assert "<title>错误：" in answer.text
    assert told_at_the_top(answer) == NEEDS[noun]
    assert (await seen(acme, filed)).case.version == version


@pytest.mark.parametrize(
    ("noun", "typed", "flawed"),
    [
        ("offer", {**OFFER, "party": "court"}, []),
        ("offer", {**OFFER, "party": "moon"}, ["party"]),
        ("offer", {**OFFER, "fulfil_by": "改天"}, ["fulfil-by"]),
        ("offer", {**OFFER, "amount": "NaN"}, ["amount"]),
        ("filing", {**PROOF, "on": "2099-01-01"}, []),
        ("filing", {**PROOF, "proof.reference": "长" * 201}, ["proof-reference"]),
        ("assignment", {"to": "not-a-person"}, ["to"]),
        ("playbook", {"to": "general@99999999999999999999"}, ["to"]),
        ("playbook", {"to": "general"}, ["to"]),
        ("correction", {"seq": "999", "text": "x"}, []),
        ("correction", {"seq": "x", "text": "y"}, ["seq"]),
        ("extension", {"bell": "nothing/of/ours", "span": "2 working days"}, []),
        ("extension", {"bell": "case/first_look/1", "span": "很久"}, []),
        ("note", {"text": "坏\x00字"}, ["text"]),
        ("note", {"text": "长" * 4001}, ["text"]),
        ("acceptance", {}, []),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_told_and_kept(
    desk: Desk, noun: str, typed: dict[str, str], flawed: list[str]
):
    leo, acme, filed = desk.leo, desk.acme, desk.filed
    before = STORIES[noun][0]
    await before(acme, filed)
    await leo.get(place(acme, filed, noun))
    version = (await seen(acme, filed)).case.version

    answer = await leo.send(place(acme, filed, noun), **typed)

    assert answer.status_code == 422, answer.text
    assert is_whole_page(answer)
    assert told_at_the_top(answer) == flawed
    assert (await seen(acme, filed)).case.version == version
    kept = "".join(v for form in forms_of(answer.text) for vs in form.fields.values() for v in vs)
    for name, value in typed.items():
        assert name in CHOSEN or value.replace("\x00", "�") in kept


async def test_a_form_sent_twice_counts_once_and_says_so(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await leo.get(place(acme, filed, "taking-on"))
    form = forms_of(leo.last.text)[-1].fields

    first = await leo.client.post(place(acme, filed, "taking-on"), data=form)
    second = await leo.client.post(place(acme, filed, "taking-on"), data=form)

    assert (first.status_code, second.status_code) == (303, 303)
    assert (await kinds(acme, filed)).count("taken_on") == 1
    page = await leo.get(second.headers["location"])
    assert "之前已经记录过" in page.text


async def test_another_text_under_the_same_name_is_a_conflict_that_keeps_it(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await leo.get(place(acme, filed, "note"))
    form = forms_of(leo.last.text)[-1].fields
    await leo.client.post(place(acme, filed, "note"), data={**form, "text": "第一句"})

    answer = await leo.client.post(place(acme, filed, "note"), data={**form, "text": "第二句"})

    assert answer.status_code == 409
    kept = forms_of(answer.text)[-1].fields
    assert kept["text"] == ["第二句"]
    assert kept["command_id"] != form["command_id"]
    done = await leo.client.post(place(acme, filed, "note"), data=kept)
    assert done.status_code == 303
    assert (await kinds(acme, filed)).count("noted") == 2


async def test_a_page_that_is_too_old_shows_what_happened_and_keeps_the_words(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await leo.get(place(acme, filed, "question"))
    form = forms_of(leo.last.text)[-1].fields
    await give(acme, filed, c.TakeOn())

    answer = await leo.client.post(
        place(acme, filed, "question"), data={**form, "text": "外箱完好吗？"}
    )

    assert answer.status_code == 409
    assert "有人先改了" in answer.text
    assert "本会开始协助" in answer.text
    kept = forms_of(answer.text)[-1].fields
    assert kept["text"] == ["外箱完好吗？"]
    done = await leo.client.post(place(acme, filed, "question"), data=kept)
    assert done.status_code == 303


async def test_a_note_only_adds_and_so_is_never_too_late(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await leo.get(place(acme, filed, "note"))
    form = forms_of(leo.last.text)[-1].fields
    await give(acme, filed, c.TakeOn())

    answer = await leo.client.post(place(acme, filed, "note"), data={**form, "text": "晚到的备注"})

    assert answer.status_code == 303


async def test_what_is_over_meanwhile_is_refused_with_its_reason(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await leo.get(place(acme, filed, "reply"))
    await asked(acme, filed)
    await leo.get(place(acme, filed, "reply"))
    form = forms_of(leo.last.text)[-1].fields
    await give(acme, filed, c.Provide(text=Words(text="完好")))

    answer = await leo.client.post(
        place(acme, filed, "reply"), data={**form, "text": "消费者来电：完好", "version": ""}
    )

    assert answer.status_code == 422
    assert "消费者来电：完好" in answer.text


@pytest.mark.parametrize(
    ("role", "noun", "status"),
    [
        (Role.VOLUNTEER, "closure", 403),
        (Role.VOLUNTEER, "acceptance", 403),
        (Role.VOLUNTEER, "note", 303),
        (Role.CASEWORKER, "playbook", 403),
        (Role.CASEWORKER, "closure", 303),
        (Role.AUDITOR, "note", 403),
    ],
)
async def test_a_role_does_what_is_its_own(desk: Desk, role: Role, noun: str, status: int):
    app, acme, filed, database = desk.app, desk.acme, desk.filed, desk.database
    async with visiting(app) as somebody:
        member = await sign_in(somebody, acme, database, role)
        if role is Role.VOLUNTEER:
            await give(acme, filed, c.Assign(to=member.id))
        await somebody.get(place(acme, filed))
        form = forms_of(somebody.last.text)[0].fields
        version = (await seen(acme, filed)).case.version
        data = {"csrf": form["csrf"], **STORIES[noun][1]}
        answer = await somebody.client.post(place(acme, filed, noun), data=data)

    assert answer.status_code == status
    changed = (await seen(acme, filed)).case.version > version
    assert changed is (status == 303)


async def test_fields_that_nobody_asked_for_change_nothing(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await leo.get(place(acme, filed, "note"))

    await leo.send(
        place(acme, filed, "note"),
        text="普通备注",
        tenant_id="1",
        role="manager",
        stage="closed",
        assignee="1",
        case_id="2",
        outcome="solved",
    )

    view = await seen(acme, filed)
    assert view.case.stage.value == "submitted"
    assert view.case.assignee is None


async def test_there_is_no_act_by_another_name(leo: Visitor, acme: Organisation, filed: Filed):
    for noun in ("file", "strike-bell", "deletion", "%00", "FILING"):
        assert (await leo.get(place(acme, filed, noun))).status_code in (400, 404)


async def test_without_the_token_nothing_happens_and_the_words_stay(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await leo.get(place(acme, filed, "note"))
    form = {**forms_of(leo.last.text)[-1].fields, "text": "有用的话", "csrf": "0" * 64}

    answer = await leo.client.post(place(acme, filed, "note"), data=form)

    assert answer.status_code == 403
    assert "有用的话" in answer.text
    assert "noted" not in await kinds(acme, filed)


async def test_without_the_database_the_words_stay_and_can_be_sent_again(
    leo: Visitor,
    acme: Organisation,
    filed: Filed,
    postgres_server: Server,
    database: Database,
):
    await leo.get(place(acme, filed, "note"))
    async with no_database(postgres_server, database):
        answer = await leo.send(place(acme, filed, "note"), text="写了很久的话")

    assert answer.status_code == 503
    assert "写了很久的话" in answer.text


async def test_an_act_that_is_not_possible_now_says_so(
    leo: Visitor, acme: Organisation, filed: Filed
):
    page = await leo.get(place(acme, filed, "resumption"))

    assert page.status_code == 200
    assert "不能这样做" in page.text


async def test_accepting_for_mediation_says_first_which_door_it_shuts(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await at_platform(acme, filed)

    page = await leo.get(place(acme, filed, "acceptance"))

    assert "市场监管部门一般不再受理同一争议" in page.text
    assert "仍可举报违法线索" in page.text
