"""One complaint from the phone to the queue and back, in a real browser without scripts."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

from playwright.async_api import Page
from temporalio.client import Client, WorkflowExecutionDescription, WorkflowExecutionStatus

from services.lifecycle.bells import local_day
from services.lifecycle.kinds import Ball, Door, FilingState, Outcome, Role, Stage
from services.wording.standing import Standing, say_standing
from tests.journeys.consumers import Filed, file, open_link
from tests.journeys.product import Product
from tests.journeys.visitors import People, Typed, main, press, type_into
from workflows import search_attributes

AGREED = "全额退款，运费由店铺承担"
HAPPENED = (
    *("filed", "taken_on", "door_opened", "filing_recorded", "paused", "resumed"),
    *("offer_made", "offer_accepted", "promise_broken", "closed", "reopened"),
)
FILED_BY_POST = {
    "proof.kind": "mail_receipt",
    "proof.reference": "挂号信 XA 0000 1286 5 CN",
    "capacity": "agent",
}
PAUSED = {"holder": "consumer", "reason": "papers_missing"}
NOT_SOLVED = {"outcome": "not_solved", "text": "商家承诺退款后没有履行，已告知可以起诉。"}
SECONDS_MAX = 20.0


def today() -> date:
    return local_day(datetime.now(UTC))


def in_a_week() -> str:
    return (today() + timedelta(days=7)).isoformat()


class Walk:
    """The consumer's page and the desk's, of one case; after each step both are read."""

    def __init__(self, product: Product, consumer: Page, staff: Page, filed: Filed) -> None:
        self.product, self.filed = product, filed
        self.consumer, self.staff = consumer, staff

    async def stands(self, stage: Stage, ball: Ball, **more: Any) -> None:
        """Stage, filing and turn, said alike to both readers and to programs."""
        state = more.pop("state", None)
        standing = Standing(stage=stage, ball=ball, state=state, **more)
        await self.staff.goto(self.product.desk(f"cases/{self.filed.number}"))
        told_staff = await self.staff.locator(".pagehead-sub .tag").first.text_content()
        assert told_staff == say_standing(standing, reader=Role.CASEWORKER, today=today())
        await self.consumer.goto(f"/s/{self.filed.number}/status")
        told_consumer = await self.consumer.locator("#standing").text_content()
        assert told_consumer == say_standing(standing, reader=Role.CONSUMER, today=today())
        case = await self.product.asked(f"cases/{self.filed.number}")
        assert (case["stage"], case["ball"]) == (stage, ball)

    async def staff_does(self, noun: str, typed: Typed | None = None) -> None:
        await self.do(self.staff, self.product.desk(f"cases/{self.filed.number}/{noun}"), typed)

    async def consumer_does(self, noun: str, typed: Typed | None = None) -> None:
        """By the button on her page, which leads to a page that asks before anything happens."""
        await self.consumer.locator(f"main a[href$='/{noun}']").click()
        await self.do(self.consumer, self.consumer.url, typed)

    async def do(self, page: Page, url: str, typed: Typed | None) -> None:
        await page.goto(url)
        await type_into(page, typed or {}, form="form.act")
        assert await press(page, form="form.act") == 200, await main(page)


async def test_a_whole_case_without_scripts(product: Product, people: People) -> None:
    walk = await filed_and_found(product, people)
    merchant = {"door": Door.MERCHANT}
    sent = {**merchant, "state": FilingState.SENT, "on": today()}

    assert await press(walk.staff, form=".next-acts form[action$='/taking-on']") == 200
    await walk.stands(Stage.AWAITING_MERCHANT, Ball.ASSOCIATION, **merchant, state=FilingState.OWED)
    await walk.staff_does("filing", {**FILED_BY_POST, "on": today().isoformat()})
    await walk.stands(Stage.AWAITING_MERCHANT, Ball.MERCHANT, **sent)
    assert FILED_BY_POST["proof.reference"] in await main(walk.staff)
    await walk.staff_does("pause", PAUSED)
    await walk.stands(Stage.AWAITING_MERCHANT, Ball.CONSUMER, **merchant, state="paused")
    await walk.staff_does("resumption")
    await walk.stands(Stage.AWAITING_MERCHANT, Ball.MERCHANT, **sent)

    await offered_and_accepted(walk)
    await walk.consumer_does("breach", {"text": "说好的日期没有收到退款。"})
    await walk.stands(Stage.AWAITING_MERCHANT, Ball.ASSOCIATION, **merchant, state="answered")
    await walk.staff_does("closure", NOT_SOLVED)
    await walk.stands(Stage.CLOSED, Ball.NOBODY, outcome=Outcome.NOT_SOLVED)
    assert NOT_SOLVED["text"] in await main(walk.consumer)
    await walk.consumer_does("reopening", {"text": "商家又来电话，说愿意再谈。"})
    await walk.stands(Stage.AWAITING_MERCHANT, Ball.ASSOCIATION, **merchant, state="answered")

    await the_api_tells_the_same(walk)
    await the_clock_shows_the_same(walk)


async def filed_and_found(product: Product, people: People) -> Walk:
    """She files on her phone and comes back by her link; the desk finds it in the queue."""
    phone = await people.visitor()
    filed = await file(phone, product.demo["org"])
    assert filed.number in await main(phone)
    assert filed.link.startswith(f"{product.pages}/s/")
    consumer = await people.visitor()
    await open_link(consumer, filed)
    staff = await people.colleague("chen")
    await staff.locator(f"a.case-title[href*='/{filed.number}?']").click()
    walk = Walk(product, consumer, staff, filed)
    await walk.stands(Stage.SUBMITTED, Ball.ASSOCIATION)
    return walk


async def offered_and_accepted(walk: Walk) -> None:
    """Agreed is not fulfilled: the case is settled, and a promise is open."""
    offer = {"party": "merchant", "terms": AGREED, "fulfil_by": in_a_week(), "amount": "1286"}
    await walk.staff_does("offer", offer)
    await walk.stands(Stage.AWAITING_MERCHANT, Ball.CONSUMER, door=Door.MERCHANT, state="offered")
    assert AGREED in await main(walk.consumer)
    await walk.consumer_does("agreement", {"digits": "6021"})
    await walk.stands(Stage.SETTLED, Ball.MERCHANT, door=Door.MERCHANT, state="promise")


async def the_api_tells_the_same(walk: Walk) -> None:
    number = walk.filed.number
    case = await walk.product.asked(f"cases/{number}")
    events = (await walk.product.asked(f"cases/{number}/events"))["items"]

    assert tuple(each["event"] for each in events) == HAPPENED
    assert [each["seq"] for each in events] == list(range(1, len(HAPPENED) + 1))
    assert case["version"] == len(HAPPENED)
    assert case["filing"] == {"rung": "merchant", "state": "answered"}
    assert [offer["accepted"] for offer in case["offers"]] == [True]
    assert [promise["kept"] for promise in case["promises"]] == [False]
    assert await walk.staff.locator(".tl-item").count() == len(HAPPENED)


async def the_clock_shows_the_same(walk: Walk) -> None:
    """What an operator sees in Temporal, once the clock has caught up."""
    client = await Client.connect(walk.product.told["temporal"])
    query = f"CaseNumber = '{walk.filed.number}' AND ExecutionStatus = 'Running'"
    async with asyncio.timeout(SECONDS_MAX):
        while True:
            found = [each.id async for each in client.list_workflows(query)]
            shown = [await client.get_workflow_handle(each).describe() for each in found]
            if [stage_of(each) for each in shown] == [Stage.AWAITING_MERCHANT]:
                break
            await asyncio.sleep(0.2)
    assert shown[0].id.startswith("case/")
    assert shown[0].status is WorkflowExecutionStatus.RUNNING


def stage_of(shown: WorkflowExecutionDescription) -> str | None:
    return shown.typed_search_attributes.get(search_attributes.STAGE)
