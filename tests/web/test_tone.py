"""Tone help where a complaint is typed: found, taken or kept, with htmx or without; no gate."""

import html
import re
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.tenants.organisations import Organisation
from tests.web.cast import DARA, file, open_acme
from tests.web.faults import doubled_ids, is_whole_page
from tests.web.visitor import Visitor, forms_of
from web import tone
from web.body import Value
from web.forms import FormReader, received

HARSH = "11月5日收到桌子，桌板开裂。\n这家店是骗子！！客服从来不回复。"
BUTTON = re.compile(r'<button[^>]* name="tone" value="([^"]+)" formaction="([^"#]+)#facts-tone"')
SHOWN = re.compile(r"<mark>([^<]*)</mark>")


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await open_acme()


@pytest.fixture
async def dara(visitor: Visitor, acme: Organisation) -> Visitor:
    await visitor.get(f"/{acme.slug}/complaints/one-page")
    return visitor


async def pressed(dara: Visitor, what: str, *, htmx: bool = False, **typed: Any) -> httpx.Response:
    """The button that sends `what`, on the page that was opened last."""
    assert dara.last is not None
    fields = {**forms_of(dara.last.text)[0].fields, **typed}
    buttons = {html.unescape(value): action for value, action in BUTTON.findall(dara.last.text)}
    headers = {"hx-request": "true"} if htmx else {}
    answer = await dara.client.post(buttons[what], data={**fields, "tone": what}, headers=headers)
    if not htmx:
        dara.last = answer
    return answer


def asked_by(answer: httpx.Response, act: str) -> list[str]:
    values = [html.unescape(value) for value, _ in BUTTON.findall(answer.text)]
    return [value for value in values if value.startswith(act)]


def story(answer: httpx.Response) -> str:
    return forms_of(answer.text)[0].fields["facts"][0]


def marked(answer: httpx.Response) -> list[str]:
    return [html.unescape(words) for words in SHOWN.findall(answer.text)]


async def test_a_check_shows_the_words_a_reason_and_a_wording_and_keeps_what_was_typed(
    dara: Visitor,
):
    answer = await pressed(dara, "check", **{**DARA, "facts": HARSH})

    assert answer.status_code == 200
    assert is_whole_page(answer)
    assert doubled_ids(answer) == set()
    assert marked(answer) == ["骗子", "！！", "从来不回复"]
    assert "还可能反过来追究您" in answer.text
    assert "可以写：该经营者" in answer.text
    kept = forms_of(answer.text)[0].fields
    assert kept["facts"] == [HARSH]
    assert kept["consumer.name"] == [DARA["consumer.name"]]
    assert kept["consents"] == list(DARA["consents"])
    assert kept["order.amount"] == [DARA["order.amount"]]
    assert 'class="fault' not in answer.text


async def test_an_empty_form_can_be_checked(dara: Visitor):
    answer = await pressed(dara, "check")

    assert answer.status_code == 200
    assert "没有发现需要换个说法的地方" in answer.text
    assert 'class="fault' not in answer.text


async def test_no_more_than_three_are_shown_at_a_time(dara: Visitor):
    answer = await pressed(dara, "check", facts="无语，呵呵，寒心，折磨，卖假货的骗子，不要脸")

    assert "有7处可以换个平和的说法" in answer.text
    assert marked(answer) == ["假货", "骗子", "不要脸"]
    assert "先看这几处" in answer.text


async def test_a_wording_that_is_taken_stands_in_the_text_and_the_rest_is_found_anew(
    dara: Visitor,
):
    await pressed(dara, "check", **{**DARA, "facts": HARSH})
    assert dara.last
    [first, *_] = asked_by(dara.last, "take")

    answer = await pressed(dara, first)

    assert story(answer) == HARSH.replace("骗子", "该经营者")
    assert marked(answer) == ["！！", "从来不回复"]
    assert "“骗子”已换成“该经营者”。" in answer.text
    assert forms_of(answer.text)[0].fields["consumer.phone"] == [DARA["consumer.phone"]]


async def test_words_that_are_kept_are_not_told_of_again(dara: Visitor):
    await pressed(dara, "check", facts=HARSH)
    assert dara.last
    answer = await pressed(dara, asked_by(dara.last, "keep")[0])
    again = await pressed(dara, "check", facts=f"{HARSH}骗子。")

    assert story(answer) == HARSH
    assert marked(answer) == marked(again) == ["！！", "从来不回复"]


async def test_words_that_were_edited_away_meanwhile_change_nothing(dara: Visitor):
    await pressed(dara, "check", facts=HARSH)
    assert dara.last
    answer = await pressed(dara, asked_by(dara.last, "take")[0], facts="桌板开裂，请求退款。")

    assert story(answer) == "桌板开裂，请求退款。"
    assert "没有发现需要换个说法的地方" in answer.text


async def test_words_that_moved_are_still_the_ones_meant(dara: Visitor):
    await pressed(dara, "check", facts="骗子。我想了很多，写在下面。他是骗子")
    assert dara.last
    second = asked_by(dara.last, "take")[1]

    answer = await pressed(dara, second, facts="好。骗子。我想了很多，写在下面。他是骗子")

    assert story(answer) == "好。骗子。我想了很多，写在下面。他是该经营者"


async def test_htmx_is_given_the_part_alone(dara: Visitor):
    answer = await pressed(dara, "check", htmx=True, **{**DARA, "facts": HARSH})

    assert answer.status_code == 200
    assert not is_whole_page(answer)
    assert "<html" not in answer.text
    assert 'id="facts-told"' in answer.text
    assert 'id="facts-tone"' in answer.text
    assert marked(answer) == ["骗子", "！！", "从来不回复"]
    assert DARA["consumer.phone"] not in answer.text


async def test_the_page_offers_the_check_to_htmx_and_to_a_plain_form_alike(dara: Visitor):
    assert dara.last
    text = dara.last.text
    action = BUTTON.findall(text)[0][1]

    assert f'hx-post="{action}"' in text
    assert re.search(r"/static/htmx\.\w+\.js", text)
    assert not re.search(r"<form[^>]*hx-ignore", text)
    assert re.search(r'<div hx-ignore><div class="field">\s*<label class="label" for="facts"', text)


async def test_what_was_written_stays_text(dara: Visitor):
    answer = await pressed(dara, "check", facts='<b onclick="x">骗子</b><script>alert(1)</script>')

    assert marked(answer) == ["骗子"]
    assert "<script>alert" not in answer.text
    assert "<b onclick" not in answer.text


async def test_harsh_words_are_filed_all_the_same(visitor: Visitor, acme: Organisation):
    filed = await file(visitor, acme, facts=HARSH)

    assert filed.number


async def test_what_was_kept_outlives_a_fault_elsewhere(dara: Visitor, acme: Organisation):
    await pressed(dara, "check", facts=HARSH)
    assert dara.last
    await pressed(dara, asked_by(dara.last, "keep")[0])

    await dara.send(f"/{acme.slug}/complaints/one-page", facts=HARSH)
    answer = await pressed(dara, "check")

    assert marked(answer) == ["！！", "从来不回复"]


async def test_who_comes_back_to_the_check_finds_the_form(visitor: Visitor, acme: Organisation):
    answer = await visitor.get(f"/{acme.slug}/complaints/one-page/tone")

    assert answer.headers["location"] == f"/{acme.slug}/complaints/one-page"


async def test_a_check_needs_the_form_s_own_token(dara: Visitor, acme: Organisation):
    answer = await dara.client.post(f"/{acme.slug}/complaints/one-page/tone", data={"facts": HARSH})

    assert answer.status_code == 403


def filled(**values: str) -> FormReader:
    given = [Value(name=name, text=text) for name, text in values.items()]
    return received(given, csrf="")


@given(st.text(max_size=40) | st.from_regex(r"\A(take|keep|check)\.[0-9]{0,30}\.(骗子|x)?\Z"))
def test_whatever_a_button_is_made_to_say_the_text_is_read(asked: str):
    told = tone.read(filled(facts=HARSH, tone=asked), "facts")

    assert told.count in (2, 3)


def test_the_laws_that_may_be_cited_are_those_of_the_playbook():
    cited = filled(facts="依据《消费者权益保护法》第二十四条和《民法典》第一百条")

    told = tone.read(cited, "facts", laws=frozenset({"消费者权益保护法 24"}))

    assert [each.words for each in told.shown] == ["《民法典》第一百条"]
    assert told.shown[0].wording is None
