"""LNK-01, LNK-02, LNK-05, LNK-06, LNK-08: links for people without an account."""

import math
import re
from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from infra.database import Tx, tenant_tx
from services.lifecycle.kinds import Role
from services.tenants import crockford, keys, links, seats
from services.tenants.links import LinkRef, Scope
from services.tenants.refusals import Denial, Denied
from tests.database import Database
from tests.tenants.cases import CASE, PLAYBOOK, filed, linked, ref_to
from tests.tenants.conftest import Roots
from tests.tenants.people import come_in, found_acme, join, operator, somewhere

SECOND = timedelta(seconds=1)
HERE = "192.0.2.55"


def test_tokens_are_130_bits_that_look_like_chance():
    refs = (
        LinkRef(tenant=UUID(int=1), case=UUID(int=n), scope=Scope.STATUS, generation=1)
        for n in range(20_000)
    )

    tokens = [links.token_of(ref) for ref in refs]

    assert len(set(tokens)) == len(tokens)
    assert links.SYMBOLS * math.log2(len(crockford.ALPHABET)) == 130
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", token) for token in tokens)
    seen = Counter("".join(tokens))
    even = sum(seen.values()) / 32
    assert all(abs(seen[symbol] / even - 1) < 0.04 for symbol in crockford.ALPHABET)


def test_every_part_of_a_link_and_the_key_make_another_token():
    ref = LinkRef(tenant=UUID(int=1), case=UUID(int=2), scope=Scope.STATUS, generation=1)
    others = (
        LinkRef(tenant=UUID(int=9), case=UUID(int=2), scope=Scope.STATUS, generation=1),
        LinkRef(tenant=UUID(int=1), case=UUID(int=9), scope=Scope.STATUS, generation=1),
        LinkRef(tenant=UUID(int=1), case=UUID(int=2), scope=Scope.MERCHANT, generation=1),
        LinkRef(tenant=UUID(int=1), case=UUID(int=2), scope=Scope.STATUS, generation=2),
    )
    tokens = {links.token_of(each) for each in (ref, *others)}

    keys.use(Roots(secret_key=b"another" * 8))

    assert len(tokens | {links.token_of(ref)}) == 6


async def test_a_dump_of_the_database_holds_no_token_that_was_ever_given(database: Database):
    acme = await found_acme()
    ana = await join(acme)
    signed_in = await come_in(ana, database)
    issued = [(await linked(acme))[1] for _ in range(5)]
    papers = [code.replace("-", "") for code in ana.recovery_codes]

    dump = await everything(database)

    assert str(acme.tenant) in dump
    for secret in (*issued, *papers, signed_in.token, ana.secret, "4321"):
        assert secret.encode().hex() not in dump
        assert not re.search(rf"(?<![0-9a-f]){secret}(?![0-9a-f])", dump)


async def test_no_token_opens_anything_without_the_key(database: Database):
    _, token = await linked(await found_acme())

    keys.use(Roots(secret_key=b"another" * 8))

    assert await links.resolve(token, address=somewhere().address) is None


async def test_a_link_leads_to_its_case(database: Database):
    acme = await found_acme()
    ref, token = await linked(acme)

    opened = await links.resolve(token, address=somewhere().address)

    assert opened == links.Opened(ref=ref, asks_digits=True)
    assert await links.admit(ref) == seats.consumer(
        tenant=acme.tenant, slug=acme.slug, case=ref.case
    )


async def test_a_link_may_be_read_aloud(database: Database):
    ref, token = await linked(await found_acme())
    misread = token.lower().replace("0", "o").replace("1", "l")
    spoken = " ".join(misread[at : at + 4] for at in range(0, 26, 4))

    opened = await links.resolve(spoken, address=somewhere().address)

    assert opened is not None
    assert opened.ref == ref


async def test_a_merchants_link_makes_a_merchant_of_the_same_case_only(database: Database):
    acme = await found_acme()
    case = await filed(acme)
    ref = LinkRef(tenant=acme.tenant, case=case, scope=Scope.MERCHANT, generation=1)
    async with tenant_tx(operator(acme)) as tx:
        token = await links.issue(tx, ref)

    opened = await links.resolve(token, address=somewhere().address)
    seat = await links.admit(ref)

    assert opened == links.Opened(ref=ref, asks_digits=True)
    assert seat is not None
    assert (seat.role, seat.case) == (Role.MERCHANT, case)
    assert await links.admit(ref_to(acme, case)) is None


async def test_the_public_seat_may_issue_with_the_case_it_files(database: Database):
    acme = await found_acme()
    ref = ref_to(acme, uuid4())
    async with tenant_tx(operator(acme)) as tx:
        await tx.execute(PLAYBOOK, acme.tenant)
    async with tenant_tx(seats.public(tenant=acme.tenant, slug=acme.slug)) as tx:
        await tx.execute(CASE, acme.tenant, ref.case, "2026-1")
        token = await links.issue(tx, ref, phone="13800001234")

    assert await links.resolve(token, address=somewhere().address) is not None


async def test_an_end_is_kept_to_the_second(database: Database):
    acme = await found_acme()
    ref, token = await linked(acme)

    for left, open_still in ((2 * SECOND, True), (-SECOND, False), (None, True)):
        async with tenant_tx(operator(acme)) as tx:
            at = tx.real_now + left if left else None
            await links.expire(tx, case=ref.case, scope=ref.scope, at=at)
        assert (await links.resolve(token, address=somewhere().address) is not None) is open_still
        assert (await links.admit(ref) is not None) is open_still


async def test_a_revoked_link_is_nothing_at_the_next_request(database: Database):
    acme = await found_acme()
    ref, token = await linked(acme)

    async with tenant_tx(operator(acme)) as tx:
        await links.revoke(tx, case=ref.case, scope=ref.scope)

    assert await links.resolve(token, address=somewhere().address) is None
    assert await links.admit(ref) is None


async def test_a_new_generation_ends_the_old_and_asks_for_the_same_digits(database: Database):
    acme = await found_acme()
    ref, old = await linked(acme)
    second = ref_to(acme, ref.case, generation=2)

    async with tenant_tx(operator(acme)) as tx:
        new = await links.issue(tx, second)

    assert new != old
    assert await links.resolve(old, address=somewhere().address) is None
    assert await links.admit(ref) is None
    assert await links.resolve(new, address=somewhere().address) == links.Opened(
        ref=second, asks_digits=True
    )


async def test_unknown_expired_revoked_and_foreign_are_one_and_the_same_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    acme = await found_acme()
    (late, expired), (gone, revoked) = await linked(acme), await linked(acme)
    async with tenant_tx(operator(acme)) as tx:
        await links.expire(tx, case=late.case, scope=late.scope, at=tx.real_now - SECOND)
        await links.revoke(tx, case=gone.case, scope=gone.scope)
    foreign = links.token_of(ref_to(await found_acme(), gone.case))
    asked: list[list[str]] = []
    for token in (expired, revoked, foreign, crockford.random(26), "", "x", "\x00", "字" * 9_000):
        asked.append([])
        with monkeypatch.context() as patch:
            watch_statements(patch, asked[-1])
            assert await links.resolve(token, address=somewhere().address) is None

    assert all(statements == asked[0] for statements in asked)


async def test_only_failures_are_limited_and_only_they_are_refused(database: Database):
    _, token = await linked(await found_acme())
    for _ in range(links.UNKNOWN_ALLOWED):
        assert await links.resolve(crockford.random(26), address=HERE) is None

    with pytest.raises(Denied) as denied:
        await links.resolve(crockford.random(26), address=HERE)

    assert denied.value.why is Denial.TOO_MANY_TRIES
    assert await links.resolve(token, address=HERE) is not None
    assert await links.resolve(crockford.random(26), address=somewhere().address) is None
    async with database.as_owner() as owner:
        await owner.execute("update throttle set until = until - interval '1 hour'")
    assert await links.resolve(crockford.random(26), address=HERE) is None


def watch_statements(patch: pytest.MonkeyPatch, seen: list[str]) -> None:
    fetchrow = Tx.fetchrow

    async def watched(self: Tx, sql: str, *args: object) -> object:
        seen.append(sql)
        return await fetchrow(self, sql, *args)

    patch.setattr(Tx, "fetchrow", watched)


async def everything(database: Database) -> str:
    """Every row of every table as text."""
    async with database.as_owner() as owner:
        names = await owner.fetch(
            """select relname from pg_class
            where relkind = 'r' and relnamespace = 'public'::regnamespace"""
        )
        rows = [await owner.fetch(f"select t::text from {name[0]} t") for name in names]
    return "\n".join(row[0] for table in rows for row in table)
