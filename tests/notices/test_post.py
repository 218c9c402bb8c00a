"""Letters are posted with the event that owes them, and marked only by what happened to them."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

from infra.database import tenant_tx
from services.cases import ledger
from services.cases.receipts import Receipt
from services.lifecycle import commands as c
from services.notices import sending
from services.notices.sending import Outcome
from tests.cases.cast import Org, file, filing, give, make_org
from tests.cases.ladder import MAILED
from tests.database import Database


async def notices(org: Org, case: Receipt) -> dict[str, UUID]:
    async with tenant_tx(org.leo) as tx:
        rows = await tx.fetch("select id, letter from notice where case_id = $1", case.case_id)
    return {row["letter"]: row["id"] for row in rows}


async def test_the_consumer_is_written_to_at_the_address_they_gave(database: Database) -> None:
    org = await make_org()
    case = await file(org)

    letter = await sending.read(org.tenant, (await notices(org, case))["received"])

    assert letter
    assert letter.addresses == ("dara@example.org",)


async def test_a_new_case_is_told_to_the_desk_and_a_taken_one_to_its_handler(
    database: Database,
) -> None:
    org = await make_org()
    case = await file(org)
    await give(org.leo, case, c.Take())
    await give(org.leo, case, c.TakeOn())
    found = await notices(org, case)

    new, ours = [
        await sending.read(org.tenant, found[letter]) for letter in ("new_case", "ours_to_file")
    ]

    assert new
    assert ours
    assert (new.recipient, len(new.addresses)) == ("desk", 1)
    assert ours.recipient == f"person:{org.leo.person}"
    assert ours.addresses[0].startswith(org.leo.person.hex if org.leo.person else "?")


async def test_the_demand_goes_to_the_mailbox_of_the_door(database: Database) -> None:
    org = await make_org(MAILED)
    case = await file(org)
    await give(org.ana, case, c.TakeOn())

    demand = await sending.read(org.tenant, (await notices(org, case))["demand"])

    assert demand
    assert (demand.files, demand.addresses) == (True, ("shop@example.org",))


async def test_without_an_address_the_letter_is_held_and_nobody_is_started(
    database: Database,
) -> None:
    org = await make_org()
    complaint = filing().complaint
    mute = replace(complaint, consumer=replace(complaint.consumer, email=None))
    case = await ledger.apply(
        org.public, None, replace(filing(), complaint=mute), command_id=uuid4()
    )

    async with tenant_tx(org.leo) as tx:
        state = await tx.fetchval("select state from notice where letter = 'received'")
        told = await tx.fetch("select ref from outbox where kind = 'notice'")

    assert state == "suppressed"
    assert [row["ref"] for row in told] == [(await notices(org, case))["new_case"]]


async def test_a_letter_is_sent_once_and_keeps_its_first_proof(database: Database) -> None:
    org = await make_org()
    name = (await notices(org, await file(org)))["received"]

    await sending.claim(org.tenant, name, message_id="<a@x>")
    await sending.mark_failed(org.tenant, name, why="421", outcome=Outcome.NOT_SENT)
    await sending.claim(org.tenant, name, message_id="<b@x>")
    await sending.mark_sent(org.tenant, name, proof={"said": "250 ok"})
    await sending.mark_sent(org.tenant, name, proof={"said": "250 again"})
    await sending.mark_failed(org.tenant, name, why="late", outcome=Outcome.REFUSED)
    await sending.mark_held(org.tenant, name)

    assert await sending.claim(org.tenant, name, message_id="<c@x>") is None
    sent = await sending.read(org.tenant, name)
    assert sent
    assert (sent.state, sent.message_id, sent.proof) == ("sent", "<a@x>", {"said": "250 ok"})
    assert sent.attempts == 2


async def test_while_one_worker_speaks_of_a_letter_no_other_does(database: Database) -> None:
    org = await make_org()
    name = (await notices(org, await file(org)))["received"]

    first = await sending.claim(org.tenant, name, message_id="<a@x>", lease=timedelta(0))
    second = await sending.claim(org.tenant, name, message_id="<b@x>")
    third = await sending.claim(org.tenant, name, message_id="<c@x>")

    assert (first, second, third) == ("<a@x>", "<a@x>", None)


async def test_a_try_with_an_unknown_end_stays_visible_and_may_be_made_again(
    database: Database,
) -> None:
    org = await make_org()
    name = (await notices(org, await file(org)))["received"]

    await sending.claim(org.tenant, name, message_id="<a@x>")
    await sending.mark_failed(org.tenant, name, why="cut off", outcome=Outcome.UNKNOWN)
    await sending.mark_held(org.tenant, name)

    unsure = await sending.read(org.tenant, name)
    assert unsure
    assert unsure.state == "sending"
    assert await sending.stranded(org.tenant, older_than=timedelta(0))
    assert await sending.claim(org.tenant, name, message_id="<b@x>") == "<a@x>"
