"""From the outbox to Temporal, after the commit. Any number of relays may run: one leases what
another leaves, and what is told twice does no harm.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID

import structlog
from temporalio.client import Client

from infra.database import Login, Record, platform_tx
from workflows import desk
from workflows.connection import Dial
from workflows.messages import CaseRef, NoticeRef

log = structlog.get_logger()
CHANNEL: Final = "redress_outbox"
EVERY: Final = timedelta(seconds=1)
BATCH: Final = 50
LEASE: Final = timedelta(seconds=5)
PATIENCE_SECONDS: Final = 4  # ends before the lease does
AT_ONCE: Final = 8
TURNS = """
update outbox set leased_until = clock_timestamp() + $2, attempts = attempts + 1 where id in (
    select id from outbox where id in (
        select id from (
            select id, row_number() over (partition by tenant_id order by id) as turn from outbox
            where sent_at is null and (leased_until is null or leased_until < clock_timestamp())
        ) waiting order by turn, id limit $1
    ) and sent_at is null and (leased_until is null or leased_until < clock_timestamp())
    for update skip locked
) returning id, tenant_id, case_id, kind, ref, seq
"""
"""Tenants take turns, so that one with a thousand changes holds up nobody."""
SENT = "update outbox set sent_at = clock_timestamp() where id = any($1)"
LEFT = "update outbox set leased_until = null where id = any($1) and sent_at is null"
Rows = Sequence[Record]
Message = Callable[[], Awaitable[None]]


class NotAllTold(ConnectionError):
    """Some rows stay in the outbox and are tried again."""


async def relay(dial: Dial) -> bool:
    """One batch. True if there may be more; raises `NotAllTold` if Temporal did not take it."""
    client = await dial()
    rows = await lease()
    if not rows:
        return False
    told = await tell(client, rows)
    left = {row["id"] for row in rows} - told
    async with platform_tx(Login.WORKER) as tx:
        await tx.execute(SENT, list(told))
        await tx.execute(LEFT, list(left))
    if left:
        raise NotAllTold
    return len(rows) == BATCH


async def lease() -> Rows:
    async with platform_tx(Login.WORKER) as tx:
        return await tx.fetch(TURNS, BATCH, LEASE)


async def tell(client: Client, rows: Rows) -> set[int]:
    """The ids of those rows that Temporal acknowledged in time."""
    told: set[int] = set()
    places = asyncio.Semaphore(AT_ONCE)

    async def one(ids: Iterable[int], message: Message) -> None:
        async with places:
            await message()
            told.update(ids)

    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.gather(
                *(one(ids, message) for ids, message in messages(client, rows)),
                return_exceptions=True,
            )
    except TimeoutError:
        log.warning("waiting", task="relay", left=len(rows) - len(told))
    return told


def messages(client: Client, rows: Rows) -> Iterable[tuple[list[int], Message]]:
    """One for each case, with its highest number, and one for each letter. `look` is for those
    that have seen the case already.
    """
    cases: dict[CaseRef, list[Record]] = {}
    for row in rows:
        if row["kind"] == "notice":
            notice: UUID = row["ref"]
            ref = NoticeRef(tenant=row["tenant_id"], notice=notice)
            yield [row["id"]], partial(desk.dispatch, client, ref)
        else:
            case = CaseRef(tenant=row["tenant_id"], case=row["case_id"])
            cases.setdefault(case, []).append(row)
    for case, found in cases.items():
        latest = max(row["seq"] for row in found)
        again = any(row["kind"] == "look" for row in found)
        yield [row["id"] for row in found], partial(desk.poke, client, case, latest, force=again)
