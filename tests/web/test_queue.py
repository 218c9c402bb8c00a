"""The queue: what is due soonest first, in groups, by an address that can be kept."""

import re
from collections.abc import AsyncIterator

import pytest
from litestar.types import ASGIApp

from services.lifecycle import commands as c
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Ball, Door, Reason, Role
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.web.cast import SOON, Filed, at_merchant, file, give, offered, open_acme
from tests.web.faults import doubled_ids
from tests.web.visitor import Visitor, sign_in, visiting
from web.queue_asked import View

NUMBER = re.compile(r'<span class="case-no">([^<]+)</span>')


@pytest.fixture(scope="module")
async def acme(settings: object) -> Organisation:
    return await open_acme()


@pytest.fixture(scope="module")
async def cases(acme: Organisation, app: ASGIApp) -> dict[str, Filed]:
    """Four complaints that stand in different places."""
    async with visiting(app) as dara:
        names = ("fresh", "waiting", "offered", "paused")
        found = {name: await file(dara, acme, facts=f"{name}：桌板开裂") for name in names}
    await at_merchant(acme, found["waiting"])
    await give(acme, found["waiting"], c.OpenDoor(door=Door.PLATFORM))
    await offered(acme, found["offered"])
    pause = c.Pause(holder=Ball.CONSUMER, reason=Reason.APPRAISAL, until=SOON)
    await give(acme, found["paused"], pause)
    return found


@pytest.fixture(scope="module")
async def ana(
    app: ASGIApp, acme: Organisation, cases: object, database: Database
) -> AsyncIterator[Visitor]:
    async with visiting(app) as somebody:
        await sign_in(somebody, acme, database, Role.CASEWORKER)
        yield somebody


async def numbers(visitor: Visitor, acme: Organisation, query: str = "") -> list[str]:
    page = await visitor.get(f"/{acme.slug}/desk/queue{query}")
    assert page.status_code == 200
    return NUMBER.findall(page.text)


async def test_the_soonest_stands_first_and_groups_say_how_much_it_presses(
    ana: Visitor, acme: Organisation, cases: dict[str, Filed]
):
    page = await ana.get(f"/{acme.slug}/desk/queue")

    found = NUMBER.findall(page.text)
    assert set(found) == {filed.number for filed in cases.values()}
    assert found[-1] == cases["paused"].number
    assert page.text.index("三个工作日内 ·") < page.text.index("更晚到期 ·")
    assert page.text.index("更晚到期 ·") < page.text.index("已暂停 ·")
    assert "在办4件" in page.text
    assert doubled_ids(page) == set()


async def test_stage_filing_and_turn_stand_together(ana: Visitor, acme: Organisation):
    page = await ana.get(f"/{acme.slug}/desk/queue?status=escalated_to_platform")

    row = page.text.split('class="row"')[1]
    assert "平台介入" in row
    assert "待提交" in row
    assert "等消费者" in row


async def test_the_name_is_masked_in_the_list(ana: Visitor, acme: Organisation):
    page = await ana.get(f"/{acme.slug}/desk/queue")

    assert "达*" in page.text
    assert "达拉" not in page.text
    assert "13800006021" not in page.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?view=paused", ["paused"]),
        ("?view=merchant", []),
        ("?turn=association", ["fresh"]),
        ("?view=unassigned", ["fresh", "waiting", "offered", "paused"]),
        ("?view=mine", []),
        ("?view=closed", []),
        ("?status=submitted&type=quality", ["fresh", "paused"]),
        ("?type=privacy_harassment", []),
        ("?view=soon", ["fresh", "waiting"]),
        ("?view=consumer&turn=association", []),
        ("?view=consumer&turn=consumer", ["waiting", "offered", "paused"]),
    ],
)
async def test_what_is_asked_for_stands_in_the_address(
    ana: Visitor, acme: Organisation, cases: dict[str, Filed], query: str, expected: list[str]
):
    assert set(await numbers(ana, acme, query)) == {cases[name].number for name in expected}


async def test_conditions_are_taken_away_one_by_one(ana: Visitor, acme: Organisation):
    page = await ana.get(f"/{acme.slug}/desk/queue?status=submitted&turn=consumer")

    assert "?view=open&amp;turn=consumer" in page.text
    assert "?view=open&amp;status=submitted" in page.text


async def test_each_view_says_how_many_it_holds(
    ana: Visitor, acme: Organisation, cases: dict[str, Filed]
):
    page = await ana.get(f"/{acme.slug}/desk/queue?view=paused")

    shown = dict(re.findall(r'\?view=(\w+)"[^>]*>[^<]+<span class="views-n">(\d+)<', page.text))
    assert list(shown) == [view.value for view in View if view is not View.CLOSED]
    assert [shown[name] for name in ("open", "unassigned", "paused", "mine")] == list("4410")
    assert 'view=paused" aria-current="page"' in page.text


async def test_a_heading_counts_the_whole_view_and_not_the_page(
    ana: Visitor, acme: Organisation, cases: dict[str, Filed], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("web.queue.ROWS", 1)

    page = await ana.get(f"/{acme.slug}/desk/queue")

    assert len(NUMBER.findall(page.text)) == 1
    assert "三个工作日内 · 2件" in page.text
    assert "已显示1件，共4件" in page.text


async def test_scripts_are_given_only_the_rows_that_follow(
    ana: Visitor, acme: Organisation, cases: dict[str, Filed], monkeypatch: pytest.MonkeyPatch
):
    """They go on under the heading that stands there already."""
    monkeypatch.setattr("web.queue.ROWS", 1)
    first = await ana.get(f"/{acme.slug}/desk/queue")
    onwards = re.search(r'hx-get="([^"]+)"', first.text.split('id="more-link"')[1])
    assert onwards

    part = await ana.get(onwards[1].replace("&amp;", "&"), hx_request="true")

    assert part.text.lstrip().startswith('<table hx-swap-oob="beforeend:#cases">')
    assert len(NUMBER.findall(part.text)) == 1
    assert "三个工作日内" not in part.text
    assert "已显示2件，共4件" in part.text


async def test_a_row_leads_to_its_case_and_to_how_its_date_is_counted(
    ana: Visitor, acme: Organisation, cases: dict[str, Filed]
):
    page = await ana.get(f"/{acme.slug}/desk/queue?view=unassigned&type=quality")

    place = f"/{acme.slug}/desk/cases/{cases['fresh'].number}"
    assert f'href="{place}/deadlines"' in page.text
    assert re.search(rf'class="case-title" href="{place}\?from=view%3D', page.text)


async def test_in_english_it_says_the_same(
    ana: Visitor, acme: Organisation, cases: dict[str, Filed]
):
    page = await ana.get(f"/{acme.slug}/desk/queue?lang=en")
    await ana.get(f"/{acme.slug}/desk/queue?lang=zh")

    assert "4 open cases" in page.text
    assert "Within three working days · 2 cases" in page.text
    assert "All 4 cases shown" in page.text
    outside = re.sub(r"<span hx-ignore>.*?</span>|<span[^>]* hx-ignore>.*?</span>", "", page.text)
    assert set(re.findall(r"[\u4e00-\u9fff]+", outside.split("<main")[1])) <= {"达", "桌板开裂"}


async def test_my_empty_queue_leads_to_what_nobody_has(ana: Visitor, acme: Organisation):
    page = await ana.get(f"/{acme.slug}/desk/queue?view=mine")

    assert "手上没有待办" in page.text
    assert "未分派里有4件" in page.text


async def test_who_is_at_a_case_stands_in_its_row(
    app: ASGIApp, ana: Visitor, acme: Organisation, cases: dict[str, Filed], database: Database
):
    number = cases["fresh"].number
    async with visiting(app) as leo:
        await sign_in(leo, acme, database, Role.MANAGER)
        await leo.get(f"/{acme.slug}/desk/cases/{number}")

    page = await ana.get(f"/{acme.slug}/desk/queue")

    mark = page.text.split(f'id="presence-{number}"')[1].split("</td>")[0]
    assert "在看" in mark
    assert page.text.count("在看") == 1


async def test_nothing_found_offers_the_way_out(ana: Visitor, acme: Organisation):
    page = await ana.get(f"/{acme.slug}/desk/queue?type=prepaid")

    assert "没有符合的案件" in page.text
    assert "去掉最后一个条件" in page.text


async def test_what_nobody_understands_is_left_out_and_said(ana: Visitor, acme: Organisation):
    page = await ana.get(f"/{acme.slug}/desk/queue?turn=moon&colour=red&view=mine' or 1=1")

    assert page.status_code == 200
    assert "turn、colour、view" in page.text or "turn, colour, view" in page.text


async def test_what_is_looked_for_in_an_old_address_is_looked_for_where_search_is(
    ana: Visitor, acme: Organisation
):
    answer = await ana.client.get(f"/{acme.slug}/desk/queue", params={"q": "<b>桌子</b>"})

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/{acme.slug}/desk/search?q=%3Cb%3E")


async def test_a_page_that_begins_nowhere_is_the_first_one(
    ana: Visitor, acme: Organisation, cases: dict[str, Filed]
):
    page = await ana.get(f"/{acme.slug}/desk/queue?after=zzz~zzz")

    assert page.status_code == 200
    assert "列表的那一页已经没有了" in page.text
    assert len(NUMBER.findall(page.text)) == len(cases)


async def test_a_volunteer_takes_a_case_before_reading_it(
    app: ASGIApp, acme: Organisation, cases: dict[str, Filed], database: Database
):
    number = cases["fresh"].number
    async with visiting(app) as vera:
        await sign_in(vera, acme, database, Role.VOLUNTEER)
        page = await vera.get(f"/{acme.slug}/desk/queue")
        hidden = await vera.client.get(f"/{acme.slug}/desk/cases/{number}")
        assert hidden.status_code == 404
        assert "桌板开裂" not in page.text
        assert "木禾" not in page.text
        await vera.send(f"/{acme.slug}/desk/cases/{number}/claim")
        mine = await vera.follow()

    assert mine.status_code == 200
    assert "桌板开裂" in mine.text


async def test_a_house_without_cases_says_how_they_come(app: ASGIApp, database: Database):
    borealis = await open_acme()
    async with visiting(app) as cleo:
        await sign_in(cleo, borealis, database, Role.MANAGER)
        page = await cleo.get(f"/{borealis.slug}/desk/queue")

    assert "还没有案件。把投诉入口发给消费者" in page.text
    assert f"/{borealis.slug}/complaints/new" in page.text
    assert "<table" not in page.text


async def test_a_stranger_is_sent_to_sign_in(visitor: Visitor, acme: Organisation):
    answer = await visitor.get(f"/{acme.slug}/desk/queue")

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/session?then=")


async def test_the_list_goes_on_page_by_page(
    app: ASGIApp, database: Database, monkeypatch: pytest.MonkeyPatch
):
    borealis = await open_acme()
    monkeypatch.setattr("web.queue.ROWS", 2)
    async with visiting(app) as dara:
        filed = [await file(dara, borealis, facts=f"第{n}件") for n in range(5)]
    async with visiting(app) as cleo:
        await sign_in(cleo, borealis, database, Role.MANAGER)
        found: list[str] = []
        query = ""
        while True:
            found += await numbers(cleo, borealis, query)
            following = re.search(
                r'<a id="more-link" href="[^"?]+(\?[^"]*after=[^"]+)"', cleo.last.text
            )
            if following is None:
                break
            query = following[1].replace("&amp;", "&")

    assert sorted(found) == sorted(one.number for one in filed)


async def test_words_of_the_story_do_not_end_in_the_title_of_the_window(
    ana: Visitor, acme: Organisation, cases: dict[str, Filed]
):
    await give(acme, cases["waiting"], c.Note(text=Words(text="旧")))

    page = await ana.get(f"/{acme.slug}/desk/cases/{cases['waiting'].number}")

    assert "桌板" not in page.text.split("<title>")[1].split("</title>")[0]
