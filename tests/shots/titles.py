"""Titles stand in histories, tabs and share cards: each is its page's own, and names nobody."""

import re
from urllib.parse import urlsplit

from tests.shots.guide import Seen
from tests.shots.languages import written

NUMBER = re.compile(r"\d+")
A_PAGE_OF_ITS_OWN = frozenset({200, 422})
NAMED = frozenset({"青禾市消费者协会", "空山市消费者协会", "青消诉"})
"""Associations are no secret."""


async def of_the_title(seen: Seen, known: dict[str, str]) -> list[str]:
    """`known` is every title so far with the address that it stood at."""
    title = NUMBER.sub("#", await seen.page.title())
    here = NUMBER.sub("#", urlsplit(seen.page.url).path)
    named = [f"the title names {each}" for each in written() if each in title and each not in NAMED]
    if seen.state.steps or seen.status not in A_PAGE_OF_ITS_OWN:
        return named
    there = known.setdefault(title, here)
    return named if there == here else [*named, f"{there} is called {title} as well"]
