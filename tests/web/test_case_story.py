"""The timeline of a case at the desk: contacts logged in a line, letters, filters, and folds."""

import re
from datetime import timedelta

from services.lifecycle import commands as c
from services.lifecycle.contacts import Contact, ContactKind, ContactOutcome, Party
from services.lifecycle.facts import Words
from services.tenants.organisations import Organisation
from tests.web.act_stories import acme, filed, leo, place, seen
from tests.web.cast import SOON, TODAY, Filed, at_merchant, give
from tests.web.faults import told_at_the_top
from tests.web.visitor import Visitor, forms_of

CALL = {"contact.kind": "call", "contact.whom": "consumer"}
HX = {"hx_request": "true"}


def story(text: str) -> str:
    return text.split('id="timeline"')[1].split("</section>", maxsplit=1)[0]


def entries(text: str) -> list[str]:
    return re.findall(r'id="event-(\d+)"', story(text))


async def log(leo: Visitor, acme: Organisation, filed: Filed, **typed: str) -> None:
    await leo.get(place(acme, filed))
    answer = await leo.send(place(acme, filed, "note"), **{**CALL, **typed})
    assert answer.status_code == 303, answer.text


async def test_a_call_is_logged_by_its_outcome_alone(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await log(leo, acme, filed, **{"contact.outcome": "no_answer"})

    told = story((await leo.follow()).text)

    assert "电话联系消费者。" in told
    assert "无人接听" in told
    event = (await seen(acme, filed)).events[-1].event
    assert event.contact == Contact(
        kind=ContactKind.CALL, whom=Party.CONSUMER, outcome=ContactOutcome.NO_ANSWER
    )


async def test_a_day_that_was_arranged_comes_back_as_a_reminder(
    leo: Visitor, acme: Organisation, filed: Filed
):
    day = str(SOON)

    await log(leo, acme, filed, **{"contact.outcome": "arranged", "contact.again_on": day})

    assert "再联系" in story((await leo.follow()).text)
    bell = next(b for b in (await seen(acme, filed)).agenda if b.rule == "contact")
    assert (bell.due + timedelta(hours=8)).date() == SOON


async def test_what_is_missing_in_the_line_is_told_on_a_page_that_keeps_it(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await leo.get(place(acme, filed))

    answer = await leo.send(
        place(acme, filed, "note"), **CALL, **{"contact.outcome": "arranged", "text": "周五再谈"}
    )

    assert answer.status_code == 422
    assert told_at_the_top(answer) == ["contact-again-on"]
    kept = next(f for f in forms_of(answer.text) if f.action == place(acme, filed, "note"))
    assert kept.fields["text"] == ["周五再谈"]


async def test_a_plain_note_names_no_contact(leo: Visitor, acme: Organisation, filed: Filed):
    await log(leo, acme, filed, **{"contact.kind": "", "contact.whom": "", "text": "等她来电"})

    told = story((await leo.follow()).text)

    assert "等她来电" in told
    assert "仅协会内部可见" in told


async def test_the_filters_show_contacts_papers_and_what_came_by_itself(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await at_merchant(acme, filed)
    await give(acme, filed, c.Note(text=Words(text="便签")))

    shown = {
        show: entries((await leo.get(f"{place(acme, filed)}?show={show}")).text)
        for show in ("all", "contact", "papers", "system", "nonsense")
    }

    assert shown["all"] == shown["nonsense"] == ["5", "4", "3", "2", "1"]
    assert shown["contact"] == ["5"]
    assert set(shown["papers"]) == {"1", "3", "4"}
    assert shown["system"] == []


async def test_a_filter_by_htmx_brings_the_timeline_alone(
    leo: Visitor, acme: Organisation, filed: Filed
):
    part = await leo.get(f"{place(acme, filed)}?show=contact", **HX)

    assert part.text.lstrip().startswith('<section class="card" id="timeline"')
    assert "</html>" not in part.text
    assert 'aria-current="true">联系</a>' in part.text


async def test_what_is_older_stands_in_a_fold_that_says_how_much_it_holds(
    leo: Visitor, acme: Organisation, filed: Filed
):
    for n in range(10):
        await give(acme, filed, c.Note(text=Words(text=f"第{n}句")))

    told = story((await leo.get(place(acme, filed))).text)

    recent, older = told.split('class="fold tl-older"')
    assert "查看更早的3条" in older
    assert "第9句" in recent
    assert "第0句" in older


async def test_the_form_of_one_act_comes_onto_the_page_by_htmx(
    leo: Visitor, acme: Organisation, filed: Filed
):
    page = await leo.get(place(acme, filed))
    assert f'hx-get="{place(acme, filed, "pause")}"' in page.text
    assert f'hx-get="{place(acme, filed, "closure")}"' not in page.text

    part = await leo.get(place(acme, filed, "pause"), **HX)

    assert part.text.lstrip().startswith('<section class="act-box"')
    assert forms_of(part.text)[0].action == place(acme, filed, "pause")


async def test_a_date_that_was_kept_says_on_which_day(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await at_merchant(acme, filed)

    dates = (await leo.get(place(acme, filed))).text.split('id="h-due"')[1].split("</section>")[0]

    assert dates.count("duechip--done") == 2
    assert "本会初步查看" in dates
    assert "当天" in dates
    assert f"{TODAY.month}月{TODAY.day}日" in dates


async def test_what_comes_by_itself_is_told_with_its_date_and_whom_it_reaches(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await at_merchant(acme, filed)

    page = await leo.get(place(acme, filed))

    ahead = page.text.split("接下来</h3>")[1].split("</ol>")[0]
    assert ahead.count("<li>") == 3
    assert "催促商家" in ahead


async def test_the_case_on_paper_holds_everything_and_nothing_to_press(
    leo: Visitor, acme: Organisation, filed: Filed
):
    await at_merchant(acme, filed)
    for n in range(10):
        await give(acme, filed, c.Note(text=Words(text=f"第{n}句")))

    sheet = await leo.get(place(acme, filed, "dossier"))

    assert f"青消诉{filed.number}" in sheet.text
    assert "WQ-1" in sheet.text
    assert "13800006021" not in sheet.text
    assert all(f"第{n}句" in sheet.text for n in range(10))
    assert "<button" not in sheet.text
    assert "<form" not in sheet.text
