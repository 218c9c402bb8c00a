"""A cable between us and PostgreSQL that can be cut while a COMMIT is on its way."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.database import Database

SOCKET = ".s.PGSQL.5432"
COMMIT = b"commit\0"


class Cut(Enum):
    NOT = "the cable is whole"
    BEFORE = "the server never hears of the commit"
    AFTER = "the server commits and we never hear of it"


@dataclass(slots=True)
class Cable:
    upstream: str
    cut: Cut = Cut.NOT

    async def plug(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_unix_connection(self.upstream)
        back = asyncio.create_task(self.carry_back(far_reader, writer))
        while said := await reader.read(65536):
            if COMMIT in said and self.cut is not Cut.NOT:
                await self.cut_at_commit(far_writer, back, said)
                break
            far_writer.write(said)
        for end in (far_writer, writer):
            end.close()
        with suppress(asyncio.CancelledError):
            await back

    async def cut_at_commit(
        self, far_writer: asyncio.StreamWriter, back: asyncio.Task[None], said: bytes
    ) -> None:
        """Either way nothing more is heard; AFTER leaves the server the time to finish."""
        back.cancel()
        if self.cut is Cut.AFTER:
            far_writer.write(said)
            await far_writer.drain()

    @staticmethod
    async def carry_back(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.read(65536):
            writer.write(said)
        writer.close()


@asynccontextmanager
async def cable_to(database: Database) -> AsyncIterator[tuple[Cable, Database]]:
    """The same database, reached through the cable."""
    url = database.settings.app
    [near] = parse_qs(urlsplit(url).query)["host"]
    with tempfile.TemporaryDirectory(prefix="cable-") as folder:
        cable = Cable(str(Path(near) / SOCKET))
        async with await asyncio.start_unix_server(
            cable.plug, str(Path(folder) / SOCKET)
        ) as server:
            through = replace(database.settings, app=url.replace(near, folder))
            yield cable, replace(database, settings=through)
            server.close()
