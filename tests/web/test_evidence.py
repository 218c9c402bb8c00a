"""The consumer adds proof: without scripts, several files at once, each judged by its own bytes."""

import pytest
from litestar.types import ASGIApp

from services.cases import queries
from services.cases.views import CaseView
from services.lifecycle import commands as c
from services.lifecycle.events import EvidenceAdded
from services.lifecycle.evidence import Capture
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Outcome
from services.tenants.organisations import Organisation
from tests.evidence.files import MP4, PDF, ZIP, png
from tests.web.cast import Filed, file, give, leo_of
from tests.web.faults import doubled_ids
from tests.web.handing_in import acme, filed, named, place, upload
from tests.web.visitor import Visitor, forms_of, visiting


async def seen(acme: Organisation, filed: Filed) -> CaseView:
    return await queries.case(leo_of(acme), filed.number)


async def test_several_files_come_in_at_once_and_are_listed(
    visitor: Visitor, filed: Filed, acme: Organisation
):
    files = named(("聊天.png", png(1)), ("开箱.mp4", MP4), ("发票.pdf", PDF))

    answer = await upload(visitor, filed, files, note="商家答应退款", capture="screenshot")
    page = await visitor.follow()

    assert answer.status_code == 303
    assert "已收到3份文件" in page.text
    assert all(name in page.text for name in ("聊天.png", "开箱.mp4", "发票.pdf", "3份，最多20份"))
    assert doubled_ids(page) == set()
    told = (each.event for each in (await seen(acme, filed)).events)
    events = [event for event in told if isinstance(event, EvidenceAdded)]
    assert [event.note.text for event in events] == ["商家答应退款"] * 3
    assert {event.capture for event in events} == {Capture.SCREENSHOT}


async def test_what_cannot_be_taken_is_told_beside_its_name_and_holds_up_no_other(
    visitor: Visitor, filed: Filed, acme: Organisation
):
    files = named(("证据.zip", ZIP), ("页面.png", b"<html><script>1</script>"), ("聊天.png", png()))

    page = await upload(visitor, filed, files, note="商家答应退款")

    assert page.status_code == 422
    assert "<title>错误：添加证据" in page.text
    assert "有2份文件没有收下" in page.text
    assert "这是压缩包。请解压后，上传里面的图片、视频或PDF。" in page.text
    assert "另外1份已经收到，不用再传。" in page.text
    assert 'value="商家答应退款"' in page.text
    assert len((await seen(acme, filed)).case.evidence) == 1


async def test_in_english_it_is_told_in_english(visitor: Visitor, filed: Filed):
    await visitor.get(f"/s/{filed.number}/status?lang=en")

    page = await upload(visitor, filed, named(("a.zip", ZIP)))

    assert "This is an archive. Unpack it" in page.text


async def test_the_same_file_again_is_told_to_be_there(visitor: Visitor, filed: Filed):
    await upload(visitor, filed, named(("one.png", png())))

    page = await upload(visitor, filed, named(("two.png", png())))

    assert page.status_code == 422
    assert "这份文件已经在案" in page.text


async def test_nothing_chosen_keeps_what_was_typed(visitor: Visitor, filed: Filed):
    page = await upload(
        visitor, filed, [("files", ("", b"", "application/octet-stream"))], note="x"
    )

    assert page.status_code == 422
    assert 'href="#files"' in page.text
    assert 'value="x"' in page.text


async def test_too_much_text_takes_no_file_and_loses_no_word(
    visitor: Visitor, filed: Filed, acme: Organisation
):
    page = await upload(visitor, filed, named(("a.png", png())), note="字" * 501)

    assert page.status_code == 422
    assert "字" * 501 in page.text
    assert (await seen(acme, filed)).case.evidence == ()


async def test_a_form_is_good_for_once(visitor: Visitor, filed: Filed, acme: Organisation):
    page = await visitor.get(place(filed))
    action = forms_of(page.text)[0].action

    first = await visitor.client.post(action, files=named(("a.png", png(1))))
    second = await visitor.client.post(action, files=named(("b.png", png(2))))

    assert (first.status_code, second.status_code) == (303, 403)
    assert len((await seen(acme, filed)).case.evidence) == 1


@pytest.mark.parametrize("spoil", ["none", "changed", "late", "other_case"])
async def test_a_wrong_ticket_lets_nothing_in(
    visitor: Visitor, filed: Filed, acme: Organisation, spoil: str
):
    page = await visitor.get(place(filed))
    action = forms_of(page.text)[0].action
    ids, until, mac = action.partition("ticket=")[2].split(".")
    broken = mac[:-1] + ("1" if mac[-1] == "0" else "0")
    other = await file(visitor, acme)
    wrong = {
        "none": place(filed),
        "changed": f"{place(filed)}?ticket={ids}.{until}.{broken}",
        "late": f"{place(filed)}?ticket={ids}.{int(until) + 60}.{mac}",
        "other_case": f"{place(other)}?ticket={ids}.{until}.{mac}",
    }[spoil]

    answer = await visitor.client.post(wrong, files=named(("a.png", png())))

    assert answer.status_code == 403
    assert (await seen(acme, filed)).case.evidence == ()


async def test_a_strangers_ticket_is_none(visitor: Visitor, filed: Filed, app: ASGIApp):
    page = await visitor.get(place(filed))
    action = forms_of(page.text)[0].action

    async with visiting(app) as stranger:
        answer = await stranger.client.post(action, files=named(("a.png", png())))

    assert answer.status_code == 401


async def test_a_closed_case_takes_no_more_and_shows_what_is_there(
    visitor: Visitor, filed: Filed, acme: Organisation
):
    await upload(visitor, filed, named(("聊天.png", png())))
    await give(acme, filed, c.Close(outcome=Outcome.NOT_SOLVED, text=Words(text="未能解决")))

    page = await visitor.get(place(filed))

    assert "目前不能再添加文件" in page.text
    assert "聊天.png" in page.text
    assert "ticket=" not in page.text


async def test_the_status_page_leads_there(visitor: Visitor, filed: Filed):
    await upload(visitor, filed, named(("聊天.png", png())))

    page = await visitor.get(f"/s/{filed.number}/status")

    assert f'href="{place(filed)}"' in page.text
    assert "添加证据 · 1" in page.text
