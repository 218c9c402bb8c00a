"""Many cases given to one person: first told what would happen, then done once each."""

import asyncio
import re
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
from litestar.types import ASGIApp

from services.cases import queries
from services.lifecycle import commands as c
from services.lifecycle.facts import Words
from services.lifecycle.kinds import Outcome, Role
from services.tenants import people
from services.tenants.organisations import Organisation
from services.wording.say import vocabulary
from tests.database import Database
from tests.tenants.people import Member
from tests.web.cast import Filed, file, give, leo_of, open_acme
from tests.web.faults import doubled_ids
from tests.web.visitor import Visitor, sign_in, visiting

PICKED = re.compile(r'name="pick" value="([^"]+)" checked')


@pytest.fixture(scope="module")
async def acme(settings: object) -> Organisation:
    return await open_acme()


@pytest.fixture(scope="module")
async def vera(app: ASGIApp, acme: Organisation, database: Database) -> Member:
    """A volunteer, to whom cases are given."""
    async with visiting(app) as somebody:
        return await sign_in(somebody, acme, database, Role.VOLUNTEER)


@pytest.fixture(scope="module")
async def ana(app: ASGIApp, acme: Organisation, database: Database) -> AsyncIterator[Visitor]:
    async with visiting(app) as somebody:
        await sign_in(somebody, acme, database, Role.CASEWORKER)
        yield somebody


@pytest.fixture
async def three(app: ASGIApp, acme: Organisation) -> list[Filed]:
    async with visiting(app) as dara:
        return [await file(dara, acme, facts=f"第{n}件：桌板开裂") for n in range(3)]


def place(acme: Organisation) -> str:
    return f"/{acme.slug}/desk/queue/assignment"


async def rehearsed(
    visitor: Visitor, acme: Organisation, to: Member, *numbers: str, query: str = ""
) -> str:
    picks = "".join(f"&pick={number}" for number in numbers)
    page = await visitor.get(f"{place(acme)}?to={to.id}{picks}{query}")
    assert page.status_code == 200, page.text
    assert doubled_ids(page) == set()
    return page.text


async def holder(acme: Organisation, filed: Filed) -> UUID | None:
    return (await queries.case(leo_of(acme), filed.number)).case.assignee


async def test_before_anything_is_done_a_page_tells_what_would_happen(
    ana: Visitor, acme: Organisation, vera: Member, three: list[Filed]
):
    page = await rehearsed(ana, acme, vera, *(one.number for one in three))

    assert "把3件案件分派给" in page
    assert "在办0，三日内0" in page
    assert "不会发出信函" in page
    assert len(PICKED.findall(page)) == 3
    assert [await holder(acme, one) for one in three] == [None, None, None]


async def test_what_was_chosen_is_given_and_the_list_says_how_many(
    ana: Visitor, acme: Organisation, vera: Member, three: list[Filed]
):
    await rehearsed(ana, acme, vera, three[0].number, three[1].number, query="&type=quality")

    answer = await ana.send(place(acme))
    queue = await ana.follow()

    assert answer.headers["location"] == f"/{acme.slug}/desk/queue?view=open&type=quality"
    assert "已分派2件，已记录在案" in queue.text
    assert [await holder(acme, one) for one in three] == [vera.id, vera.id, None]


async def test_who_cannot_be_given_stands_apart_with_the_reason(
    ana: Visitor, acme: Organisation, vera: Member, three: list[Filed]
):
    await give(acme, three[0], c.Close(outcome=Outcome.NOT_SOLVED, text=Words(text="已了结")))
    await give(acme, three[1], c.Assign(to=vera.id))

    page = await rehearsed(ana, acme, vera, *(one.number for one in three))

    assert [pick.partition("@")[0] for pick in PICKED.findall(page)] == [three[2].number]
    assert "2件保持不变" in page
    assert "案件已结束，不需要再有人办理" in page
    assert "案件已经由这个人负责" in page


async def test_a_case_that_moved_on_stays_chosen_with_its_reason(
    ana: Visitor, acme: Organisation, vera: Member, three: list[Filed]
):
    await rehearsed(ana, acme, vera, three[0].number, three[1].number)
    await give(acme, three[1], c.Note(text=Words(text="刚刚来过电话")))

    answer = await ana.send(place(acme))

    assert answer.status_code == 409
    assert "已分派1件" in answer.text
    assert "您查看之后，有人改动了这件案件" in answer.text
    assert PICKED.findall(answer.text) == [f"{three[1].number}@2"]
    assert f"pick={three[1].number}" in answer.text
    assert [await holder(acme, one) for one in three[:2]] == [vera.id, None]

    await ana.send(place(acme))

    assert await holder(acme, three[1]) == vera.id


async def test_sent_twice_it_is_done_once(
    ana: Visitor, acme: Organisation, vera: Member, three: list[Filed]
):
    page = await rehearsed(ana, acme, vera, *(one.number for one in three))
    form = {
        "csrf": re.findall(r'name="csrf" value="([^"]+)"', page)[-1],
        "command_id": str(uuid4()),
        "to": str(vera.id),
        "pick": PICKED.findall(page),
    }

    answers = await asyncio.gather(*(ana.client.post(place(acme), data=form) for _ in range(2)))

    assert [answer.status_code for answer in answers] == [303, 303]
    for one in three:
        view = await queries.case(leo_of(acme), one.number)
        assert [event.kind for event in view.events] == ["filed", "assigned"]


@pytest.fixture
async def foreign(app: ASGIApp, database: Database) -> tuple[Organisation, Filed]:
    """A case of Borealis with a number that Acme has not reached."""
    borealis = await open_acme()
    async with visiting(app) as dara:
        await file(dara, borealis)
        async with database.as_owner() as owner:
            await owner.execute(
                "update case_counter set last = 5000 where tenant_id = $1", borealis.tenant
            )
        return borealis, await file(dara, borealis, facts="别家的秘密")


async def test_numbers_of_other_houses_are_as_unknown_as_those_of_nobody(
    ana: Visitor,
    acme: Organisation,
    vera: Member,
    three: list[Filed],
    foreign: tuple[Organisation, Filed],
):
    borealis, theirs = foreign
    await ana.get(f"/{acme.slug}/desk/queue")

    one = await rehearsed(ana, acme, vera, three[0].number, theirs.number)
    other = await rehearsed(ana, acme, vera, three[0].number, "2026-99999")
    answer = await ana.send(place(acme), pick=[f"{theirs.number}@1", "2026-99999@1"])

    assert "选中的案件里有1件找不到" in one
    assert blurred(one, theirs.number) == blurred(other, "2026-99999")
    assert answer.status_code == 409
    assert "选中的案件里有2件找不到" in answer.text
    assert "别家的秘密" not in one + answer.text
    assert await holder(borealis, theirs) is None


def blurred(page: str, number: str) -> str:
    return re.sub(r"[0-9a-f-]{36}|[0-9a-f]{32,}", "…", page.replace(number, "…"))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "还没有选中案件"),
        ("?pick=2026-1", "看看会怎样"),
        ("?pick=2026-1&to=nobody", "看看会怎样"),
        ("?pick=%F0%9F%92%A9&to=%27", "看看会怎样"),
    ],
)
async def test_what_is_missing_is_asked_for(
    ana: Visitor, acme: Organisation, vera: Member, query: str, told: str
):
    page = await ana.get(f"{place(acme)}{query}")

    assert page.status_code == 200
    assert told in page.text


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.AUDITOR])
async def test_who_may_not_assign_sees_no_boxes_and_reaches_no_page(
    app: ASGIApp, acme: Organisation, three: list[Filed], database: Database, role: Role
):
    async with visiting(app) as somebody:
        await sign_in(somebody, acme, database, role)
        queue = await somebody.get(f"/{acme.slug}/desk/queue")
        answer = await somebody.get(f"{place(acme)}?pick={three[0].number}&to={uuid4()}")

    assert three[0].number in queue.text
    assert 'name="pick"' not in queue.text
    assert 'id="bulk"' not in queue.text
    assert "/owner" not in queue.text
    assert answer.status_code == 403


def test_every_reason_has_a_short_sentence_of_its_own():
    told = vocabulary()["NotAssigned"]

    assert told.keys() == {
        *("stale", "conflict"),
        *("not_in_this_stage", "already_yours", "not_a_person", "not_permitted"),
    }


async def test_a_case_of_somebody_who_left_is_not_called_unassigned(
    app: ASGIApp, acme: Organisation, vera: Member, three: list[Filed], database: Database
):
    async with visiting(app) as otto, visiting(app) as leo:
        gone = await sign_in(otto, acme, database, Role.CASEWORKER)
        await sign_in(leo, acme, database, Role.MANAGER)
        await give(acme, three[0], c.Assign(to=gone.id))
        await people.disable(leo_of(acme), gone.id)

        page = await rehearsed(leo, acme, vera, three[0].number)

    assert "现由已离开的同事负责" in page
    assert "尚未分派" not in page


async def test_more_than_can_be_given_at_once_are_not_called_lost(
    ana: Visitor,
    acme: Organisation,
    vera: Member,
    three: list[Filed],
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("web.queue_assign.CASES_MAX", 2)

    page = await rehearsed(ana, acme, vera, *(one.number for one in three))
    answer = await ana.send(place(acme), pick=[f"{one.number}@1" for one in three])

    for told in (page, answer.text):
        assert "一次最多分派2件" in told
        assert "选中的案件里有1件这次没有列入" in told
        assert "找不到" not in told
    assert answer.status_code == 422
    assert [await holder(acme, one) for one in three] == [None, None, None]
