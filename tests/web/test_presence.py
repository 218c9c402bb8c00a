"""Who else is at a case: shown to those who may see it, for as long as they are there."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from litestar.types import ASGIApp

from infra.settings import Settings
from services.cases import ledger, presence, queries
from services.cases.presence import Doing
from services.cases.receipts import NotFound
from services.lifecycle import commands as c
from services.lifecycle.kinds import Role
from services.tenants import seats
from services.tenants.organisations import Organisation
from services.tenants.seats import Seat
from tests.database import Database
from tests.tenants.people import Member
from tests.web.cast import Filed, file, leo_of, open_acme
from tests.web.listening import hearing, listening
from tests.web.visitor import Visitor, sign_in, visiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Ana and Leo look at the same case; Vera volunteers, and it is not hers."""

    acme: Organisation
    case: Filed
    id: UUID
    ana: Visitor
    ana_is: Member
    leo: Visitor
    leo_is: Member
    vera_is: Member

    @property
    def place(self) -> str:
        return f"/{self.acme.slug}/desk/cases/{self.case.number}"


@pytest.fixture
async def desk(app: ASGIApp, settings: Settings, database: Database) -> AsyncIterator[Desk]:
    acme = await open_acme()
    async with visiting(app) as ana, visiting(app) as leo, visiting(app) as vera:
        async with visiting(app) as dara:
            case = await file(dara, acme)
        yield Desk(
            acme=acme,
            case=case,
            id=await queries.id_of(leo_of(acme), case.number),
            ana=ana,
            ana_is=await sign_in(ana, acme, database),
            leo=leo,
            leo_is=await sign_in(leo, acme, database, Role.MANAGER),
            vera_is=await sign_in(vera, acme, database, Role.VOLUNTEER),
        )


async def beat(who: Visitor, desk: Desk, doing: str) -> int:
    """As the page's script does, with the page's own token."""
    page = await who.get(f"/{desk.acme.slug}/desk/queue")
    token = re.findall(r'"X-CSRF-Token": "([0-9a-f]+)"', page.text)[0]
    headers = {"x-csrf-token": token}
    answer = await who.client.post(f"{desk.place}/presence", data={"doing": doing}, headers=headers)
    return answer.status_code


async def marks(seat: Seat, desk: Desk) -> list[Doing]:
    found = await presence.present(seat, [desk.id])
    return [one.doing for one in found.get(desk.id, ())]


async def aged(database: Database, by: timedelta) -> None:
    async with database.as_owner() as owner:
        await owner.execute("update presence set at = at - $1::interval", by)


async def test_whoever_is_at_a_case_is_seen_there_by_colleagues_and_not_by_herself(desk: Desk):
    assert await beat(desk.ana, desk, "reading") == 204

    row = await desk.leo.get(f"{desk.place}/presence")
    notice = await desk.leo.get(f"{desk.place}/presence?as=notice")
    own = await desk.ana.get(f"{desk.place}/presence?as=notice")

    assert row.text.count('class="presence"') == 1
    assert "notice--who" in notice.text
    assert "<strong>Ana</strong>" in notice.text
    assert own.text.strip() == ""
    assert await marks(desk.leo_is.seat, desk) == [Doing.READING]


async def test_who_writes_is_told_apart_from_who_reads(desk: Desk):
    assert await beat(desk.ana, desk, "writing") == 204

    assert await marks(desk.leo_is.seat, desk) == [Doing.WRITING]
    assert "presence--edit" in (await desk.leo.get(f"{desk.place}/presence")).text


@pytest.mark.parametrize(("later", "seen"), [(44, [Doing.READING]), (45, [])])
async def test_a_mark_fades_45_seconds_after_the_last_beat(
    desk: Desk, database: Database, later: int, seen: list[Doing]
):
    await presence.beat(desk.ana_is.seat, desk.case.number, Doing.READING)
    await aged(database, timedelta(seconds=later))

    assert await marks(desk.leo_is.seat, desk) == seen


async def test_a_beat_keeps_since_when_somebody_is_there(desk: Desk, database: Database):
    await presence.beat(desk.ana_is.seat, desk.case.number, Doing.READING)
    async with database.as_owner() as owner:
        await owner.execute("update presence set since = since - interval '3 minutes'")
    await presence.beat(desk.ana_is.seat, desk.case.number, Doing.READING)
    [[reading]] = (await presence.present(desk.leo_is.seat, [desk.id])).values()
    await presence.beat(desk.ana_is.seat, desk.case.number, Doing.WRITING)
    [[writing]] = (await presence.present(desk.leo_is.seat, [desk.id])).values()

    assert reading.lasting >= timedelta(minutes=3)
    assert writing.lasting < timedelta(minutes=1)


async def test_who_comes_back_after_a_while_has_just_come(desk: Desk, database: Database):
    await presence.beat(desk.ana_is.seat, desk.case.number, Doing.READING)
    async with database.as_owner() as owner:
        await owner.execute("update presence set since = since - interval '1 hour'")
    await aged(database, timedelta(minutes=1))
    await presence.beat(desk.ana_is.seat, desk.case.number, Doing.READING)

    [[mark]] = (await presence.present(desk.leo_is.seat, [desk.id])).values()

    assert mark.lasting < timedelta(minutes=1)


async def test_a_volunteer_sees_and_leaves_marks_only_at_her_own_cases(desk: Desk):
    await presence.beat(desk.ana_is.seat, desk.case.number, Doing.WRITING)

    with pytest.raises(NotFound):
        await presence.beat(desk.vera_is.seat, desk.case.number, Doing.READING)
    assert await marks(desk.vera_is.seat, desk) == []

    take = c.Take()
    await ledger.apply(desk.vera_is.seat, desk.case.number, take, command_id=uuid4())
    await presence.beat(desk.vera_is.seat, desk.case.number, Doing.READING)
    assert await marks(desk.vera_is.seat, desk) == [Doing.WRITING]
    assert await marks(desk.leo_is.seat, desk) == [Doing.WRITING, Doing.READING]


async def test_neither_party_of_a_case_is_told_who_works_on_it(desk: Desk):
    await presence.beat(desk.ana_is.seat, desk.case.number, Doing.WRITING)

    for party in (seats.consumer, seats.merchant):
        seat = party(tenant=desk.acme.tenant, slug=desk.acme.slug, case=desk.id)
        assert await marks(seat, desk) == []
        with pytest.raises(NotFound):
            await presence.beat(seat, desk.case.number, Doing.READING)


async def test_another_house_sees_nobody(desk: Desk, app: ASGIApp, database: Database):
    await presence.beat(desk.ana_is.seat, desk.case.number, Doing.WRITING)
    borealis = await open_acme()

    assert await marks(leo_of(borealis), desk) == []
    with pytest.raises(NotFound):
        await presence.beat(leo_of(borealis), desk.case.number, Doing.READING)


async def test_nobody_is_kept_from_working_by_a_mark(desk: Desk):
    await presence.beat(desk.ana_is.seat, desk.case.number, Doing.WRITING)

    receipt = await ledger.apply(desk.leo_is.seat, desk.case.number, c.TakeOn(), command_id=uuid4())

    assert not receipt.replayed


async def test_arriving_and_beginning_to_write_are_news_and_a_beat_is_none(
    desk: Desk, app: ASGIApp, settings: Settings
):
    told = ("presence", {"number": desk.case.number})
    async with hearing(app, settings), listening(app, desk.leo, desk.acme) as page:
        await page.next()
        for doing in (Doing.READING, Doing.READING, Doing.WRITING):
            await presence.beat(desk.ana_is.seat, desk.case.number, doing)
            if page.last.endswith("-0"):
                assert await page.next() == told
        assert await page.next() == told
        await presence.beat(desk.leo_is.seat, desk.case.number, Doing.READING)
        await ledger.apply(desk.leo_is.seat, desk.case.number, c.TakeOn(), command_id=uuid4())

        assert await page.next() == ("queue", {"numbers": [desk.case.number]}), "not of oneself"
