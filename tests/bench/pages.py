"""Pages that are read all day, with few and with many cases, beside their statements over the bare
driver and their template rendered from memory.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import quote

import pytest

from infra.database import tenant_tx
from services.cases.status_links import status_link
from services.tenants import grants
from tests.bench.clones import grow
from tests.bench.figures import Figure, Run, figures
from tests.bench.load import Once, in_turn, load
from tests.bench.place import House, Pages, Place, house
from tests.bench.recording import Driver, Unit, bare_driver, recorded, spelt
from tests.bench.sizes import Sizes
from tests.web.visitor import visiting
from web import page, templating
from web.app import make_app
from web.cookies import Jar

SOME = """
select id, number, link_generation from case_file
where tenant_id = $1 and stage = 'awaiting_merchant' order by next_due, id limit 1
"""
FREQUENT_AND_RARE = quote("商家 微波炉")

Cookies = Callable[[], dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page as one reader opens it. `cookies` are made anew for each round: they grow old."""

    name: str
    path: str
    cookies: Cookies


@dataclass(slots=True, kw_only=True)
class Made:
    """What a page was made of: its statements, and its template with the data it was given."""

    units: list[Unit] = field(default_factory=list)
    template: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """One size of the association, served and ready to be read, both ways."""

    pages: Pages
    driver: Driver
    readings: Mapping[str, Reading]
    made: Mapping[str, Made]


async def measure(place: Place, sizes: Sizes) -> list[Figure]:
    found: list[Figure] = []
    for cases in (sizes.few, sizes.many):
        await place.grown(cases, grow)
    async with AsyncExitStack() as stack:
        few = await stand(place, sizes.few, stack)
        many = await stand(place, sizes.many, stack)
        for name in few.readings:
            for stood, cases in ((few, sizes.few), (many, sizes.many)):
                runs = await in_turn(
                    partial(read_ours, stood, name, sizes),
                    partial(read_bare, stood, name, sizes),
                    rounds=sizes.rounds,
                )
                found += figures(f"{name}, {cases:,} cases", *runs)
        runs = await in_turn(
            partial(read_ours, many, "queue", sizes),
            partial(read_ours, few, "queue", sizes),
            rounds=sizes.rounds,
        )
    beside = f"queue, {sizes.many:,} cases beside {sizes.few:,}"
    found.append(Figure(name=beside, ours=runs[0].p50, unit="ms", bare=runs[1].p50))
    return found


async def stand(place: Place, cases: int, stack: AsyncExitStack) -> Stand:
    name = await place.grown(cases, grow)
    async with place.inside(name):
        readings = {each.name: each for each in await pages_of(await house())}
        made = {each.name: await making(place, name, each) for each in readings.values()}
    settings = place.database(name).settings
    for one in made.values():
        one.units = await spelt(one.units, settings)
    return Stand(
        pages=await stack.enter_async_context(place.pages(name)),
        driver=await stack.enter_async_context(bare_driver(settings)),
        readings=readings,
        made=made,
    )


async def pages_of(home: House) -> list[Reading]:
    async with tenant_tx(home.manager) as tx:
        case = await tx.fetchrow(SOME, home.organisation.tenant)
    assert case is not None
    desk = f"/{home.organisation.slug}/desk"
    ref = status_link(home.organisation.tenant, case["id"], case["link_generation"])

    def staff() -> dict[str, str]:
        return {Jar.SESSION.value: home.tokens[0]}

    def dara() -> dict[str, str]:
        grant = grants.begin(ref, number=case["number"], checked=True, now=datetime.now(UTC))
        return {Jar.GRANTS.value: grants.write([grant])}

    return [
        Reading(name="queue", path=f"{desk}/queue", cookies=staff),
        Reading(name="case page", path=f"{desk}/cases/{case['number']}", cookies=staff),
        Reading(name="search page", path=f"{desk}/search?q={FREQUENT_AND_RARE}", cookies=staff),
        Reading(name="status page", path=f"/s/{case['number']}/status", cookies=dara),
    ]


async def making(place: Place, name: str, reading: Reading) -> Made:
    """Read once to fill what is kept in memory, and once more to see what is left to do."""
    async with visiting(make_app(place.settings(name))) as visitor:
        visitor.client.cookies.update(reading.cookies())
        await visitor.client.get(reading.path)
        with recorded() as units, rendered() as made:
            answer = await visitor.client.get(reading.path)
    assert answer.status_code == 200, answer.text
    made.units = [unit for unit in units if unit.statements]
    return made


@contextmanager
def rendered() -> Iterator[Made]:
    """Which template is asked for with which data."""
    made = Made()

    def noting(template: str, data: Mapping[str, Any]) -> str:
        made.template, made.data = template, data
        return templating.whole(template, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "whole", noting)
        yield made


async def read_ours(stood: Stand, name: str, sizes: Sizes) -> Run:
    reading = stood.readings[name]
    cookies = reading.cookies()
    browser = stood.pages.browser()

    async def once() -> None:
        browser.cookies = dict(cookies)
        answer = await browser.get(reading.path)
        assert answer.status == 200, answer.text

    try:
        return await warm(once, sizes, pid=stood.pages.pid)
    finally:
        browser.close()


async def read_bare(stood: Stand, name: str, sizes: Sizes) -> Run:
    made = stood.made[name]

    async def once() -> None:
        await stood.driver.replay(made.units)
        templating.whole(made.template, made.data)

    return await warm(once, sizes)


async def warm(once: Once, sizes: Sizes, *, pid: int | None = None) -> Run:
    await once()
    return await load([once], count=sizes.reads, pid=pid)
