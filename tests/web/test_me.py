"""Own settings: how pages look, a new password, and where somebody is signed in."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from litestar.types import ASGIApp

from infra.database import tenant_tx
from services.lifecycle.kinds import Role
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.tenants.people import PASSWORD, Member, next_code, operator
from tests.web.cast import open_acme
from tests.web.visitor import Visitor, sign_in, visiting
from web import browsers

HIS = "select encode(hash, 'hex') from session where person_id = $1 and mfa_at is not null"
NEW = "five slow barges pass the lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """Ana, signed in here."""

    acme: Organisation
    ana: Visitor
    member: Member


@pytest.fixture
async def mine(app: ASGIApp, settings: object, database: Database) -> AsyncIterator[Mine]:
    acme = await open_acme()
    async with visiting(app, **{"User-Agent": "Mozilla/5.0 (Windows) Chrome/1 Safari/1"}) as ana:
        yield Mine(acme=acme, ana=ana, member=await sign_in(ana, acme, database))


async def come_again(who: Visitor, mine: Mine, database: Database, password: str = PASSWORD) -> int:
    """The same person at another browser; answers the status of the last step."""
    await who.get(f"/session?org={mine.acme.slug}")
    answer = await who.send("/session", email=mine.member.email, password=password)
    if answer.status_code == 303:
        await who.follow()
        answer = await who.send("/session/code", code=await next_code(mine.member, database))
    return answer.status_code


async def told(mine: Mine) -> list[str]:
    async with tenant_tx(operator(mine.acme)) as tx:
        rows = await tx.fetch("select kind from audit_entry order by seq desc limit 5")
    return [row["kind"] for row in rows]


async def test_a_person_reads_who_she_is_and_how_the_pages_look(mine: Mine):
    page = await mine.ana.get("/me?theme=dark&keys=off")

    assert mine.member.email in page.text
    assert 'data-theme="dark"' in page.text
    assert 'data-keys="off"' in page.text
    assert page.text.count('aria-current="true"') == 4
    again = await mine.ana.get(f"/{mine.acme.slug}/desk/queue")
    assert 'data-keys="off"' in again.text, "it lasts"


async def test_a_new_password_takes_the_old_one_and_a_code_and_ends_other_sessions(
    mine: Mine, app: ASGIApp, database: Database
):
    async with visiting(app) as elsewhere, visiting(app) as later:
        await come_again(elsewhere, mine, database)
        await mine.ana.get("/me")
        code = await next_code(mine.member, database)
        answer = await mine.ana.send("/me/password", password=PASSWORD, new_password=NEW, code=code)

        assert answer.headers["location"] == "/me"
        assert "密码已修改" in (await mine.ana.follow()).text
        assert (await elsewhere.get("/me")).status_code == 303, "signed out there"
        assert await come_again(later, mine, database) == 422, "the old one opens nothing"
        assert await come_again(later, mine, database, NEW) == 303
    assert "password_changed" in await told(mine)


@pytest.mark.parametrize("wrong", ["password", "code"])
async def test_either_proof_alone_changes_nothing_and_is_not_told_apart(
    mine: Mine, app: ASGIApp, database: Database, wrong: str
):
    await mine.ana.get("/me")
    typed = {"password": PASSWORD, "code": await next_code(mine.member, database)}
    answer = await mine.ana.send("/me/password", **{**typed, wrong: "000"}, new_password=NEW)

    assert answer.status_code == 422
    assert "当前密码和验证码有一项不对" in answer.text
    assert "错误：" in answer.text.split("</title>")[0]
    assert PASSWORD not in answer.text
    assert (await told(mine))[0] == "sign_in_failed"
    async with visiting(app) as later:
        assert await come_again(later, mine, database) == 303


async def test_guessing_the_old_password_gets_slower(mine: Mine):
    await mine.ana.get("/me")
    typed = {"password": "not this one at all", "code": "000000", "new_password": NEW}
    answers = [
        (await mine.ana.client.post("/me/password", data={**form(mine), **typed})).status_code
        for _ in range(7)
    ]

    assert answers[0] == 422
    assert answers[-1] == 429


def form(mine: Mine) -> dict[str, str]:
    assert mine.ana.last
    csrf = mine.ana.last.text.split('name="csrf" value="')[1].split('"')[0]
    return {"csrf": csrf}


async def test_a_new_password_that_is_weak_is_told_beside_its_field(mine: Mine):
    await mine.ana.get("/me")
    answer = await mine.ana.send("/me/password", password=PASSWORD, new_password="short", code="1")

    assert answer.status_code == 422
    assert 'id="new-password-fault"' in answer.text


async def test_somebody_sees_where_she_is_signed_in_and_ends_one_of_them(
    mine: Mine, app: ASGIApp, database: Database
):
    async with visiting(app, **{"User-Agent": "Mozilla/5.0 (iPhone) MicroMessenger/8"}) as phone:
        await come_again(phone, mine, database)
        page = await mine.ana.get("/me/sessions")
        assert "WeChat · iPhone" in page.text
        assert "Chrome · Windows" in page.text
        [action] = re.findall(r'action="(/me/sessions/[0-9a-f]{64}/end)"', page.text)

        await mine.ana.send(action)

        assert (await phone.get("/me")).status_code == 303
        assert (await mine.ana.get("/me/sessions")).text.count('class="sign-in"') == 1
    assert "session_revoked" in await told(mine)


async def test_all_others_are_ended_at_once(mine: Mine, app: ASGIApp, database: Database):
    async with visiting(app) as one, visiting(app) as two:
        await come_again(one, mine, database)
        await come_again(two, mine, database)
        await mine.ana.get("/me/sessions")
        await mine.ana.send("/me/sessions/end")

        assert [(await who.get("/me")).status_code for who in (one, two)] == [303, 303]
        assert (await mine.ana.get("/me")).status_code == 200


async def test_nobody_ends_the_session_of_somebody_else(
    mine: Mine, app: ASGIApp, database: Database
):
    async with visiting(app) as other:
        leo = await sign_in(other, mine.acme, database, Role.MANAGER)
        async with tenant_tx(operator(mine.acme)) as tx:
            his = await tx.fetchval(HIS, leo.id)
        await mine.ana.get("/me/sessions")
        place = f"/me/sessions/{his}/end"
        answer = await mine.ana.client.post(place, data=form(mine))

        assert answer.status_code == 422
        assert (await other.get("/me")).status_code == 200


async def test_the_keys_have_a_page_of_their_own_where_they_are_turned_off(mine: Mine):
    page = await mine.ana.get("/me/shortcuts")

    assert '<dl class="keylist">' in page.text
    assert 'href="?keys=off"' in page.text


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/156.0 Safari/537.36 Edg/156.0", "Edge · Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120 MicroMessenger/8.0", "WeChat · Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Version/17 Safari/605", "Safari · macOS"),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_called_as_people_call_it(line: str, name: str):
    assert browsers.named(line) == name
