"""Hearing PostgreSQL's notifications: on a connection of its own, which belongs to no tenant."""

import asyncio
from collections.abc import Callable

import asyncpg

from infra.database_faults import speaking

CONNECT_SECONDS = 5
KNOCK_SECONDS = 30


async def listen(url: str, channel: str, heard: Callable[[str], None]) -> None:
    """Calls `heard` with what each notification says, and once with nothing at the start for those
    missed before. Raises DatabaseAway as soon as the connection is lost.
    """
    lost = asyncio.Event()
    with speaking():
        connection = await asyncpg.connect(url, timeout=CONNECT_SECONDS)
    try:
        connection.add_termination_listener(lambda _: lost.set())
        with speaking(connection):
            await connection.add_listener(channel, lambda *said: heard(said[-1]))
            heard("")
            while not lost.is_set():
                await knock(connection, lost)
    finally:
        connection.terminate()


async def knock(connection: asyncpg.Connection, lost: asyncio.Event) -> None:
    """A server that vanished without a word would be waited for in vain."""
    try:
        async with asyncio.timeout(KNOCK_SECONDS):
            await lost.wait()
    except TimeoutError:
        await connection.execute("select", timeout=CONNECT_SECONDS)
    else:
        raise ConnectionError("the connection was lost")
