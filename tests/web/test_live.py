"""News of what changes: to whom it is told, what a gap means, and when a stream ends."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from litestar.types import ASGIApp

from infra.settings import Settings
from services.cases import ledger
from services.lifecycle import commands as c
from services.lifecycle.kinds import Role
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.tenants.people import Member, join
from tests.web.cast import Filed, file, give, open_acme
from tests.web.listening import Listener, hearing, listening
from tests.web.visitor import Visitor, sign_in, visiting
from web import hub as hubs
from web import live
from web.hub import Hub


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Ana handles at Acme, Vera volunteers there, Cleo handles at Borealis."""

    acme: Organisation
    borealis: Organisation
    ana: Visitor
    vera: Visitor
    vera_is: Member
    cleo: Visitor


@pytest.fixture(scope="module")
async def hub(app: ASGIApp, settings: Settings, database: Database) -> AsyncIterator[Hub]:
    async with hearing(app, settings) as hub:
        yield hub


@pytest.fixture(scope="module")
async def desk(app: ASGIApp, hub: Hub, database: Database) -> AsyncIterator[Desk]:
    acme, borealis = await open_acme(), await open_acme()
    async with visiting(app) as ana, visiting(app) as vera, visiting(app) as cleo:
        await sign_in(ana, acme, database)
        vera_is = await sign_in(vera, acme, database, Role.VOLUNTEER)
        await sign_in(cleo, borealis, database, Role.MANAGER)
        yield Desk(acme=acme, borealis=borealis, ana=ana, vera=vera, vera_is=vera_is, cleo=cleo)


async def filed(app: ASGIApp, acme: Organisation) -> Filed:
    async with visiting(app) as dara:
        return await file(dara, acme)


async def test_a_stream_is_an_answer_that_no_cache_and_no_proxy_keeps(app: ASGIApp, desk: Desk):
    async with listening(app, desk.ana, desk.acme) as page:
        assert await page.next() == ("ready", {})

        assert page.status == 200
        assert page.headers["content-type"].startswith("text/event-stream")
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["x-accel-buffering"] == "no"
        assert page.headers["content-security-policy"]


async def test_a_change_by_anybody_is_told_by_the_number_of_the_case(app: ASGIApp, desk: Desk):
    async with listening(app, desk.ana, desk.acme) as page:
        await page.next()

        case = await filed(app, desk.acme)
        assert await page.next() == ("queue", {"numbers": [case.number]})
        await give(desk.acme, case, c.TakeOn())
        assert await page.next() == ("queue", {"numbers": [case.number]})


async def test_the_neighbours_hear_nothing(app: ASGIApp, desk: Desk):
    async with (
        listening(app, desk.cleo, desk.borealis) as neighbour,
        listening(app, desk.ana, desk.acme) as page,
    ):
        await neighbour.next()
        await page.next()

        case = await filed(app, desk.acme)
        assert await page.next() == ("queue", {"numbers": [case.number]})
        own = await filed(app, desk.borealis)
        assert await neighbour.next() == ("queue", {"numbers": [own.number]})

    assert neighbour.last.endswith("-1"), "nobody counts what others do"


async def test_nobody_opens_the_stream_of_another_house(app: ASGIApp, desk: Desk):
    async with listening(app, desk.cleo, desk.acme) as page:
        assert page.status == 404


async def test_a_volunteer_hears_of_free_cases_and_of_her_own(app: ASGIApp, desk: Desk):
    async with listening(app, desk.vera, desk.acme) as page:
        await page.next()
        free, hers = await filed(app, desk.acme), await filed(app, desk.acme)
        await heard_of(page, {free.number, hers.number})
        await ledger.apply(desk.vera_is.seat, hers.number, c.Take(), command_id=uuid4())
        assert await page.next() == ("queue", {"numbers": [hers.number]})

        await give(desk.acme, free, c.Assign(to=(await join(desk.acme)).id))
        assert await page.next() == ("queue", {"numbers": [free.number]}), "it is free no more"
        await give(desk.acme, free, c.TakeOn())
        await give(desk.acme, hers, c.TakeOn())

        assert await page.next() == ("queue", {"numbers": [hers.number]})


async def heard_of(page: Listener, wanted: set[str]) -> None:
    heard: set[str] = set()
    while heard != wanted:
        told = await page.next()
        assert told
        heard |= set(told[1]["numbers"])


async def test_what_came_in_a_gap_is_told_after_it(app: ASGIApp, desk: Desk):
    async with listening(app, desk.ana, desk.acme) as page:
        await page.next()
    missed = [await filed(app, desk.acme) for _ in range(2)]

    async with listening(app, desk.ana, desk.acme, last_event_id=page.last) as again:
        await again.next()
        assert await again.next() == ("queue", {"numbers": [one.number for one in missed]})


@pytest.mark.parametrize("since", ["00000000-1", "-", "x" * 3_000, "%F0%9F%90%A6", "٣-٣", "0-0-0"])
async def test_a_mark_of_another_time_means_look_again(app: ASGIApp, desk: Desk, since: str):
    async with listening(app, desk.ana, desk.acme, f"since={since}") as page:
        await page.next()
        assert await page.next() == ("refresh", {})


async def test_a_mark_that_is_too_old_means_look_again(
    app: ASGIApp, desk: Desk, hub: Hub, monkeypatch: pytest.MonkeyPatch
):
    mark = hub.mark(desk.acme.tenant)
    house = hub.houses[desk.acme.tenant]
    [*_, (_, item)] = house.recent
    for _ in range(hubs.KEPT + 1):
        house.tell(item)

    async with listening(app, desk.ana, desk.acme, f"since={mark}") as page:
        await page.next()
        assert await page.next() == ("refresh", {})


async def test_a_page_knows_up_to_where_it_was_read(app: ASGIApp, desk: Desk, hub: Hub):
    page = await desk.ana.get(f"/{desk.acme.slug}/desk/queue")

    assert f'data-since="{hub.mark(desk.acme.tenant)}"' in page.text


async def test_a_poll_tells_what_came_and_ends(app: ASGIApp, desk: Desk, hub: Hub):
    mark = hub.mark(desk.acme.tenant)
    case = await filed(app, desk.acme)

    async with listening(app, desk.ana, desk.acme, f"once=yes&since={mark}") as page:
        assert await page.next() == ("ready", {})
        assert await page.next() == ("queue", {"numbers": [case.number]})
        assert await page.next() is None


async def test_silence_is_broken_by_a_beat(
    app: ASGIApp, desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.05)
    async with listening(app, desk.ana, desk.acme) as page:
        await page.beat()
        await page.beat()


async def test_a_stream_ends_with_its_session(app: ASGIApp, desk: Desk, database: Database):
    async with visiting(app) as leaving:
        await sign_in(leaving, desk.acme, database)
        await leaving.get(f"/{desk.acme.slug}/desk/queue")
        async with listening(app, leaving, desk.acme) as page:
            await page.next()
            await leaving.send("/session/end")

            assert await page.next() == ("over", {})
            assert await page.next() is None


async def test_listening_keeps_nobody_signed_in(
    app: ASGIApp, desk: Desk, database: Database, monkeypatch: pytest.MonkeyPatch
):
    async with visiting(app) as idle:
        member = await sign_in(idle, desk.acme, database)
        async with listening(app, idle, desk.acme) as page:
            await page.next()
            monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.05)
            await last_seen(database, member, ago=timedelta(minutes=29))
            async with listening(app, idle, desk.acme) as other:
                await other.beat()
            await last_seen(database, member, ago=timedelta(minutes=31))
            async with listening(app, idle, desk.acme) as late:
                pass

    assert late.status == 303


async def last_seen(database: Database, member: Member, *, ago: timedelta) -> None:
    async with database.as_owner() as owner:
        seen = await owner.fetchval(
            "select max(seen_at) from session where person_id = $1", member.id
        )
        await owner.execute(
            "update session set seen_at = clock_timestamp() - $2::interval where person_id = $1",
            member.id,
            ago,
        )
    assert seen


async def test_one_session_has_a_limited_number_of_streams(
    app: ASGIApp, desk: Desk, hub: Hub, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(hubs, "STREAMS_MAX", 1)
    async with listening(app, desk.ana, desk.acme) as first:
        await first.next()
        async with listening(app, desk.ana, desk.acme) as second:
            pass
    async with listening(app, desk.ana, desk.acme) as third:
        await third.next()

    assert (first.status, second.status, third.status) == (200, 429, 200)
    assert not hub.houses[desk.acme.tenant].streams


async def test_a_page_that_cannot_keep_up_is_told_to_look_again(
    app: ASGIApp, desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(hubs, "WAITING_MAX", 1)
    mark = "x"
    async with listening(app, desk.ana, desk.acme) as page:
        await page.next()
        mark = page.last
    for _ in range(2):
        await filed(app, desk.acme)

    async with listening(app, desk.ana, desk.acme, f"since={mark}") as page:
        await page.next()
        assert await page.next() == ("refresh", {})


async def test_when_the_database_is_lost_streams_end_and_marks_say_no_more(
    app: ASGIApp, desk: Desk, hub: Hub, database: Database
):
    async with listening(app, desk.ana, desk.acme) as page:
        await page.next()
        async with database.as_owner() as owner:
            await owner.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where query ilike 'listen redress_news%' or query ilike 'listen \"redress_news%'"
            )
        assert await page.next() is None
    await asyncio.wait_for(hub.awake.wait(), 10)

    async with listening(app, desk.ana, desk.acme, f"since={page.last}") as again:
        assert await again.next() == ("ready", {})
        assert await again.next() == ("refresh", {})
