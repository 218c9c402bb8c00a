"""OBS-04, OBS-05: the small chain proves that nobody changed, removed or added an entry."""

import asyncio
import hashlib
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from infra.database import tenant_tx
from services.audit import chain
from services.audit.chain import ChainFault, Flaw, Head
from services.audit.kinds import Kind
from tests.database import Database, Sitting, make_tenant

TAMPER = "set session_replication_role = replica"


async def written(count: int) -> Sitting:
    seat = Sitting(tenant=await make_tenant())
    for at in range(count):
        async with tenant_tx(seat) as tx:
            await chain.record(tx, Kind.CASE_READ, {"case": uuid4(), "number": f"2026-{at}"})
    return seat


async def tamper(database: Database, sql: str, *args: object) -> None:
    """As somebody could who owns the server, past triggers and policies."""
    async with database.as_owner() as owner:
        await owner.execute(TAMPER)
        await owner.execute(sql, *args)


async def flaws(seat: Sitting, *anchors: Head) -> set[tuple[int, Flaw]]:
    return {(fault.seq, fault.flaw) for fault in await chain.verify(seat, anchors=anchors)}


async def test_entries_are_numbered_without_a_gap_and_verify(database: Database):
    seat = await written(5)

    async with tenant_tx(seat) as tx:
        rows = await tx.fetch("select seq, actor, kind, body from audit_entry order by seq")

    assert [row["seq"] for row in rows] == [1, 2, 3, 4, 5]
    assert rows[4]["actor"] == "person:test"
    assert rows[4]["body"]["number"] == "2026-4"
    assert await chain.verify(seat) == ()


async def test_each_tenant_has_a_chain_of_its_own(database: Database):
    ours, theirs = await written(2), await written(1)

    async with tenant_tx(theirs) as tx:
        assert await chain.record(tx, Kind.SIGNED_IN, {}) == 2

    assert await chain.verify(ours) == ()
    assert await chain.verify(theirs) == ()


async def test_entries_written_at_once_make_one_chain(database: Database):
    seat = await written(0)

    async def one() -> int:
        async with tenant_tx(seat) as tx:
            return await chain.record(tx, Kind.CASE_READ, {"case": uuid4()})

    numbers = await asyncio.gather(*(one() for _ in range(30)))

    assert sorted(numbers) == list(range(1, 31))
    assert await chain.verify(seat) == ()


async def test_an_action_that_is_undone_leaves_no_entry(database: Database):
    seat = await written(1)

    async def act() -> None:
        async with tenant_tx(seat) as tx:
            await chain.record(tx, Kind.ROLE_CHANGED, {"person": uuid4()})
            raise RuntimeError("undone")

    with pytest.raises(RuntimeError, match="undone"):
        await act()

    async with tenant_tx(seat) as tx:
        assert await chain.record(tx, Kind.SIGNED_OUT, {}) == 2


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("update audit_entry set body = '{}' where seq = 3", {(3, Flaw.CHANGED)}),
        ("update audit_entry set actor = 'clock' where seq = 3", {(3, Flaw.CHANGED)}),
        ("update audit_entry set kind = 'signed_in' where seq = 3", {(3, Flaw.CHANGED)}),
        (
            "update audit_entry set at = at + interval '1 microsecond' where seq = 3",
            {(3, Flaw.CHANGED)},
        ),
        ("delete from audit_entry where seq = 3", {(4, Flaw.GAP), (4, Flaw.BROKEN_LINK)}),
        ("delete from audit_entry where seq = 1", {(2, Flaw.GAP), (2, Flaw.BROKEN_LINK)}),
        (
            """delete from audit_entry where seq = 3;
            update audit_entry set seq = seq - 1 where seq > 3""",
            {(3, Flaw.BROKEN_LINK), (3, Flaw.CHANGED), (4, Flaw.CHANGED)},
        ),
    ],
)
async def test_every_tampering_is_found(database: Database, sql: str, found: set[object]):
    seat = await written(5)
    scoped = sql.replace("where seq", f"where tenant_id = '{seat.tenant}' and seq")

    await tamper(database, scoped)

    assert await flaws(seat) == found


async def test_what_was_cut_off_is_known_to_whoever_kept_the_head(database: Database):
    seat = await written(5)
    async with tenant_tx(seat) as tx:
        kept = await chain.head(tx)

    await tamper(database, "delete from audit_entry where tenant_id = $1 and seq > 3", seat.tenant)

    assert await flaws(seat) == set()
    assert await flaws(seat, kept) == {(5, Flaw.CUT_OFF)}


async def test_a_chain_written_anew_is_known_to_whoever_kept_the_head(database: Database):
    seat = await written(3)
    async with tenant_tx(seat) as tx:
        kept = await chain.head(tx)
    await tamper(database, "delete from audit_entry where tenant_id = $1", seat.tenant)
    for _ in range(3):
        async with tenant_tx(seat) as tx:
            await chain.record(tx, Kind.CASE_READ, {})

    assert await flaws(seat) == set()
    assert await flaws(seat, kept) == {(3, Flaw.REWRITTEN)}


async def test_a_long_chain_is_read_page_by_page(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(chain, "PAGE", 3)
    seat = await written(10)

    assert await chain.verify(seat) == ()
    await tamper(
        database,
        "update audit_entry set body = '{}' where tenant_id = $1 and seq = 7",
        seat.tenant,
    )
    assert await chain.verify(seat) == (ChainFault(seq=7, flaw=Flaw.CHANGED),)


@pytest.mark.parametrize("words", ["王小明", "ana@acme.example", "a b", "", "x" * 81, "a\n"])
async def test_words_are_not_for_the_record(database: Database, words: str):
    seat = await written(0)

    async with tenant_tx(seat) as tx:
        with pytest.raises(chain.NotForTheRecord):
            await chain.record(tx, Kind.CASE_READ, {"who": words})


def test_the_seal_of_an_entry_is_the_same_in_ten_years():
    entry = chain.Entry(
        tenant=UUID(int=1),
        seq=7,
        at=datetime(2026, 11, 24, 8, 0, 0, 120, tzinfo=UTC),
        actor="person:1",
        kind="case_read",
        body={"case": "2", "rows": 3, "nothing": None},
        prev_hash=bytes(32),
    )

    canonical = (
        '{"actor":"person:1","at":"2026-11-24T08:00:00.000120+00:00",'
        '"body":{"case":"2","nothing":null,"rows":3},"kind":"case_read","prev":"'
        + "00" * 32
        + '","seq":7,"tenant":"00000000-0000-0000-0000-000000000001"}'
    )
    assert chain.seal(entry) == hashlib.sha256(canonical.encode()).digest()


async def test_a_reading_is_chained_like_everything_else(database: Database):
    seat = await written(1)

    async with tenant_tx(seat) as tx:
        assert await chain.record_reading(tx, Kind.CASE_LIST_READ, {"cases": 7}) == 2
        waits = await tx.fetchval("show synchronous_commit")
    async with tenant_tx(seat) as tx:
        assert await chain.record(tx, Kind.SIGNED_OUT, {"session": "a.b:c/d-1"}) == 3
        assert await tx.fetchval("show synchronous_commit") == "on"

    assert waits == "off"
    assert await chain.verify(seat) == ()


async def test_whoever_wrote_something_waits_for_the_disk_all_the_same(database: Database):
    seat = await written(1)

    async with tenant_tx(seat) as tx:
        await tx.execute("update tenant set name = name")
        await chain.record_reading(tx, Kind.CASE_LIST_READ, {"cases": 7})

        assert await tx.fetchval("show synchronous_commit") == "on"


async def test_an_entry_in_another_name_verifies(database: Database):
    seat = await written(1)

    async with tenant_tx(seat) as tx:
        await chain.record(tx, Kind.PERSON_JOINED, {"n": 3, "none": None}, actor='per"son\\:1')

    assert await chain.verify(seat) == ()
