"""One name, one effect, for as long as the case lives."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from infra.database import AmbiguousCommit, DatabaseAway, Tx, tenant_tx
from services.cases import bells, ledger, queries
from services.cases.receipts import Conflict, Receipt, Stale
from services.cases.verify import verify
from services.lifecycle import commands as c
from services.lifecycle.commands import Command
from services.lifecycle.refusals import Refused, Why
from services.tenants.seats import Seat
from tests.cases.cast import Org, file, filing, give, make_org, wait
from tests.database import Database
from tests.lifecycle.cast import words


async def twice(seat: Seat, number: str | None, command: Command) -> tuple[Receipt, Receipt]:
    name = uuid4()
    first = await ledger.apply(seat, number, command, command_id=name)
    return first, await ledger.apply(seat, number, command, command_id=name)


async def count(org: Org, table: str) -> int:
    async with tenant_tx(org.leo) as tx:
        return int(await tx.fetchval(f"select count(*) from {table}"))


async def test_the_same_command_twice_gets_the_first_receipt(database: Database) -> None:
    org = await make_org()
    case = await file(org)

    first, second = await twice(org.ana, case.number, c.TakeOn())

    assert (first.replayed, second.replayed) == (False, True)
    assert replace(second, replayed=False) == first
    assert await count(org, "case_event") == 3


async def test_a_replay_is_answered_even_when_the_case_has_moved_on(database: Database) -> None:
    org, name = await make_org(), uuid4()
    case = await file(org)
    first = await ledger.apply(org.ana, case.number, c.TakeOn(), command_id=name)
    await give(org.ana, case, c.Note(text=words()))

    again = await ledger.apply(
        org.ana, case.number, c.TakeOn(), command_id=name, if_version=case.version
    )

    assert again.replayed
    assert again.version == first.version


async def test_the_name_with_other_words_is_a_conflict_that_tells_the_first(
    database: Database,
) -> None:
    org, name = await make_org(), uuid4()
    case = await file(org)
    first = await ledger.apply(org.ana, case.number, c.Note(text=words("a")), command_id=name)

    with pytest.raises(Conflict) as raised:
        await ledger.apply(org.ana, case.number, c.Note(text=words("b")), command_id=name)

    assert raised.value.first
    assert raised.value.first.seqs == first.seqs


async def test_the_name_on_another_case_is_a_conflict_that_tells_nothing(
    database: Database,
) -> None:
    org, name = await make_org(), uuid4()
    case, other = await file(org), await file(org)
    await ledger.apply(org.ana, case.number, c.Note(text=words()), command_id=name)

    with pytest.raises(Conflict) as raised:
        await ledger.apply(org.ana, other.number, c.Note(text=words()), command_id=name)

    assert raised.value.first is None


async def test_a_link_seat_meets_a_name_of_another_case_without_seeing_it(
    database: Database,
) -> None:
    org, name = await make_org(), uuid4()
    case, other = await file(org), await file(org)
    await ledger.apply(org.ana, case.number, c.Ask(text=words()), command_id=name)
    await give(org.ana, other, c.Ask(text=words()))

    with pytest.raises(Conflict) as raised:
        await ledger.apply(org.dara(other), other.number, c.Provide(text=words()), command_id=name)

    assert raised.value.first is None


async def test_a_filing_under_a_used_name_is_a_conflict(database: Database) -> None:
    org, name = await make_org(), uuid4()
    case = await file(org)
    await ledger.apply(org.ana, case.number, c.Note(text=words()), command_id=name)
    filed = await count(org, "case_file")

    with pytest.raises(Conflict):
        await ledger.apply(org.public, None, filing(), command_id=name)

    assert await count(org, "case_file") == filed


async def test_a_filing_with_other_words_is_a_conflict_that_shows_the_first(
    database: Database,
) -> None:
    org, name = await make_org(), uuid4()
    first = await ledger.apply(org.public, None, filing(), command_id=name)

    with pytest.raises(Conflict) as raised:
        await ledger.apply(org.public, None, filing(facts=words("other")), command_id=name)

    assert raised.value.first == replace(first, replayed=True, link_token=None)


async def test_a_hundred_posts_of_one_form_at_once_are_one_case(database: Database) -> None:
    org, name = await make_org(), uuid4()
    form = filing()

    async def press() -> Receipt | None:
        for _ in range(20):
            try:
                return await ledger.apply(org.public, None, form, command_id=name)
            except DatabaseAway:
                continue
        return None

    receipts = await asyncio.gather(*(press() for _ in range(100)))

    assert len({receipt.number if receipt else None for receipt in receipts}) == 1
    assert sum(not receipt.replayed for receipt in receipts if receipt) == 1
    assert await count(org, "case_file") == 1
    assert await verify(org.tenant) == ()


async def test_two_organisations_may_use_one_name(database: Database) -> None:
    org, other, name = await make_org(), await make_org(), uuid4()

    first = await ledger.apply(org.public, None, filing(), command_id=name)
    second = await ledger.apply(other.public, None, filing(), command_id=name)

    assert not second.replayed
    assert first.case_id != second.case_id


async def test_a_form_for_an_older_version_is_stale(database: Database) -> None:
    org = await make_org()
    case = await file(org)
    await give(org.ana, case, c.Note(text=words()))

    with pytest.raises(Stale) as raised:
        await give(org.ana, case, c.TakeOn(), if_version=case.version)

    assert (raised.value.asked, raised.value.version) == (1, 2)


async def test_what_was_refused_may_be_tried_again_under_its_name(database: Database) -> None:
    org, name = await make_org(), uuid4()
    case = await file(org)
    with pytest.raises(Refused) as raised:
        await ledger.apply(org.ana, case.number, c.Resume(), command_id=name)
    assert raised.value.why is Why.NOT_PAUSED

    done = await ledger.apply(org.ana, case.number, c.TakeOn(), command_id=name)

    assert not done.replayed


async def test_a_bell_that_is_not_owed_leaves_no_trace(database: Database) -> None:
    org = await make_org()
    case = await file(org)
    before = [await count(org, table) for table in ("case_event", "command", "outbox")]

    struck = await bells.apply_bell(org.tenant, case.case_id, "merchant/wait/7")

    assert (struck.events, struck.version) == ((), 1)
    assert [await count(org, table) for table in ("case_event", "command", "outbox")] == before


async def test_two_strikes_of_one_bell_at_once_ring_once(database: Database) -> None:
    org = await make_org()
    case = await file(org)
    plan = await queries.plan(org.tenant, case.case_id)
    assert plan.bell
    assert plan.wait
    await wait(org, plan.wait)

    rung = await asyncio.gather(
        *(bells.apply_bell(org.tenant, case.case_id, plan.bell) for _ in range(6))
    )

    assert sum(not each.replayed for each in rung) == 1
    assert {each.seqs for each in rung} == {(2,)}
    assert await count(org, "case_event") == 2


async def test_when_no_answer_ever_comes_the_caller_is_told_to_try_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    org, name = await make_org(), uuid4()
    commit = Tx.commit

    async def always_lost(tx: Tx) -> None:
        await commit(tx)
        raise AmbiguousCommit("cut")

    with monkeypatch.context() as patch:
        patch.setattr(Tx, "commit", always_lost)
        with pytest.raises(DatabaseAway):
            await ledger.apply(org.public, None, filing(), command_id=name)

    again = await ledger.apply(org.public, None, filing(), command_id=name)
    assert again.replayed
    assert await count(org, "case_file") == 1


@pytest.mark.parametrize("arrived", [True, False])
@pytest.mark.parametrize("is_filing", [True, False])
async def test_after_a_lost_answer_to_a_commit_the_ledger_is_asked_again(
    database: Database, monkeypatch: pytest.MonkeyPatch, arrived: bool, is_filing: bool
) -> None:
    org = await make_org()
    case = await file(org)
    commit, lost = Tx.commit, iter([True])

    async def answer_lost(tx: Tx) -> None:
        if next(lost, False):
            await (commit(tx) if arrived else tx.execute("rollback"))
            raise AmbiguousCommit("cut")
        await commit(tx)

    monkeypatch.setattr(Tx, "commit", answer_lost)
    if is_filing:
        receipt = await file(org)
    else:
        receipt = await give(org.ana, case, c.TakeOn())
    monkeypatch.undo()

    assert not receipt.replayed
    assert await count(org, "case_file") == (2 if is_filing else 1)
    assert await count(org, "case_event") == (2 if is_filing else 3)
    assert await verify(org.tenant) == ()
