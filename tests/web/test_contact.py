"""A contact is confirmed by a code that went there; a lost link comes back to it alone."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from infra.settings import Settings
from services.cases import queries
from services.cases.views import CaseView
from services.lifecycle.reachable import Way
from services.notices.owed import MAIL, SMS
from services.tenants.codes import TRIES, code_of
from services.tenants.organisations import Organisation
from tests.web.cast import Filed, file, leo_of, open_acme
from tests.web.visitor import Visitor, visiting
from web import recovery
from web.app import make_app

DARA = "dara@consumer.example"
PHONE = "13800006021"


@pytest.fixture
async def acme(settings: Settings) -> Organisation:
    return await open_acme()


@pytest.fixture
async def dara(settings: Settings, app: object) -> AsyncIterator[Visitor]:
    """With an installation that can send; the letters themselves are the worker's."""
    reaching = replace(settings, smtp_url="smtp://127.0.0.1:1")
    async with visiting(make_app(reaching)) as somebody:
        yield somebody


@pytest.fixture
async def filed(dara: Visitor, acme: Organisation) -> Filed:
    return await file(dara, acme)


async def seen(acme: Organisation, filed: Filed) -> CaseView:
    return await queries.case(leo_of(acme), filed.number)


async def have_code_sent(dara: Visitor, filed: Filed, way: Way = Way.EMAIL) -> httpx.Response:
    await dara.get(f"/s/{filed.number}/contact")
    return await dara.send(f"/s/{filed.number}/contact/{way}/code")


async def type_code(dara: Visitor, filed: Filed, code: str, way: Way = Way.EMAIL) -> httpx.Response:
    await dara.get(f"/s/{filed.number}/contact/{way}")
    return await dara.send(f"/s/{filed.number}/contact/{way}", code=code)


async def right_code(acme: Organisation, filed: Filed, way: Way = Way.EMAIL) -> str:
    view = await seen(acme, filed)
    sent = view.case.code(way)
    assert sent
    return code_of(view.id, sent.seq)


async def confirm(dara: Visitor, acme: Organisation, filed: Filed, way: Way = Way.EMAIL) -> None:
    await have_code_sent(dara, filed, way)
    answer = await type_code(dara, filed, await right_code(acme, filed, way), way)
    assert answer.status_code == 303, answer.text


async def ask_for_link(dara: Visitor, acme: Organisation, **typed: str) -> httpx.Response:
    await dara.get(f"/{acme.slug}/recovery")
    answer = await dara.send(f"/{acme.slug}/recovery", **typed)
    await asyncio.gather(*recovery.RUNNING)
    return answer


@pytest.mark.parametrize(("way", "channel"), [(Way.EMAIL, MAIL), (Way.PHONE, SMS)])
async def test_a_code_is_owed_to_the_contact_on_record_and_confirms_it(
    dara: Visitor, acme: Organisation, filed: Filed, way: Way, channel: str
):
    await confirm(dara, acme, filed, way)
    view = await seen(acme, filed)
    page = await dara.follow()

    assert view.case.confirmed == {way}
    [notice] = [each for each in view.notices if each.letter == f"code_{way}"]
    assert notice.recipient == "consumer"
    assert "已确认" in page.text
    assert DARA not in page.text
    assert PHONE not in page.text


async def test_a_wrong_code_keeps_everything_and_five_make_it_void(
    dara: Visitor, acme: Organisation, filed: Filed
):
    await have_code_sent(dara, filed)
    right = await right_code(acme, filed)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"

    tries = [await type_code(dara, filed, wrong) for _ in range(TRIES)]
    late = await type_code(dara, filed, right)

    assert {answer.status_code for answer in (*tries, late)} == {422}
    assert "已经作废" in late.text
    assert (await seen(acme, filed)).case.confirmed == frozenset()


async def test_what_is_no_code_is_no_try(dara: Visitor, acme: Organisation, filed: Filed):
    await have_code_sent(dara, filed)
    for typed in ("", "12345", "abcdef", "1234567"):
        assert (await type_code(dara, filed, typed)).status_code == 422

    answer = await type_code(dara, filed, f" {await right_code(acme, filed)} ")

    assert answer.status_code == 303


async def test_a_second_code_at_once_is_refused_kindly(dara: Visitor, filed: Filed):
    first = await have_code_sent(dara, filed)
    second = await have_code_sent(dara, filed)

    assert (first.status_code, second.status_code) == (303, 422)
    assert "还不到一分钟" in second.text


async def test_a_lost_link_comes_back_to_the_confirmed_contact_and_the_old_one_is_over(
    dara: Visitor, acme: Organisation, filed: Filed
):
    await confirm(dara, acme, filed)

    answer = await ask_for_link(dara, acme, number=filed.number, contact=DARA.upper())
    view = await seen(acme, filed)
    old = await dara.get(f"/s/{filed.link.rsplit('/', 1)[1]}")

    assert answer.status_code == 200
    assert view.case.link_generation == 2
    assert [each.letter for each in view.notices if "link" in each.letter] == ["new_link_email"]
    assert old.status_code == 404


async def test_who_asks_is_told_the_same_whatever_is_there(
    dara: Visitor, acme: Organisation, filed: Filed
):
    await confirm(dara, acme, filed)
    asked = (
        {"number": filed.number, "contact": DARA},
        {"number": filed.number, "contact": PHONE},
        {"number": filed.number, "contact": "other@consumer.example"},
        {"number": "2026-99999", "contact": DARA},
        {"number": "nothing", "contact": DARA},
    )

    answers = [await ask_for_link(dara, acme, **typed) for typed in asked]

    assert len({(answer.status_code, answer.text) for answer in answers}) == 1
    assert (await seen(acme, filed)).case.link_generation == 2


async def test_a_contact_that_was_never_confirmed_brings_no_link(
    dara: Visitor, acme: Organisation, filed: Filed
):
    await ask_for_link(dara, acme, number=filed.number, contact=DARA)

    assert (await seen(acme, filed)).case.link_generation == 1


async def test_one_case_is_asked_for_three_times_a_day_and_one_place_asks_ten_times_an_hour(
    dara: Visitor, acme: Organisation, filed: Filed
):
    await confirm(dara, acme, filed)

    answers = [
        await ask_for_link(dara, acme, number=filed.number, contact=DARA)
        for _ in range(recovery.FROM_ONE_PLACE + 1)
    ]

    assert [answer.status_code for answer in answers] == [200] * recovery.FROM_ONE_PLACE + [429]
    assert (await seen(acme, filed)).case.link_generation == 1 + recovery.FOR_ONE_CASE
