"""A form of the desk, posted by its manager: a note, and the pauses that move every date."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from infra.database import tenant_tx
from tests.bench.figures import Figure
from tests.bench.place import SEED, House, Place, house
from tests.bench.posts import USERS, Posting, Script, measured
from tests.bench.sizes import Sizes
from tests.web.visitor import forms_of, visiting
from web.app import make_app
from web.cookies import Jar

Form = Mapping[str, Any]
PAUSE = {"holder": "consumer", "reason": "papers_missing", "until": ""}
OPEN = """
select number from case_file
where tenant_id = $1 and stage not in ('submitted', 'settled', 'closed') and not paused
order by number
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Its name in the table, and the forms that follow each other on one case."""

    name: str
    forms: tuple[tuple[str, Form], ...]


ACTS = (
    Act(name="note", forms=(("note", {"text": "致电商家客服，说主管不在，约好明天上午再打。"}),)),
    Act(name="pause", forms=(("pause", PAUSE), ("resumption", {}))),
)


async def measure(place: Place, sizes: Sizes) -> list[Figure]:
    async with place.inside(SEED):
        home = await house()
        numbers = await open_cases(home)
        csrf = await token(place, home, numbers[0])
    found: list[Figure] = []
    for act in ACTS:
        script = written(act, home, numbers, csrf, sizes)
        rows, statements = await measured(place, sizes, script)
        found += rows
        place.tell(f"command {act.name}", statements)
    return found


async def open_cases(home: House) -> list[str]:
    async with tenant_tx(home.manager) as tx:
        rows = await tx.fetch(OPEN, home.organisation.tenant)
    return [row["number"] for row in rows]


async def token(place: Place, home: House, number: str) -> str:
    """All sessions of the house's manager are this one: one token fits every form."""
    async with visiting(make_app(place.settings(SEED))) as visitor:
        visitor.client.cookies.set(Jar.SESSION.value, home.tokens[0])
        page = await visitor.get(f"/{home.organisation.slug}/desk/cases/{number}/note")
    return next(form.fields["csrf"][0] for form in forms_of(page.text) if "csrf" in form.fields)


def written(act: Act, home: House, numbers: list[str], csrf: str, sizes: Sizes) -> Script:
    plan = {}
    steps = {number: itertools.cycle(act.forms) for number in numbers}
    for users in USERS:
        each = sizes.presses // users
        mine = [itertools.cycle(numbers[user::users]) for user in range(users)]
        plan[users] = [
            [[posting(home, csrf, next(mine[u]), steps) for _ in range(each)] for u in range(users)]
            for _ in range(sizes.rounds)
        ]
    return Script(name=f"command {act.name}", seed=SEED, plan=plan)


def posting(
    home: House, csrf: str, number: str, steps: Mapping[str, Iterator[tuple[str, Form]]]
) -> Posting:
    noun, form = next(steps[number])
    return Posting(
        path=f"/{home.organisation.slug}/desk/cases/{number}/{noun}",
        form={**form, "csrf": csrf, "command_id": str(uuid4())},
        cookies={Jar.SESSION.value: home.tokens[0]},
    )
