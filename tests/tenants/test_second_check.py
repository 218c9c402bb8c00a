"""LNK-04 in short: the last four digits, five tries a day, fifteen in a link's life."""

import asyncio
from datetime import timedelta

import pytest

from infra.database import tenant_tx
from services.audit import chain
from services.tenants import links, second_check
from services.tenants.links import LinkRef
from services.tenants.refusals import Denial, Denied
from tests.database import Database
from tests.tenants.cases import linked, ref_to
from tests.tenants.people import found_acme, operator

RIGHT, WRONG = "4321", "0000"


async def attempt(ref: LinkRef, digits: str) -> Denial | None:
    try:
        await second_check.check(ref, digits)
    except Denied as denied:
        return denied.why
    return None


async def pass_time(database: Database, ref: LinkRef, by: timedelta) -> None:
    async with database.as_owner() as owner:
        await owner.execute(
            """update link set tries = array(select tried - $1::interval from unnest(tries) tried)
            where case_id = $2""",
            by,
            ref.case,
        )


@pytest.mark.parametrize("typed", [RIGHT, " 4 3 2 1 ", "４３２１", "138 0000 4321"])
async def test_the_right_digits_pass_however_they_are_typed(database: Database, typed: str):
    ref, _ = await linked(await found_acme())

    assert await attempt(ref, typed) is None


async def test_coming_back_often_freezes_nothing(database: Database):
    ref, _ = await linked(await found_acme())

    assert {await attempt(ref, RIGHT) for _ in range(20)} == {None}


async def test_after_five_wrong_tries_even_the_right_digits_wait(database: Database):
    ref, _ = await linked(await found_acme())

    tries = [await attempt(ref, WRONG) for _ in range(6)]

    assert tries == [Denial.WRONG_DIGITS] * 5 + [Denial.TOO_MANY_TRIES]
    assert await attempt(ref, RIGHT) is Denial.TOO_MANY_TRIES


async def test_five_in_any_24_hours_not_in_each_calendar_day(database: Database):
    ref, _ = await linked(await found_acme())
    await attempt(ref, WRONG)
    await pass_time(database, ref, timedelta(hours=23))
    for _ in range(4):
        await attempt(ref, WRONG)

    with pytest.raises(Denied) as denied:
        await second_check.check(ref, WRONG)
    assert denied.value.wait is not None
    assert timedelta(minutes=59) < denied.value.wait <= timedelta(hours=1)

    await pass_time(database, ref, denied.value.wait)
    assert [await attempt(ref, WRONG) for _ in range(2)] == [
        Denial.WRONG_DIGITS,
        Denial.TOO_MANY_TRIES,
    ]


async def test_fifteen_wrong_tries_freeze_the_link_and_a_new_one_is_free(database: Database):
    acme = await found_acme()
    ref, _ = await linked(acme)
    for _ in range(3):
        for _ in range(5):
            assert await attempt(ref, WRONG) is Denial.WRONG_DIGITS
        await pass_time(database, ref, timedelta(hours=25))

    assert await attempt(ref, RIGHT) is Denial.LINK_FROZEN

    async with tenant_tx(operator(acme)) as tx:
        second = ref_to(acme, ref.case, generation=2)
        await links.issue(tx, second)
    assert await attempt(second, RIGHT) is None


async def test_tries_at_once_are_counted_one_by_one(database: Database):
    ref, _ = await linked(await found_acme())

    tries = await asyncio.gather(*(attempt(ref, f"{n:04}") for n in range(40)))

    assert tries.count(Denial.WRONG_DIGITS) == 5


@pytest.mark.parametrize("typed", ["", "432", "abcd", "\x00", "\ud800", "四三二一"])
async def test_what_is_no_four_digits_is_no_try(database: Database, typed: str):
    ref, _ = await linked(await found_acme())

    assert {await attempt(ref, typed) for _ in range(8)} == {Denial.WRONG_DIGITS}
    assert await attempt(ref, RIGHT) is None


async def test_a_revoked_link_checks_nothing(database: Database):
    acme = await found_acme()
    ref, _ = await linked(acme)
    async with tenant_tx(operator(acme)) as tx:
        await links.revoke(tx, case=ref.case, scope=ref.scope)

    assert await attempt(ref, RIGHT) is Denial.LINK_GONE


async def test_the_same_digits_of_two_cases_lie_there_differently(database: Database):
    acme = await found_acme()
    await linked(acme)
    await linked(acme)

    async with tenant_tx(operator(acme)) as tx:
        rows = await tx.fetch("select second_check from link")

    assert len({bytes(row[0])[16:] for row in rows}) == 2


async def test_the_check_is_on_record(database: Database):
    acme = await found_acme()
    ref, _ = await linked(acme)
    await attempt(ref, WRONG)
    await attempt(ref, RIGHT)

    async with tenant_tx(operator(acme)) as tx:
        rows = await tx.fetch("select kind, body from audit_entry order by seq desc limit 2")

    assert [row["kind"] for row in rows] == ["link_opened", "link_check_failed"]
    assert rows[0]["body"] == {"case": str(ref.case), "scope": "status"}
    assert await chain.verify(operator(acme)) == ()


def test_a_short_phone_asks_nothing():
    assert links.last_four("12") is None
    assert links.last_four("+86 138-0000-4321") == "4321"
