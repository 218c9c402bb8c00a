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

        carried = set(re.findall(r"\?from=([^\"#&]+)", page.text))
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
