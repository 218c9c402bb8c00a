"""The one door: a command goes in, a receipt comes out, and everything stands in the tables."""

from datetime import date
from uuid import uuid4

from services.cases import ledger
from services.lifecycle import commands as c
from services.lifecycle.kinds import Ball, Door, FilingState, Stage
from tests.cases.cast import file, filing, give, make_org
from tests.database import Database
from tests.lifecycle.cast import proof


async def test_the_public_files_and_gets_a_number_and_a_link(database: Database) -> None:
    org = await make_org()

    receipt = await file(org)

    assert receipt.number.endswith("-1")
    assert receipt.stage is Stage.SUBMITTED
    assert receipt.ball is Ball.ASSOCIATION
    assert receipt.events == ("filed",)
    assert receipt.link_token


async def test_the_same_form_twice_is_one_case(database: Database) -> None:
    org, name = await make_org(), uuid4()

    first = await ledger.apply(org.public, None, filing(), command_id=name)
    second = await ledger.apply(org.public, None, filing(), command_id=name)

    assert second.replayed
    assert (second.number, second.link_token) == (first.number, first.link_token)


async def test_a_case_is_taken_on_and_filed_at_the_merchants_door(database: Database) -> None:
    org = await make_org()
    case = await file(org)

    opened = await give(org.ana, case, c.TakeOn())
    sent = await give(
        org.ana,
        case,
        c.RecordFiling(door=Door.MERCHANT, on=date(2026, 1, 2), proof=proof()),
    )

    assert opened.stage is Stage.AWAITING_MERCHANT
    assert (sent.filing.door, sent.filing.state) == (Door.MERCHANT, FilingState.SENT)
    assert sent.ball is Ball.MERCHANT
