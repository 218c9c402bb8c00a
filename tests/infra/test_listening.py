"""Hearing PostgreSQL: what was missed before, what comes, and that nothing comes any more."""

import asyncio

import pytest

from infra.database import DatabaseAway, Login
from infra.listening import listen
from tests.database import Database


async def test_it_is_called_at_once_and_for_each_notification(database: Database) -> None:
    heard = asyncio.Semaphore(0)
    url = database.settings.url(Login.WORKER)
    listening = asyncio.create_task(listen(url, "redress_outbox", heard.release))
    async with asyncio.timeout(10), database.as_owner() as owner:
        await heard.acquire()

        await owner.execute("notify redress_outbox")
        await heard.acquire()
        await owner.execute("notify another_channel")
        await owner.execute("notify redress_outbox")
        await heard.acquire()

    assert heard.locked()
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


async def test_a_lost_connection_is_not_waited_for_in_vain(database: Database) -> None:
    heard = asyncio.Event()
    url = database.settings.url(Login.WORKER)
    listening = asyncio.create_task(listen(url, "redress_outbox", heard.set))
    async with asyncio.timeout(10), database.as_owner() as owner:
        await heard.wait()
        await owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%'"
        )

        with pytest.raises(DatabaseAway):
            await listening


async def test_a_server_that_is_away_is_told_as_away(database: Database) -> None:
    with pytest.raises(DatabaseAway):
        await listen("postgresql://nobody@/x?host=/nowhere", "redress_outbox", lambda: None)
