"""Acts that cannot be: what is told, and that no word is lost."""

import re

import pytest

from infra.postgres import Server
from services.lifecycle import commands as c
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Role
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.web.act_stories import (
    OFFER,
    PROOF,
    STORIES,
    Desk,
    acme,
    asked,
    at_platform,
    desk,
    filed,
    kinds,
    leo,
    place,
    seen,
)
from tests.web.cast import Filed, give
from tests.web.faults import is_whole_page, no_database, told_at_the_top
from tests.web.visitor import Visitor, forms_of, sign_in, visiting

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
    for field in NEEDS[noun]:
        assert re.search(rf'id="{field}"[^>]* aria-describedby="[^"]*\b{field}-fault"', answer.text)
        assert f'<p class="fault" id="{field}-fault"' in answer.text
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
    page = await leo.get(place(acme, filed, "filing"))

    assert page.status_code == 200
    assert "不能这样做" in page.text
    assert "kept-title" not in page.text, "nobody has typed anything"


async def test_accepting_for_mediation_says_first_which_door_it_shuts(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await at_platform(acme, filed)

    page = await leo.get(place(acme, filed, "acceptance"))

    assert "市场监管部门一般不再受理同一争议" in page.text
    assert "仍可举报违法线索" in page.text
