"""Where somebody came from stays with them: through the case, its acts, and on to the next one."""

import re
from urllib.parse import quote

from litestar.types import ASGIApp

from services.lifecycle import commands as c
from services.lifecycle.kinds import Role
from tests.database import Database
from tests.web.cast import file, give, open_acme
from tests.web.visitor import Visitor, sign_in, visiting

MINE = "?from=" + quote("view=mine&status=submitted", safe="")


async def test_the_list_leads_to_its_next_case_and_back_and_through_an_act(
    app: ASGIApp, visitor: Visitor, database: Database
):
    acme = await open_acme()
    cases = [await file(visitor, acme) for _ in range(3)]
    async with visiting(app) as ana:
        member = await sign_in(ana, acme, database, Role.CASEWORKER)
        for each in cases[:2]:
            await give(acme, each, c.Assign(to=member.id))
        base = f"/{acme.slug}/desk/cases"

        page = await ana.get(f"{base}/{cases[0].number}{MINE}")

        assert "第1件，共2件" in page.text
        assert f'href="{base}/{cases[1].number}{MINE}" rel="next"' in page.text
        assert 'rel="prev"' not in page.text
        assert f'href="/{acme.slug}/desk/queue?view=mine&amp;status=submitted"' in page.text

        await ana.get(f"{base}/{cases[0].number}/pause{MINE}")
        typed = {"holder": "consumer", "reason": "appraisal"}
        await ana.send(f"{base}/{cases[0].number}/pause{MINE}", **typed)
        after = await ana.follow()

        assert f"/cases/{cases[1].number}{MINE}" in after.text


async def test_only_what_the_queue_understands_is_carried_on(
    app: ASGIApp, visitor: Visitor, database: Database
):
    acme = await open_acme()
    case = await file(visitor, acme)
    async with visiting(app) as ana:
        await sign_in(ana, acme, database, Role.CASEWORKER)
        hostile = quote('view=open&"><script>=1&x=//elsewhere', safe="")

        page = await ana.get(f"/{acme.slug}/desk/cases/{case.number}?from={hostile}")

        carried = set(re.findall(r"\?from=([^\"#&]+)", page.text.split("<main")[1]))
        assert carried == {"view%3Dopen"}


async def test_whoever_comes_from_nowhere_is_led_nowhere(
    app: ASGIApp, visitor: Visitor, database: Database
):
    acme = await open_acme()
    case = await file(visitor, acme)
    async with visiting(app) as ana:
        await sign_in(ana, acme, database, Role.CASEWORKER)

        page = await ana.get(f"/{acme.slug}/desk/cases/{case.number}")

        assert "from=" not in page.text
        assert 'rel="next"' not in page.text


async def test_whoever_opens_a_case_is_told_who_is_there_already(
    app: ASGIApp, visitor: Visitor, database: Database
):
    acme = await open_acme()
    place = f"/{acme.slug}/desk/cases/{(await file(visitor, acme)).number}"
    async with visiting(app) as ana, visiting(app) as leo:
        await sign_in(ana, acme, database, Role.CASEWORKER)
        await sign_in(leo, acme, database, Role.MANAGER)

        first = await ana.get(place)
        second = await leo.get(place)

        assert "notice--who" not in first.text
        assert "也刚刚打开了本案" in second.text.split('data-presence="notice"')[1]


async def test_what_happened_since_an_open_page_was_read_is_marked_as_new(
    app: ASGIApp, visitor: Visitor, database: Database
):
    acme = await open_acme()
    case = await file(visitor, acme)
    async with visiting(app) as leo:
        await sign_in(leo, acme, database, Role.MANAGER)
        page = await leo.get(f"/{acme.slug}/desk/cases/{case.number}")
        bar = page.text.split('id="news"')[1].split("</p>")[0]
        assert f'data-number="{case.number}"' in bar
        onwards = re.search(r'href="([^"#]+)#h-tl"', bar)
        assert onwards

        await give(acme, case, c.TakeOn())
        after = await leo.get(onwards[1])

        marked = re.findall(r'id="event-(\d+)"(?:(?!</li>).)*>新</span>', after.text, re.DOTALL)
        assert marked == ["3", "2"]
