"""Nobody acts: the demo's case climbs by itself. It runs beside the other journeys and is read
last, as its file's name has it.
"""

import asyncio
import re
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from services.lifecycle.kinds import Door, FilingState, ProofKind, Stage
from services.wording.say import phrase, say
from tests.journeys.consumers import Filed, open_link
from tests.journeys.product import Product
from tests.journeys.visitors import People, main

THREE_MINUTES = timedelta(minutes=3)
SECONDS_MAX = 200.0
DOORS = (Door.MERCHANT, Door.PLATFORM, Door.REGULATOR)
DISCLAIMED = re.compile("提交不等于对方已受理|发出不等于对方已同意")
CLAIMS = (phrase("Filing", "accepted"), phrase("Filing", "received"), say(FilingState.ANSWERED))


async def test_the_demo_case_climbs_to_the_regulator_with_no_hand_on_it(
    product: Product, people: People
) -> None:
    number = product.demo["watch_it_climb"].rsplit("/", 1)[1]
    case = await at_the_regulator(product, number)
    events = (await product.asked(f"cases/{number}/events"))["items"]

    assert {each["role"] for each in events[1:]} == {"clock"}
    opened = {e["facts"]["door"]: e["at"] for e in events if e["event"] == "door_opened"}
    assert tuple(opened) == DOORS
    filed_at = datetime.fromisoformat(case["filed_at"])
    assert datetime.fromisoformat(opened[Door.REGULATOR]) - filed_at < THREE_MINUTES
    assert [(f["rung"], f["state"], f["verdict"]) for f in case["filings"]] == [
        (door, FilingState.SENT, None) for door in DOORS
    ]

    letters = {door: the_letter(product.mails, door, number) for door in DOORS}
    staff = await people.colleague("zhou")
    await staff.goto(product.demo["watch_it_climb"])
    for door, (path, letter) in letters.items():
        [told] = [
            await row.text_content() or ""
            for row in await staff.locator("[aria-labelledby=h-filings] .filing").all()
            if await row.locator(".filing-door").text_content() == say(door)
        ]
        assert say(ProofKind.SMTP) in told
        assert path.name in told
        assert letter["Message-ID"] in told
    consumer = await people.visitor()
    filed = Filed(number=number, link=product.demo["status_link"])
    await open_link(consumer, filed, product.demo["phone_last_digits"])
    for page in (staff, consumer):
        assert await page.locator(".stair--now").count() == 1
        assert say(Stage.ESCALATED_TO_REGULATOR) in await main(page)
        assert not [claim for claim in CLAIMS if claim in await standing_and_past(page)]


async def at_the_regulator(product: Product, number: str) -> Any:
    async with asyncio.timeout(SECONDS_MAX):
        while True:
            case = await product.asked(f"cases/{number}")
            if case["filing"] == {"rung": "regulator", "state": "sent"}:
                return case
            await asyncio.sleep(0.5)


def the_letter(folder: Path, door: Door, number: str) -> tuple[Path, EmailMessage]:
    """The one demand about this case that the mail sink took for this door's mailbox."""
    [found] = [
        (path, letter)
        for path in sorted(folder.glob("*.eml"))
        if is_demand(letter := read(path), f"{door}@demo.example", number)
    ]
    return found


def read(path: Path) -> EmailMessage:
    letter = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    assert isinstance(letter, EmailMessage)
    return letter


def is_demand(letter: EmailMessage, mailbox: str, number: str) -> bool:
    about = f"{letter['Subject']} {letter.get_content()}"
    is_other = bool(re.search("催|提醒|6位数字", str(letter["Subject"])))
    return letter["X-Original-To"] == mailbox and number in about and not is_other


async def standing_and_past(page: Page) -> str:
    """What the page says of the case, apart from what may be done with it."""
    told = page.locator(".stairs, .tl, .dl, .hero, .pagehead")
    said = " ".join(await told.all_text_contents())
    assert len(DISCLAIMED.findall(said)) >= len(DOORS)
    return DISCLAIMED.sub("", said)
