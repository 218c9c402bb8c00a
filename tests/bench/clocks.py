"""A real Temporal with our worker and the bare one, and cases whose bells ring when we want."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from temporalio.client import Client

from infra import temporal_server
from infra.database import tenant_tx
from infra.processes import free_port
from infra.stack_parts import python
from services.cases import ledger, queries
from services.cases.receipts import Receipt
from services.cases.rows import SPREAD
from services.lifecycle import commands as c
from services.lifecycle.bells import local_day
from services.lifecycle.facts import Consumer
from services.lifecycle.kinds import Door
from services.playbooks import library
from tests.bench.place import HOST, PATIENCE_SECONDS, SEED, Place, served
from tests.cases.cast import Org, give, make_org
from tests.lifecycle.cast import complaint, words
from tests.web.cast import proof
from tests.workflows.clockwork import until
from tests.workflows.ladders import ladder, rung

AT_ONCE = 8
T = TypeVar("T")
UNREACHABLE = Consumer(name=words("达拉"), phone=words("13800006021"))
RUNG = """
select case_id, (body ->> 'due')::timestamptz as due, at from case_event
where tenant_id = $1 and body ->> 'bell' is not null and body ->> 'due' is not null
    and case_id = any($2)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """`book` is where the bare worker writes down when it did nothing."""

    place: Place
    database: str
    client: Client
    book: Path
    worker_pid: int
    temporal_pid: int


@contextlib.asynccontextmanager
async def clocks(place: Place) -> AsyncIterator[Clocks]:
    name = await place.copy(f"bells_{uuid4().hex[:6]}", of=SEED)
    book = place.home / "bare.book"
    book.touch()
    with contextlib.ExitStack() as stack:
        temporal = stack.enter_context(temporal_server.running())
        env = place.environment(name, REDRESS_TEMPORAL_ADDRESS=temporal.address)
        env |= {"REDRESS_SMTP_URL": stack.enter_context(mail_sink(place))}
        ours = python("-m", "workflows.worker", environment=env)
        bare = python("-m", "tests.bench.bare_worker", temporal.address, str(book))
        pid = stack.enter_context(served(ours, place.home / "worker.log"))
        stack.enter_context(served(bare, place.home / "bare.log"))
        async with place.inside(name):
            client = await Client.connect(temporal.address)
            yield Clocks(
                place=place,
                database=name,
                client=client,
                book=book,
                worker_pid=pid,
                temporal_pid=temporal.pid,
            )


@contextlib.contextmanager
def mail_sink(place: Place) -> Iterator[str]:
    """Where the letters of the desk go at once, so that none of them is tried again meanwhile."""
    smtp, http = free_port(), free_port()
    ports = ("--smtp-port", str(smtp), "--http-port", str(http))
    sink = python("-m", "infra.mail_sink", "--folder", str(place.home / "mail"), *ports)
    with served(sink, place.home / "mail.log"):
        yield f"smtp://{HOST}:{smtp}"


async def org_of(*spans: str) -> Org:
    """Its consumers are reminded after each of these spans, and nobody has an address: a bell is
    a bell here, and no letter.
    """
    reminders = ", ".join(
        f'{{ after = "{span}", tell = ["consumer"], letter = "still_waiting" }}' for span in spans
    )
    merchant = rung("merchant", wait="90 days", hand="handler", more=f"remind = [{reminders}]")
    last = rung("regulator", hand="consumer", expiry="stay")
    return await make_org(ladder(merchant, last, forward=False, first_look="600 minutes"))


async def taken_on(org: Org, count: int) -> list[Receipt]:
    filing = c.File(complaint=complaint(consumer=UNREACHABLE), playbook=library.CHOOSE)

    async def one() -> Receipt:
        receipt = await ledger.apply(org.public, None, filing, command_id=uuid4())
        return await give(org.leo, receipt, c.TakeOn())

    return await few_at_once([one] * count)


async def few_at_once(work: Sequence[Callable[[], Awaitable[T]]]) -> list[T]:
    places = asyncio.Semaphore(AT_ONCE)

    async def one(each: Callable[[], Awaitable[T]]) -> T:
        async with places:
            return await each()

    return list(await asyncio.gather(*map(one, work)))


async def sent(org: Org, case: Receipt) -> Receipt:
    """From now on its reminders run."""
    today = local_day((await queries.case(org.clock, case.case_id)).now)
    filing = c.RecordFiling(door=Door.MERCHANT, on=today, proof=proof())
    return await give(org.leo, case, filing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rang:
    """One bell: when it was due, and how many seconds later it was struck."""

    due: datetime
    at: datetime

    @property
    def late(self) -> float:
        return (self.at - self.due).total_seconds()


async def rang_of(org: Org, cases: Sequence[Receipt], *, spread: bool = False) -> list[Rang]:
    """`spread`: those of a day's end are asked for within the minute after it."""
    async with tenant_tx(org.clock) as tx:
        rows = await tx.fetch(RUNG, org.tenant, [case.case_id for case in cases])
    return [
        Rang(
            due=row["due"] + timedelta(seconds=row["case_id"].int % SPREAD if spread else 0),
            at=row["at"],
        )
        for row in rows
    ]


async def until_rung(org: Org, cases: Sequence[Receipt], count: int, *, seconds: float) -> None:
    async def all_rang() -> bool:
        return len(await rang_of(org, cases)) >= count

    await until(all_rang, seconds=max(seconds, PATIENCE_SECONDS))


def rate(rang: Sequence[Rang]) -> float:
    """Bells a second, from when the first was due until the last was struck."""
    began, ended = min(one.due for one in rang), max(one.at for one in rang)
    return len(rang) / (ended - began).total_seconds()
