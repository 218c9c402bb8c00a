"""Forms posted to the running pages, beside their own statements sent again over the bare driver.

The same forms are posted three times, each time to another copy of one database: to the pages
whose time is taken; within this process, to record their statements; and, as those statements
alone, by the driver.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from infra.settings import Settings
from tests.bench.browser import Browser
from tests.bench.figures import Figure, Run, figures
from tests.bench.load import Once, in_turn, load
from tests.bench.place import Pages, Place
from tests.bench.recording import Driver, Unit, bare_driver, recorded, spelt
from tests.bench.sizes import Sizes
from tests.web.visitor import visiting
from web.app import make_app

USERS = (1, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One press of a button, whoever receives it; `cookies` and token are of who presses."""

    path: str
    form: Mapping[str, Any]
    cookies: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What is pressed under a name in the table: for each number of users, in each round, by each
    user, one after another.
    """

    name: str
    seed: str
    plan: Mapping[int, Sequence[Sequence[Sequence[Posting]]]]

    def sittings(self) -> Iterator[Sequence[Posting]]:
        """What one user presses in one round."""
        for rounds in self.plan.values():
            for users in rounds:
                yield from users


Tape = dict[int, list[Unit]]


async def measured(place: Place, sizes: Sizes, script: Script) -> tuple[list[Figure], list[str]]:
    """The figures, and the statements of one posting."""
    ours, taped, bare = [
        await place.copy(f"{script.name.replace(' ', '_')}_{what}", of=script.seed)
        for what in ("ours", "tape", "bare")
    ]
    async with place.inside(taped):
        tape = await record(place.settings(taped), script)
    settings = place.database(bare).settings
    spelling = {key: await spelt(units, settings) for key, units in tape.items()}
    found: list[Figure] = []
    async with place.pages(ours) as pages, bare_driver(settings) as driver:
        for users in USERS:
            runs = await in_turn(
                partial(round_of_ours, pages, iter(script.plan[users])),
                partial(round_of_bare, driver, iter(script.plan[users]), spelling),
                rounds=sizes.rounds,
            )
            people = "1 user" if users == 1 else f"{users} users"
            found += figures(f"{script.name}, {people}", *runs)
    return [*found, *counted(script, tape)], told(tape)


async def record(settings: Settings, script: Script) -> Tape:
    """What each posting sent to the database, by the posting's own identity."""
    tape: Tape = {}
    app = make_app(settings)
    for sitting in script.sittings():
        async with visiting(app) as visitor:
            for posting in sitting:
                visitor.client.cookies.clear()
                visitor.client.cookies.update(dict(posting.cookies))
                with recorded() as units:
                    answer = await visitor.client.post(posting.path, data=dict(posting.form))
                assert answer.status_code == 303, answer.text
                tape[id(posting)] = [unit for unit in units if unit.statements]
    return tape


Users = Iterator[Sequence[Sequence[Posting]]]


async def round_of_ours(pages: Pages, rounds: Users) -> Run:
    users = next(rounds)
    browsers = [pages.browser() for _ in users]
    presses = [press(browser, iter(mine)) for browser, mine in zip(browsers, users, strict=True)]
    try:
        return await load(presses, count=sum(map(len, users)), pid=pages.pid)
    finally:
        for browser in browsers:
            browser.close()


def press(browser: Browser, mine: Iterator[Posting]) -> Once:
    async def once() -> None:
        posting = next(mine)
        browser.cookies = dict(posting.cookies)
        answer = await browser.post(posting.path, posting.form)
        assert answer.status == 303, answer.text

    return once


async def round_of_bare(driver: Driver, rounds: Users, tape: Tape) -> Run:
    users = next(rounds)
    presses = [replay(driver, iter(mine), tape) for mine in users]
    return await load(presses, count=sum(map(len, users)))


def replay(driver: Driver, mine: Iterator[Posting], tape: Tape) -> Once:
    async def once() -> None:
        await driver.replay(tape[id(next(mine))])

    return once


def counted(script: Script, tape: Tape) -> list[Figure]:
    """The most that any posting needed. The ledger's transaction is its last."""
    ledger = max(len(units[-1].statements) for units in tape.values())
    whole = max(sum(len(unit.statements) for unit in units) for units in tape.values())
    return [
        Figure(name=f"{script.name}: statements in the ledger", ours=ledger, unit=""),
        Figure(name=f"{script.name}: statements in all", ours=whole, unit=""),
    ]


def told(tape: Tape) -> list[str]:
    """The last posting's statements, a line each, transaction by transaction."""
    units = list(tape.values())[-1]
    return [
        f"{number + 1}.{place + 1}  {' '.join(said.sql.split())[:110]}"
        for number, unit in enumerate(units)
        for place, said in enumerate(unit.statements)
    ]
