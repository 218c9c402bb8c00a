"""The one door: commands go in at every stage, receipts come out, and who may not is refused."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from infra.database import tenant_tx
from services.cases import ledger, queries
from services.cases.receipts import NotFound, Receipt
from services.cases.verify import verify
from services.lifecycle import commands as c
from services.lifecycle.kinds import Ball, Door, FilingState, Outcome, Reason, Role, Stage, Verdict
from services.lifecycle.refusals import Refused, Why
from services.playbooks.library import NoSuchPlaybook
from services.tenants import links
from services.tenants.links import Scope
from tests.cases.cast import LADDER_REF, Org, file, filing, give, make_org
from tests.database import Database
from tests.lifecycle.cast import proof, words


async def today(org: Org, case: Receipt) -> date:
    return (await queries.case(org.leo, case.number)).now.date()


async def sent(org: Org, case: Receipt, door: Door) -> Receipt:
    on = await today(org, case)
    return await give(org.ana, case, c.RecordFiling(door=door, on=on, proof=proof()))


async def offered(org: Org, case: Receipt) -> Receipt:
    by = await today(org, case) + timedelta(days=5)
    offer = c.MakeOffer(party=Ball.MERCHANT, terms=words("退款"), fulfil_by=by)
    return await give(org.shop(case), case, offer)


async def test_the_public_files_and_gets_a_number_and_a_link(database: Database) -> None:
    org = await make_org()

    receipt = await file(org)

    assert receipt.number.endswith("-1")
    assert (receipt.stage, receipt.ball) == (Stage.SUBMITTED, Ball.ASSOCIATION)
    assert (receipt.events, receipt.seqs) == (("filed",), (1,))
    assert receipt.link_token
    opened = await links.resolve(receipt.link_token, address="192.0.2.1")
    assert opened
    assert (opened.ref.case, opened.asks_digits) == (receipt.case_id, True)


async def test_every_filing_has_the_next_number_of_its_organisation(database: Database) -> None:
    org, other = await make_org(), await make_org()

    numbers = [(await file(where)).number.partition("-")[2] for where in (org, org, other)]

    assert numbers == ["1", "2", "1"]


async def test_a_refused_filing_takes_no_number(database: Database) -> None:
    org = await make_org()
    with pytest.raises(Refused):
        await file(org, consents=frozenset())

    assert (await file(org)).number.endswith("-1")


async def test_a_promise_is_made_broken_and_kept(database: Database) -> None:
    org = await make_org()
    case = await file(org)
    opened = await give(org.ana, case, c.TakeOn())
    filed = await sent(org, case, Door.MERCHANT)
    offer = await offered(org, case)
    settled = await give(org.dara(case), case, c.AcceptOffer(offer=offer.version))
    broken = await give(org.dara(case), case, c.BreakPromise(promise=settled.version))
    again = await offered(org, case)
    promised = await give(org.dara(case), case, c.AcceptOffer(offer=again.version))
    kept = await give(org.dara(case), case, c.Fulfil(promise=promised.version, proof=proof()))

    assert (opened.filing.door, opened.filing.state) == (Door.MERCHANT, FilingState.OWED)
    assert (filed.filing.state, filed.ball) == (FilingState.SENT, Ball.MERCHANT)
    assert (offer.ball, settled.stage) == (Ball.CONSUMER, Stage.SETTLED)
    assert (broken.stage, kept.stage) == (Stage.AWAITING_MERCHANT, Stage.CLOSED)
    assert kept.events == ("fulfilled", "closed")
    assert await verify(org.tenant) == ()


async def test_a_case_goes_up_to_mediation_ends_there_and_goes_to_law(database: Database) -> None:
    org = await make_org()
    case = await file(org)
    on = await today(org, case)
    commands = (
        c.TakeOn(),
        c.OpenDoor(door=Door.PLATFORM),
        c.RecordFiling(door=Door.PLATFORM, on=on, proof=proof()),
        c.Pause(holder=Ball.ASSOCIATION, reason=Reason.APPRAISAL),
        c.Resume(),
        c.RecordAnswer(
            door=Door.PLATFORM,
            verdict=Verdict.REFUSED,
            on=on,
            text=words(),
        ),
        c.OpenReport(text=words()),
        c.AcceptMediation(confirmed=True),
        c.EndMediation(reason=Reason.NO_AGREEMENT, text=words()),
        c.Close(outcome=Outcome.NOT_SOLVED, text=words()),
        c.Reopen(text=words()),
    )

    stages = [(await give(org.leo, case, command)).stage for command in commands]

    assert list(dict.fromkeys(stages)) == [
        Stage.AWAITING_MERCHANT,
        Stage.ESCALATED_TO_PLATFORM,
        Stage.IN_MEDIATION,
        Stage.LEGAL_ACTION,
        Stage.CLOSED,
    ]
    assert stages[-1] is Stage.LEGAL_ACTION
    assert await verify(org.tenant) == ()


async def test_who_may_not_is_refused_and_who_may_not_see_finds_nothing(
    database: Database,
) -> None:
    org, other = await make_org(), await make_org()
    case, second = await file(org), await file(org)

    for seat, why in ((org.otto, Why.NOT_PERMITTED), (org.shop(case), Why.NOT_PERMITTED)):
        with pytest.raises(Refused) as raised:
            await give(seat, case, c.TakeOn())
        assert raised.value.why is why
    strangers = (other.leo, org.public, org.vera, org.dara(second), org.shop(second))
    for stranger in strangers:
        with pytest.raises(NotFound):
            await give(stranger, case, c.Note(text=words()))
    with pytest.raises(NotFound):
        await ledger.apply(org.leo, "2026-99", c.TakeOn(), command_id=uuid4())


async def test_a_volunteer_takes_a_free_case_and_then_works_on_it(database: Database) -> None:
    org = await make_org()
    case = await file(org)

    await give(org.vera, case, c.Take())
    noted = await give(org.vera, case, c.Note(text=words()))

    assert noted.version == 3


async def test_a_volunteer_cannot_take_what_somebody_has(database: Database) -> None:
    org = await make_org()
    case = await file(org)
    await give(org.leo, case, c.Assign(to=org.ana.person))

    with pytest.raises(NotFound):
        await give(org.vera, case, c.Take())


async def test_a_case_is_assigned_to_somebody_who_works_here(database: Database) -> None:
    org, other = await make_org(), await make_org()
    case = await file(org)

    for nobody in (uuid4(), other.ana.person, org.otto.person):
        with pytest.raises(Refused) as raised:
            await give(org.leo, case, c.Assign(to=nobody))
        assert raised.value.why is Why.NOT_A_PERSON


async def test_a_new_link_ends_the_one_before(database: Database) -> None:
    org = await make_org()
    case = await file(org)

    renewed = await give(org.leo, case, c.ReissueLink())

    assert case.link_token
    assert renewed.link_token
    assert await links.resolve(case.link_token, address="192.0.2.1") is None
    opened = await links.resolve(renewed.link_token, address="192.0.2.1")
    assert opened
    assert (opened.ref.generation, opened.asks_digits) == (2, True)


async def test_the_link_ends_some_time_after_the_case_and_lives_on_when_it_is_reopened(
    database: Database,
) -> None:
    org = await make_org()
    case = await file(org)

    async def ends_in() -> timedelta | None:
        async with tenant_tx(org.leo) as tx:
            ends = await tx.fetchval(
                "select expires_at from link where case_id = $1 and scope = $2",
                *(case.case_id, Scope.STATUS),
            )
            return ends - tx.real_now if ends else None

    assert await ends_in() is None
    await give(org.dara(case), case, c.Withdraw(reason=Reason.CHANGED_MIND))
    closing = await ends_in()
    await give(org.dara(case), case, c.Reopen(text=words()))

    assert closing
    assert closing > timedelta(days=59)
    assert await ends_in() is None


async def test_a_playbook_is_chosen_named_or_unknown(database: Database) -> None:
    org = await make_org()

    chosen = await file(org)
    named = replace(filing(), playbook=LADDER_REF)
    await ledger.apply(org.ana, None, named, command_id=uuid4())
    with pytest.raises(NoSuchPlaybook):
        await ledger.apply(
            org.ana,
            None,
            replace(named, playbook=replace(LADDER_REF, id="other")),
            command_id=uuid4(),
        )

    view = await queries.case(org.ana, chosen.number)
    assert (view.case.playbook.id, view.case.playbook.version) == ("ladder", 1)
    assert view.case.assignee is None
    assert org.ana.role is Role.CASEWORKER
