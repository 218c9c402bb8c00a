"""The search page: a number leads to its case, words to the cases that tell them."""

import re
from collections.abc import AsyncIterator

import pytest
from litestar.types import ASGIApp

from services.cases.search_terms import terms
from services.lifecycle import commands as c
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Outcome, Role
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.web.cast import Filed, file, give, open_acme
from tests.web.faults import doubled_ids
from tests.web.visitor import Visitor, sign_in, visiting
from web.marks import marked

NUMBER = re.compile(r'<span class="case-no">([^<]+)</span>')
NAUGHTY = "<b>桌板</b>开裂 & 不退款"


@pytest.fixture(scope="module")
async def acme(settings: object) -> Organisation:
    return await open_acme()


@pytest.fixture(scope="module")
async def cases(acme: Organisation, app: ASGIApp) -> dict[str, Filed]:
    async with visiting(app) as dara:
        told = {"open": NAUGHTY, "over": "桌板又开裂", "other": "快递丢失"}
        found = {name: await file(dara, acme, facts=facts) for name, facts in told.items()}
    await give(acme, found["over"], c.Close(outcome=Outcome.NOT_SOLVED, text=Words(text="完")))
    return found


@pytest.fixture(scope="module")
async def ana(
    app: ASGIApp, acme: Organisation, cases: object, database: Database
) -> AsyncIterator[Visitor]:
    async with visiting(app) as somebody:
        await sign_in(somebody, acme, database, Role.CASEWORKER)
        yield somebody


async def test_words_show_open_cases_before_closed_ones(
    ana: Visitor, acme: Organisation, cases: dict[str, Filed]
):
    page = await ana.get(f"/{acme.slug}/desk/search?q=桌板　开裂")

    assert NUMBER.findall(page.text) == [cases["open"].number, cases["over"].number]
    assert page.text.index("在办 ·") < page.text.index("已结束 ·")
    assert "找到2件案件" in page.text
    assert doubled_ids(page) == set()


async def test_what_was_found_is_marked_and_nothing_of_it_is_html(
    ana: Visitor, acme: Organisation, cases: dict[str, Filed]
):
    page = await ana.get(f"/{acme.slug}/desk/search?q=桌板 <b>")

    assert "<b>" not in page.text
    assert (
        "&lt;<mark>b</mark>&gt;<mark>桌板</mark>&lt;/<mark>b</mark>&gt;开裂 &amp; 不退款"
        in page.text
    )
    assert "<span hx-ignore>&lt;<mark>b" in page.text


@pytest.mark.parametrize("typed", ["{}", "青消诉{}", " {} ", "{short}", "２０２６-{tail}"])
async def test_a_number_leads_to_its_case(
    ana: Visitor, acme: Organisation, cases: dict[str, Filed], typed: str
):
    number = cases["open"].number
    named = {"short": number.replace("-", ""), "tail": number.partition("-")[2]}

    answer = await ana.client.get(
        f"/{acme.slug}/desk/search", params={"q": typed.format(number, **named)}
    )

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/{acme.slug}/desk/cases/{number}"


async def test_a_number_that_nobody_has_is_looked_for_as_words(
    ana: Visitor, acme: Organisation, cases: object
):
    page = await ana.get(f"/{acme.slug}/desk/search?q=2026-99999")

    assert page.status_code == 200
    assert "没有案件提到“2026-99999”" in page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "输入几个词"), ("%20%20", "输入几个词"), ("a", "再多输入一个"), ("冰箱", "没有案件提到")],
)
async def test_every_empty_answer_says_what_to_do(
    ana: Visitor, acme: Organisation, cases: object, typed: str, said: str
):
    page = await ana.get(f"/{acme.slug}/desk/search?q={typed}")

    assert said in page.text
    results = page.text.split('id="results"')[1].split("</section>")[0]
    assert results.count("<a ") == 1


async def test_where_scripts_run_only_the_results_are_sent(
    ana: Visitor, acme: Organisation, cases: dict[str, Filed]
):
    answer = await ana.client.get(
        f"/{acme.slug}/desk/search", headers={"hx-request": "true"}, params={"q": "快递"}
    )

    assert answer.text.strip().startswith('<section id="results"')
    assert NUMBER.findall(answer.text) == [cases["other"].number]


async def test_more_than_a_page_says_so(
    ana: Visitor, acme: Organisation, cases: dict[str, Filed], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("web.search.ROWS", 1)

    page = await ana.get(f"/{acme.slug}/desk/search?q=开裂")

    assert NUMBER.findall(page.text) == [cases["open"].number]
    assert "前1件案件" in page.text
    assert "还有更多案件" in page.text


async def test_a_volunteer_finds_only_what_they_took(
    app: ASGIApp, acme: Organisation, cases: dict[str, Filed], database: Database
):
    async with visiting(app) as vera:
        await sign_in(vera, acme, database, Role.VOLUNTEER)

        page = await vera.get(f"/{acme.slug}/desk/search?q=桌板")
        number = await vera.get(f"/{acme.slug}/desk/search?q={cases['open'].number}")

    assert NUMBER.findall(page.text) == []
    assert "只在您接办的案件里查找" in page.text
    assert number.status_code == 200


@pytest.mark.parametrize(
    ("text", "typed", "html"),
    [
        ("买了iPhone１５手机", "iphone15", "买了<mark>iPhone１５</mark>手机"),
        ("WeChat chat", "chat", "WeChat <mark>chat</mark>"),
        ("开裂开裂了", "开裂", "<mark>开裂</mark><mark>开裂</mark>了"),
        ("桌板开裂", "桌板开 板开裂", "<mark>桌板开</mark><mark>裂</mark>"),
        ("退款，不退", "款不", "退款，不退"),
        ("A&BC <i>", "bc", "A&amp;<mark>BC</mark> &lt;i&gt;"),
    ],
)
def test_marks_stand_around_what_was_looked_for(text: str, typed: str, html: str):
    assert str(marked(text, terms(typed))) == html
