"""A complaint filed on the public page, by a browser that has filed nothing before."""

import itertools
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from tests.bench.figures import Figure
from tests.bench.place import SEED, Place
from tests.bench.posts import USERS, Posting, Script, measured
from tests.bench.sizes import Sizes
from tests.web.cast import DARA
from tests.web.visitor import forms_of, visiting
from web.app import make_app
from web.cli_demo import SLUG

PHONES = itertools.count()
PATH = f"/{SLUG}/complaints/one-page"


async def measure(place: Place, sizes: Sizes) -> list[Figure]:
    async with place.inside(SEED):
        form, cookies = await opened(place)
    plan = {
        users: [
            [[posting(form, cookies) for _ in range(sizes.presses // users)] for _ in range(users)]
            for _ in range(sizes.rounds)
        ]
        for users in USERS
    }
    found, statements = await measured(place, sizes, Script(name="intake", seed=SEED, plan=plan))
    place.tell("intake", statements)
    return found


async def opened(place: Place) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """The form as it was shown, with Dara's words in it."""
    async with visiting(make_app(place.settings(SEED))) as visitor:
        page = await visitor.get(PATH)
        form = next(each for each in forms_of(page.text) if each.action == PATH)
        return {**form.fields, **DARA}, dict(visitor.client.cookies)


def posting(form: Mapping[str, Any], cookies: Mapping[str, str]) -> Posting:
    """Each by somebody else: of one person's thirtieth a day nobody is written to at once."""
    whose = {"command_id": str(uuid4()), "consumer.phone": f"138{next(PHONES):08}"}
    return Posting(path=PATH, form={**form, **whose}, cookies=cookies)
