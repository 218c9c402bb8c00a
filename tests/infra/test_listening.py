"""Hearing PostgreSQL: what was missed before, what comes, and that nothing comes any more."""

import asyncio

import pytest

from infra.database import DatabaseAway, Login
from infra.listening import listen
from tests.database import Database


async def test_it_is_called_at_once_and_with_what_each_notification_says(
    database: Database,
) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    url = database.settings.url(Login.WORKER)
    listening = asyncio.create_task(listen(url, "redress_outbox", heard.put_nowait))
    async with asyncio.timeout(10), database.as_owner() as owner:
        assert await heard.get() == ""

        await owner.execute("notify redress_outbox, 'one'")
        assert await heard.get() == "one"
        await owner.execute("notify another_channel, 'none of ours'")
        await owner.execute("notify redress_outbox, 'two'")
        assert await heard.get() == "two"

    assert heard.empty()
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


async def test_a_lost_connection_is_not_waited_for_in_vain(database: Database) -> None:
    heard = asyncio.Event()
    url = database.settings.url(Login.WORKER)
    listening = asyncio.create_task(listen(url, "redress_outbox", lambda _: heard.set()))
    async with asyncio.timeout(10), database.as_owner() as owner:
        await heard.wait()
        await owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%'"
        )

        with pytest.raises(DatabaseAway):
            await listening


async def test_a_server_that_is_away_is_told_as_away(database: Database) -> None:
    with pytest.raises(DatabaseAway):
        await listen("postgresql://nobody@/x?host=/nowhere", "redress_outbox", lambda _: None)
