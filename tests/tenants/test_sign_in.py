"""AUT-01, AUT-05, AUT-06: password and second factor against the real database."""

import asyncio
from collections.abc import Mapping

import pytest
from argon2 import PasswordHasher
from cryptography.exceptions import InvalidTag

from infra.database import Tx, tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.lifecycle.kinds import Role
from services.tenants import passwords, second_factor, sessions, sign_in
from services.tenants.refusals import Denial, Denied
from tests.database import Database
from tests.tenants.people import (
    PASSWORD,
    come_in,
    found_acme,
    half_way,
    join,
    next_code,
    operator,
    somewhere,
)


async def test_a_stored_password_says_which_work_it_costs(database: Database):
    ana = await join(await found_acme())

    async with tenant_tx(ana.seat) as tx:
        stored = await tx.fetchval("select password_hash from person where id = $1", ana.id)

    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=1$")


async def test_password_and_code_open_a_session_in_ones_own_seat(database: Database):
    ana = await join(await found_acme(), Role.VOLUNTEER)

    signed_in = await come_in(ana, database)
    session = await sessions.find(signed_in.token)

    assert session is not None
    assert session.seat == ana.seat
    assert len(signed_in.recovery_codes) == 10


async def test_enrolling_shows_the_same_secret_until_a_code_confirms_it(database: Database):
    ana = await join(await found_acme())

    half = await half_way(ana)
    first, again = await sign_in.enrol(half), await sign_in.enrol(half)
    ana.secret = first.secret
    await sign_in.by_code(half, await next_code(ana, database), visit=ana.visit)

    assert first == again
    with pytest.raises(Denied) as denied:
        await sign_in.enrol(await half_way(ana))
    assert denied.value.why is Denial.ALREADY_ENROLLED


async def test_the_secret_lies_sealed_and_opens_for_nobody_else(database: Database):
    acme = await found_acme()
    ana, leo = await join(acme), await join(acme)
    await come_in(ana, database)

    async with tenant_tx(ana.seat) as tx:
        sealed = await tx.fetchval("select totp_secret from person where id = $1", ana.id)

    assert ana.secret not in sealed
    assert second_factor.opened(sealed, acme.tenant, ana.id) == ana.secret
    with pytest.raises(InvalidTag):
        second_factor.opened(sealed, acme.tenant, leo.id)


async def test_a_code_is_good_for_once(database: Database):
    ana = await join(await found_acme())
    await come_in(ana, database)
    code = await next_code(ana, database)

    await sign_in.by_code(await half_way(ana), code, visit=ana.visit)

    with pytest.raises(Denied) as denied:
        await sign_in.by_code(await half_way(ana), code, visit=ana.visit)
    assert denied.value.why is Denial.WRONG_CODE


async def test_of_one_code_given_twice_at_once_one_is_accepted(database: Database):
    ana = await join(await found_acme())
    await come_in(ana, database)
    code = await next_code(ana, database)
    halves = [await half_way(ana), await half_way(ana)]

    tries = (sign_in.by_code(half, code, visit=ana.visit) for half in halves)
    outcomes = await asyncio.gather(*tries, return_exceptions=True)

    assert sorted(isinstance(outcome, Denied) for outcome in outcomes) == [False, True]


async def test_a_recovery_code_stands_in_for_the_phone_once(database: Database):
    ana = await join(await found_acme())
    await come_in(ana, database)
    paper = ana.recovery_codes[3]

    await sign_in.by_code(await half_way(ana), paper.lower().replace("-", " "), visit=ana.visit)

    with pytest.raises(Denied):
        await sign_in.by_code(await half_way(ana), paper, visit=ana.visit)
    async with tenant_tx(ana.seat) as tx:
        assert await second_factor.codes_left(tx, ana.id) == 9


async def test_nobody_enrols_with_a_recovery_code(database: Database):
    ana = await join(await found_acme())
    half = await half_way(ana)
    await sign_in.enrol(half)

    with pytest.raises(Denied) as denied:
        await sign_in.by_code(half, "0000-0000-0000-0000", visit=ana.visit)

    assert denied.value.why is Denial.WRONG_CODE


async def test_every_way_to_fail_does_the_same_work(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    """Not by the clock, which would be a coin to toss: by counting what is done."""
    acme = await found_acme()
    ana, gone = await join(acme), await join(acme)
    async with tenant_tx(operator(acme)) as tx:
        await tx.execute("update person set disabled_at = now() where id = $1", gone.id)
    work = watched(monkeypatch)
    seen = []
    for email, password in (
        (ana.email, "not her password at all"),
        (ana.email, "x" * 9_000),
        ("nobody@acme.example", PASSWORD),
        ("no address\x00", PASSWORD),
        (gone.email, PASSWORD),
    ):
        work.clear()
        with pytest.raises(Denied) as denied:
            await sign_in.by_password(acme, email=email, password=password, visit=somewhere())
        seen.append((denied.value.why, tuple(work)))

    once = (Denial.WRONG_CREDENTIALS, ("$argon2id$v=19$m=65536,t=3,p=1$", "sign_in_failed"))
    assert seen == [once] * 5


def watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each hash that is compared, by its cost, and each entry that is written."""
    work: list[str] = []
    verify, record = passwords._verified, chain.record

    def verified(stored: str, typed: bytes) -> bool:
        work.append(stored[:31])
        return verify(stored, typed)

    async def recorded(tx: Tx, kind: Kind, body: Mapping[str, chain.Detail]) -> int:
        work.append(kind.value)
        return await record(tx, kind, body)

    monkeypatch.setattr(passwords, "_verified", verified)
    monkeypatch.setattr(chain, "record", recorded)
    return work


async def test_a_password_hashed_with_older_parameters_is_hashed_anew(database: Database):
    ana = await join(await found_acme())
    cheap = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    async with tenant_tx(ana.seat) as tx:
        await tx.execute(
            "update person set password_hash = $1 where id = $2", cheap.hash(PASSWORD), ana.id
        )

    await half_way(ana)

    async with tenant_tx(ana.seat) as tx:
        stored = await tx.fetchval("select password_hash from person where id = $1", ana.id)
    assert "m=65536,t=3,p=1" in stored


async def test_sign_ins_are_on_record_without_a_name_or_an_address(database: Database):
    acme = await found_acme()
    ana = await join(acme)
    await come_in(ana, database)
    with pytest.raises(Denied):
        await half_way(ana, password="not her password at all")

    async with tenant_tx(ana.seat) as tx:
        rows = await tx.fetch("select actor, kind, body::text from audit_entry order by seq")

    kinds = [row["kind"] for row in rows]
    assert kinds[-2:] == ["signed_in_and_enrolled", "sign_in_failed"]
    assert rows[-2]["actor"] == f"person:{ana.id}"
    written = "".join(str(tuple(row)) for row in rows)
    assert ana.email not in written
    assert ana.visit.address not in written
    assert await chain.verify(ana.seat) == ()


async def test_another_organisation_knows_nobody_of_ours(database: Database):
    ana = await join(await found_acme())
    ana.acme = await found_acme()

    with pytest.raises(Denied) as denied:
        await half_way(ana, visit=somewhere())

    assert denied.value.why is Denial.WRONG_CREDENTIALS
