"""What a page says when something is wrong, read from it as a person without scripts would."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx

from infra.postgres import Server
from tests.database import Database, database_on

ANCHOR = re.compile(r'<li><a href="#([^"]+)">')


def told_at_the_top(page: httpx.Response) -> list[str]:
    """The ids that the summary leads to, each of which must be on the page."""
    targets = ANCHOR.findall(page.text.split('class="faults"')[1].split("</ul>")[0])
    missing = [target for target in targets if f'id="{target}"' not in page.text]
    assert missing == []
    return targets


def is_whole_page(page: httpx.Response) -> bool:
    return page.text.startswith("<!doctype html>") and "</html>" in page.text


def doubled_ids(page: httpx.Response) -> set[str]:
    ids = re.findall(r'\sid="([^"]+)"', page.text)
    return {each for each in ids if ids.count(each) > 1}


@asynccontextmanager
async def no_database(server: Server, database: Database) -> AsyncIterator[None]:
    """It hangs up on everybody and takes no calls."""
    name = urlsplit(database.owner_url).path.strip("/")
    async with database_on(server, "postgres").as_owner() as owner:
        await owner.execute(f"alter database {name} connection limit 0")
        await owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", name
        )
        try:
            yield
        finally:
            await owner.execute(f"alter database {name} connection limit -1")
