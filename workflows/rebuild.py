"""Telling Temporal of everything that is open: it can always be made anew from the ledger."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID, uuid4

from temporalio.client import Client

from infra.database import Login, platform_tx
from services.cases.rebuild import open_cases
from services.notices import sending
from services.tenants import organisations
from workflows import desk
from workflows.messages import CaseRef, NoticeRef

AT_ONCE: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    cases: int = 0
    notices: int = 0


async def rebuild(*, dry_run: bool) -> int:
    """How many cases are open. A new epoch begins, of which no Temporal knows: within seconds the
    worker tells it of every one of them.
    """
    tenants = await organisations.everyone(login=Login.WORKER)
    count = sum([len(await open_cases(each.tenant)) for each in tenants])
    if not dry_run:
        await begin_epoch()
    return count


async def begin_epoch() -> UUID:
    epoch = uuid4()
    async with platform_tx(Login.WORKER) as tx:
        await tx.execute("insert into epoch (id) values ($1)", epoch)
    return epoch


async def tell_all(client: Client) -> Told:
    """Every open case looks anew whatever it saw before, and every open letter goes its way."""
    cases = notices = 0
    for each in await organisations.everyone(login=Login.WORKER):
        cases += await tell_cases(client, each.tenant)
        notices += await tell_notices(client, each.tenant, older_than=timedelta(0))
    return Told(cases=cases, notices=notices)


async def tell_cases(client: Client, tenant: UUID) -> int:
    found = await open_cases(tenant)
    await few_at_once(
        [
            partial(
                desk.poke,
                client,
                CaseRef(tenant=tenant, case=case.id),
                case.version,
                force=True,
                priority=desk.PATIENT,
            )
            for case in found
        ]
    )
    return len(found)


async def tell_notices(client: Client, tenant: UUID, *, older_than: timedelta) -> int:
    found = await sending.stranded(tenant, older_than=older_than)
    refs = [NoticeRef(tenant=tenant, notice=each) for each in found]
    await few_at_once([partial(desk.dispatch, client, ref) for ref in refs])
    return len(found)


async def few_at_once(work: Sequence[Callable[[], Awaitable[None]]]) -> None:
    """All of it, or the first fault after the rest was tried."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(each: Callable[[], Awaitable[None]]) -> None:
        async with places:
            await each()

    faults = await asyncio.gather(*map(one, work), return_exceptions=True)
    for fault in faults:
        if isinstance(fault, BaseException):
            raise fault
