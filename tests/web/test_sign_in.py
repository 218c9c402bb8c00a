import re

import pytest

from services.lifecycle.kinds import Role
from services.tenants import invitations, seats
from services.tenants.organisations import Organisation
from tests.database import Database
from tests.tenants.people import PASSWORD, found_acme, join, next_code
from tests.web.visitor import Visitor, sign_in


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await found_acme()


async def test_password_phone_and_recovery_codes_lead_to_the_queue(
    visitor: Visitor, acme: Organisation, database: Database
):
    member = await sign_in(visitor, acme, database)

    page = visitor.last
    assert page.status_code == 200
    assert len(re.findall(r"<li><code", page.text)) == 10
    assert f'href="/{acme.slug}/desk/queue"' in page.text
    assert visitor.client.cookies.get("session")
    assert not visitor.client.cookies.get("second-step")
    assert member.secret


async def test_the_second_time_a_code_is_enough_and_leads_where_one_wanted_to_go(
    visitor: Visitor, acme: Organisation, database: Database
):
    member = await sign_in(visitor, acme, database)
    visitor.client.cookies.clear()

    await visitor.get(f"/session?org={acme.slug}&then=/{acme.slug}/desk/cases/2026-1")
    await visitor.send("/session", email=member.email, password=PASSWORD)
    page = await visitor.follow()
    answer = await visitor.send("/session/code", code=await next_code(member, database))

    assert "svg" not in page.text.split("<main")[1].split("</main>")[0]
    assert answer.headers["location"] == f"/{acme.slug}/desk/cases/2026-1"


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example"])
async def test_nobody_is_led_to_another_site(
    visitor: Visitor, acme: Organisation, database: Database, elsewhere: str
):
    member = await sign_in(visitor, acme, database)

    await visitor.get("/session")
    await visitor.send(
        "/session", org=acme.slug, email=member.email, password=PASSWORD, then=elsewhere
    )
    await visitor.follow()
    answer = await visitor.send(
        "/session/code", code=await next_code(member, database), then=elsewhere
    )

    assert answer.headers["location"] == f"/{acme.slug}/desk/queue"


async def test_wrong_credentials_keep_what_was_typed_but_never_the_password(
    visitor: Visitor, acme: Organisation
):
    await visitor.get("/session")

    answer = await visitor.send(
        "/session", org=acme.slug, email="ana@acme.example", password="hunter2 hunter2"
    )

    assert answer.status_code == 422
    assert "对不上" in answer.text
    assert 'value="ana@acme.example"' in answer.text
    assert "hunter2" not in answer.text


@pytest.mark.parametrize("org", ["nobody-here", "ACME!", "acme\x00", "", "x" * 300])
async def test_an_unknown_association_is_told_like_wrong_credentials_or_as_a_fault(
    visitor: Visitor, settings: object, org: str
):
    await visitor.get("/session")

    answer = await visitor.send("/session", org=org, email="ana@acme.example", password=PASSWORD)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


async def test_a_wrong_code_is_told_and_the_right_one_still_works(
    visitor: Visitor, acme: Organisation, database: Database
):
    member = await sign_in(visitor, acme, database)
    await visitor.get(f"/session?org={acme.slug}")
    await visitor.send("/session", email=member.email, password=PASSWORD)
    await visitor.follow()

    wrong = await visitor.send("/session/code", code="000000")
    right = await visitor.send("/session/code", code=await next_code(member, database))

    assert wrong.status_code == 422
    assert "验证码不对" in wrong.text
    assert right.status_code == 303


async def test_many_wrong_tries_are_slowed_down_with_a_sentence(
    visitor: Visitor, acme: Organisation
):
    member = await join(acme)
    await visitor.get(f"/session?org={acme.slug}")

    answers = [
        await visitor.send("/session", email=member.email, password="quite wrong, sorry")
        for _ in range(7)
    ]

    assert [answer.status_code for answer in answers][:3] == [422, 422, 422]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert "没有被锁定" in answers[-1].text


async def test_signing_out_ends_the_session_and_says_so(
    visitor: Visitor, acme: Organisation, database: Database
):
    await sign_in(visitor, acme, database)
    held = visitor.client.cookies["session"]
    token = await csrf_of(visitor)

    answer = await visitor.client.post("/session/end", data={"csrf": token})
    visitor.last = answer
    page = await visitor.follow()
    visitor.client.cookies.set("session", held)
    again = await visitor.client.post("/session/end", data={"csrf": token})

    assert "您已退出登录" in page.text
    assert again.status_code == 401


async def test_a_letter_of_invitation_loses_its_secret_and_sets_a_password(
    visitor: Visitor, acme: Organisation
):
    operator = seats.operator(tenant=acme.tenant, slug=acme.slug)
    invited = await invitations.invite(operator, email="neu@acme.example", role=Role.VOLUNTEER)

    opened = await visitor.get(f"/invitations/{invited.token}")
    page = await visitor.follow()
    weak = await visitor.send("/invitations", name="古丽", new_password="123456789012")
    set_up = await visitor.send("/invitations", name="古丽", new_password=PASSWORD)
    used = await visitor.get(f"/invitations/{invited.token}")
    void = await visitor.follow()

    assert invited.token not in opened.headers["location"]
    assert invited.token not in page.text
    assert (weak.status_code, set_up.status_code) == (422, 303)
    assert "很容易被猜到" in weak.text
    assert 'value="古丽"' in weak.text
    assert used.status_code == 303
    assert void.status_code == 422


async def csrf_of(visitor: Visitor) -> str:
    """As every page of the desk carries it."""
    answer = await visitor.client.post("/session/end", data={"csrf": "wrong", "kept": "x"})
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', answer.text)
    assert answer.status_code == 403
    return found[1] if found else ""
