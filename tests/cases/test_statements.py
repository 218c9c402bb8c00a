"""A command costs few statements, so that a case is locked for a few milliseconds only."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest

from infra import database as plumbing
from infra.database import Tx
from services.cases import bells, ledger, queries
from services.lifecycle import commands as c
from services.lifecycle.kinds import Outcome
from tests.cases.cast import file, filing, give, make_org, wait
from tests.database import Database
from tests.lifecycle.cast import words

STATEMENTS_MAX = 12  # with the one by which the pool resets its connection


@asynccontextmanager
async def counted(patch: pytest.MonkeyPatch) -> AsyncIterator[list[str]]:
    """Every statement sent from here on, BEGIN and COMMIT and those of Piccolo too."""
    sent: list[str] = []

    def listening(connection: Any) -> Tx:
        connection.add_query_logger(note)
        return Tx(connection)

    def note(record: Any) -> None:
        sent.append(record.query)

    with patch.context() as within:
        within.setattr(plumbing, "Tx", listening)
        yield sent
        await asyncio.sleep(0)


async def test_every_kind_of_command_keeps_to_its_few_statements(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    org = await make_org()
    case = await file(org)
    await give(org.ana, case, c.TakeOn())
    spent: dict[str, int] = {}

    async with counted(monkeypatch) as sent:
        await ledger.apply(org.public, None, filing(), command_id=uuid4())
        spent["file"] = len(sent)
    for command in (
        c.Note(text=words()),
        c.Assign(to=org.vera.person),
        c.ReissueLink(),
        c.Close(outcome=Outcome.NOT_SOLVED, text=words()),
        c.Reopen(text=words()),
    ):
        async with counted(monkeypatch) as sent:
            await give(org.leo, case, command)
            spent[type(command).__name__] = len(sent)
    plan = await queries.plan(org.tenant, case.case_id)
    assert plan.bell
    assert plan.wait
    await wait(org, plan.wait)
    async with counted(monkeypatch) as sent:
        await bells.apply_bell(org.tenant, case.case_id, plan.bell)
        spent["bell"] = len(sent)

    assert max(spent.values()) <= STATEMENTS_MAX, spent
    assert min(spent.values()) > 5, f"the counter counts nothing: {spent}"
