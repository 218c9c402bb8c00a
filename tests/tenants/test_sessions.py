"""AUT-10: what a session is worth, and how it ends."""

from datetime import timedelta

import pytest

from infra.database import tenant_tx
from services.lifecycle.kinds import Role
from services.tenants import invitations, people, sessions, sign_in
from services.tenants.refusals import Denial, Denied
from services.tenants.sessions import Session
from tests.database import Database
from tests.tenants.people import (
    Member,
    come_in,
    found_acme,
    half_way,
    join,
    next_code,
    operator,
)

SECOND = timedelta(seconds=1)


async def age(database: Database, token: str, column: str, by: timedelta) -> None:
    async with database.as_owner() as owner:
        await owner.execute(
            f"update session set {column} = {column} - $1::interval where hash = $2",
            by,
            sessions.hash_of(token),
        )


async def signed_in(database: Database, role: Role = Role.CASEWORKER) -> tuple[Member, str]:
    member = await join(await found_acme(), role)
    return member, (await come_in(member, database)).token


async def found(token: str) -> Session:
    session = await sessions.find(token)
    assert session is not None
    return session


async def test_a_password_alone_opens_nothing_but_the_second_step(database: Database):
    ana = await join(await found_acme())

    half = await half_way(ana)

    assert await sessions.find(half) is None
    assert await sessions.find_half(half) is not None


async def test_the_second_step_makes_a_new_token_and_kills_the_old_one(database: Database):
    ana, _ = await signed_in(database)
    half = await half_way(ana)

    whole = (await sign_in.by_code(half, await next_code(ana, database), visit=ana.visit)).token

    assert whole != half
    assert await sessions.find_half(half) is None
    assert await sessions.find_half(whole) is None
    with pytest.raises(Denied) as denied:
        await sign_in.by_code(half, await next_code(ana, database), visit=ana.visit)
    assert denied.value.why is Denial.SIGN_IN_AGAIN


async def test_every_sign_in_has_its_own_token_and_secret_for_forms(database: Database):
    ana, one = await signed_in(database)
    two = (await come_in(ana, database)).token

    assert one != two
    assert (await found(one)).csrf != (await found(two)).csrf
    assert len((await found(one)).csrf) == 32


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "A" * 100_000])
async def test_a_token_of_nobody_is_nobody(database: Database, token: str):
    assert await sessions.find(token) is None


@pytest.mark.parametrize(
    ("role", "idle", "whole"),
    [
        (Role.VOLUNTEER, timedelta(minutes=15), timedelta(hours=4)),
        (Role.CASEWORKER, timedelta(minutes=30), timedelta(hours=12)),
        (Role.MANAGER, timedelta(minutes=30), timedelta(hours=12)),
    ],
)
async def test_a_session_ends_when_idle_and_at_the_end_of_a_shift(
    database: Database, role: Role, idle: timedelta, whole: timedelta
):
    member, token = await signed_in(database, role)

    await age(database, token, "seen_at", idle - SECOND)
    assert await sessions.find(token) is not None
    await age(database, token, "seen_at", idle)
    assert await sessions.find(token) is None

    token = (await come_in(member, database)).token
    await age(database, token, "expires_at", whole - 5 * SECOND)
    assert await sessions.find(token) is not None
    await age(database, token, "expires_at", 5 * SECOND)
    assert await sessions.find(token) is None


async def test_somebody_at_work_is_not_idle(database: Database):
    _, token = await signed_in(database)

    for _ in range(3):
        await age(database, token, "seen_at", timedelta(minutes=20))
        assert await sessions.find(token) is not None


async def test_a_stolen_cookie_is_worth_nothing_after_signing_out(database: Database):
    _, token = await signed_in(database)

    await sessions.sign_out(await found(token))

    assert await sessions.find(token) is None


async def test_a_disabled_person_is_out_at_the_next_request(database: Database):
    ana, token = await signed_in(database)

    await people.disable(operator(ana.acme), ana.id)

    assert await sessions.find(token) is None
    await people.enable(operator(ana.acme), ana.id)
    assert await sessions.find(token) is None


async def test_a_new_role_ends_all_sessions_and_rules_the_next_one(database: Database):
    ana, token = await signed_in(database)

    await people.change_role(operator(ana.acme), ana.id, Role.AUDITOR)

    assert await sessions.find(token) is None
    token = (await come_in(ana, database)).token
    assert (await found(token)).seat.role is Role.AUDITOR


async def test_role_and_name_are_read_at_each_request(database: Database):
    ana, token = await signed_in(database)

    async with tenant_tx(ana.seat) as tx:
        await tx.execute("update person set role = 'manager', name = 'Ana L.'")

    session = await found(token)
    assert (session.seat.role, session.name) == (Role.MANAGER, "Ana L.")


async def test_a_new_password_ends_all_sessions_and_keeps_the_second_factor(database: Database):
    ana, token = await signed_in(database)
    letter = await invitations.invite(operator(ana.acme), email=ana.email, role=ana.role)

    await invitations.accept(letter.token, name="", password="grey owls count seven bells")

    assert await sessions.find(token) is None
    half = await half_way(ana, password="grey owls count seven bells")
    assert await sessions.find(half) is None
    with pytest.raises(Denied):
        await sign_in.enrol(half)


async def test_a_second_factor_that_was_reset_is_enrolled_anew(database: Database):
    ana, token = await signed_in(database)
    paper, old = ana.recovery_codes[0], ana.secret

    await people.reset_second_factor(operator(ana.acme), ana.id)

    assert await sessions.find(token) is None
    with pytest.raises(Denied):
        await sign_in.by_code(await half_way(ana), paper, visit=ana.visit)
    ana.secret = ""
    await come_in(ana, database)
    assert ana.secret != old


async def test_people_see_and_end_their_own_sessions_only(database: Database):
    ana, one = await signed_in(database)
    two = (await come_in(ana, database)).token
    leo = await join(ana.acme, Role.MANAGER)
    await come_in(leo, database)

    mine = await sessions.mine(ana.seat)
    assert {session.id for session in mine} == {sessions.hash_of(t).hex() for t in (one, two)}
    assert {session.device for session in mine} == {"Firefox"}

    with pytest.raises(Denied) as denied:
        await sessions.revoke(leo.seat, mine[0].id)
    assert denied.value.why is Denial.NO_SUCH_SESSION
    await sessions.revoke(ana.seat, sessions.hash_of(one).hex())
    assert await sessions.find(one) is None
    assert await sessions.find(two) is not None


async def test_the_database_holds_no_token(database: Database):
    ana, token = await signed_in(database)
    half = await half_way(ana)

    async with database.as_owner() as owner:
        rows = await owner.fetch("select session::text from session")

    dump = "".join(row[0] for row in rows)
    assert token not in dump
    assert token.encode().hex() not in dump
    assert half not in dump
