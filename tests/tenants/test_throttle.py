"""Delays that grow and pass: counted in the database, one by one, however many come at once."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from infra.database import platform_tx
from services.lifecycle.kinds import Role
from services.tenants import devices, sign_in, throttle
from services.tenants.refusals import Denial, Denied
from services.tenants.sign_in import Visit
from services.tenants.throttle import About, Counters, bucket
from tests.database import Database
from tests.tenants.people import (
    PASSWORD,
    Member,
    come_in,
    found_acme,
    half_way,
    join,
    next_code,
)

SECOND = timedelta(seconds=1)


def fresh() -> Counters:
    return Counters(own=bucket(About.ACCOUNT, uuid4()), shared=(bucket(About.ADDRESS, uuid4()),))


async def attempt(counters: Counters) -> timedelta | None:
    async with platform_tx() as tx:
        return await throttle.charge(tx, (counters.own, *counters.shared))


async def pass_time(database: Database, by: timedelta) -> None:
    async with database.as_owner() as owner:
        await owner.execute(
            "update throttle set until = until - $1::interval, updated_at = updated_at - $1", by
        )


async def failures(database: Database, bucket: str) -> int | None:
    async with database.as_owner() as owner:
        count: int | None = await owner.fetchval(
            "select failures from throttle where bucket = $1", bucket
        )
    return count


async def test_five_failures_are_free_and_then_each_doubles_the_wait(database: Database):
    counters, waits = fresh(), []

    for _ in range(17):
        assert await attempt(counters) is None
        wait = await attempt(counters)
        waits.append(round(wait.total_seconds()) if wait else 0)
        if wait is None:
            async with platform_tx() as tx:
                await throttle.give_back(tx, counters.own)
                await throttle.give_back(tx, counters.shared[0])
        await pass_time(database, wait or timedelta(0))

    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]


async def test_a_thousand_tries_at_once_are_counted_one_by_one(database: Database):
    counters = fresh()

    outcomes = await asyncio.gather(*(attempt(counters) for _ in range(200)))

    assert outcomes.count(None) == throttle.FREE
    assert await failures(database, counters.own) == throttle.FREE


async def test_two_buckets_in_any_order_never_block_each_other(database: Database):
    counters = [fresh() for _ in range(2)]
    names = [counter.own for counter in counters]

    async def both(order: list[str]) -> timedelta | None:
        async with platform_tx() as tx:
            return await throttle.charge(tx, order)

    pairs = (both(names if at % 2 else names[::-1]) for at in range(40))
    outcomes = await asyncio.gather(*pairs)

    assert outcomes.count(None) == throttle.FREE


async def test_a_full_bucket_leaves_the_other_uncharged(database: Database):
    place = fresh().own
    full = Counters(own=fresh().own, shared=(place,))
    for _ in range(throttle.FREE):
        await attempt(full)
    victim = Counters(own=fresh().own, shared=(place,))

    assert await attempt(victim) is not None

    assert await failures(database, victim.own) is None


async def test_success_clears_the_account_and_gives_the_place_its_one_try_back(database: Database):
    counters = fresh()
    for _ in range(3):
        await attempt(counters)

    await throttle.forgive(counters)

    assert await failures(database, counters.own) is None
    assert await failures(database, counters.shared[0]) == 2


async def test_failures_are_forgotten_after_a_quiet_day(database: Database):
    counters = fresh()
    for _ in range(throttle.FREE):
        await attempt(counters)

    await pass_time(database, throttle.QUIET + SECOND)

    assert await attempt(counters) is None
    assert await failures(database, counters.own) == 1


async def test_guessing_at_one_account_from_everywhere_is_slowed(database: Database):
    ana = await join(await found_acme())

    evaluated = [await guess(ana, address=f"198.51.100.{host}") for host in range(12)]

    assert evaluated.count(Denial.WRONG_CREDENTIALS) == throttle.FREE
    assert evaluated[-1] is Denial.TOO_MANY_TRIES


async def test_guessing_from_one_place_at_everybody_is_slowed(database: Database):
    acme, place = await found_acme(), f"2001:db8:{uuid4().int % 65536:x}"
    strangers = [
        Member(
            acme=acme,
            id=uuid4(),
            email=f"{host}@acme.example",
            role=Role.VOLUNTEER,
            visit=Visit(address=f"{place}::{host}"),
        )
        for host in range(8)
    ]

    evaluated = [await guess(each, address=each.visit.address) for each in strangers]

    assert evaluated.count(Denial.WRONG_CREDENTIALS) == throttle.FREE


async def test_a_stranger_who_keeps_guessing_does_not_lock_out_a_known_device(database: Database):
    ana = await join(await found_acme())
    device = (await come_in(ana, database)).device
    guesses = [await guess(ana, address=ana.visit.address) for _ in range(throttle.FREE + 1)]
    assert guesses[-1] is Denial.TOO_MANY_TRIES

    known = Visit(address=ana.visit.address, device=device)

    await come_in(ana, database, visit=known)


async def test_a_known_device_is_counted_too(database: Database):
    ana = await join(await found_acme())
    known = Visit(address="203.0.113.9", device=(await come_in(ana, database)).device)

    for _ in range(throttle.FREE):
        with pytest.raises(Denied):
            await half_way(ana, visit=known, password="not her password at all")

    with pytest.raises(Denied) as denied:
        await half_way(ana, visit=known)
    assert denied.value.why is Denial.TOO_MANY_TRIES


async def test_codes_cannot_be_guessed_faster_than_passwords(database: Database):
    ana = await join(await found_acme())
    await come_in(ana, database)
    half = await half_way(ana)
    for _ in range(throttle.FREE):
        with pytest.raises(Denied):
            await sign_in.by_code(half, "000000", visit=ana.visit)

    with pytest.raises(Denied) as denied:
        await sign_in.by_code(half, await next_code(ana, database), visit=ana.visit)

    assert denied.value.why is Denial.TOO_MANY_TRIES
    assert denied.value.wait is not None


async def test_a_counter_tells_nobody_whom_it_is_about(database: Database):
    ana = await join(await found_acme())
    await guess(ana, address="198.51.100.77")

    async with database.as_owner() as owner:
        dump = str(await owner.fetch("select throttle::text from throttle"))

    assert ana.email not in dump
    assert "198.51.100" not in dump


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:0:1ff:a::1", "2001:db8:0:100::/56"),
        ("testclient", "testclient"),
    ],
)
def test_a_home_shares_one_counter(address: str, block: str):
    assert throttle.block(address) == block


def test_a_device_is_known_for_its_account_its_tenant_and_its_time():
    tenant, now = uuid4(), datetime(2026, 11, 24, tzinfo=UTC)
    cookie = devices.remember(tenant=tenant, email="ana@acme.example", now=now)
    device, until, signed = cookie.split(".")

    def known(value: str, *, whose: str = "ana@acme.example", at: datetime = now) -> bool:
        return devices.recognise(value, tenant=tenant, email=whose, now=at) is not None

    assert known(cookie)
    assert known(cookie, at=now + devices.REMEMBERED - SECOND)
    assert not known(cookie, at=now + devices.REMEMBERED)
    assert not known(cookie, whose="leo@acme.example")
    assert devices.recognise(cookie, tenant=uuid4(), email="ana@acme.example", now=now) is None
    for forged in ("", "x", "a.b.c", f"{device}.{int(until) + 1}.{signed}", "\ud800.1.2", "…"):
        assert not known(forged)


async def guess(member: Member, *, address: str) -> Denial:
    with pytest.raises(Denied) as denied:
        await half_way(member, visit=Visit(address=address), password=f"not {PASSWORD}")
    return denied.value.why
