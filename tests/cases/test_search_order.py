"""However often a word is told: open cases come first, and the newest of them."""

import random
from uuid import UUID

import pytest

from infra.database import tenant_tx
from services.cases.search import found
from services.cases.search_terms import terms
from services.cases.search_words import line, vector
from tests.cases.cast import Org, make_org
from tests.database import Database

CASES, PAGE = 6_000, 50
EVERY = {"沙发": 1, "台灯": 7, "冰箱": 30, "地板": 45, "马桶": 110, "渔具": 900, "门锁": 5_999}
"""A word, and how many cases there are for each one that tells it."""
LATE = 500
"""Of the newest ones none tells of these."""
EARLIER = {"花洒": 2, "油漆": 61}
PUT = """
insert into case_search (tenant_id, case_id, closed, words, known, tsv)
values ($1, $2, $3, $4, '', $5::text::tsvector)
"""
BRUTE = """
select case_id from case_search where tenant_id = $1 and words like '%' || $2 || '%'
order by closed, case_id desc limit $3
"""


@pytest.fixture(scope="module")
async def org(database: Database) -> Org:
    org = await make_org()
    rows = [row(org, place) for place in random.Random(7).sample(range(CASES), CASES)]
    async with database.as_owner() as owner:
        await owner.execute("set session_replication_role = replica")  # rows without their cases
        await owner.executemany(PUT, rows)
        await owner.execute("analyze case_search")
    return org


def row(org: Org, place: int) -> tuple[object, ...]:
    """The newest first; one in seven is closed."""
    told = [word for word, every in EVERY.items() if place % every == every - 1]
    told += [word for word, every in EARLIER.items() if place >= LATE and not place % every]
    words = "".join(map(line, told))
    return (
        org.tenant,
        UUID(int=CASES - place),
        place % 7 == 3,
        words,
        vector(org.tenant, words),
    )


@pytest.mark.parametrize("word", [*EVERY, *EARLIER])
async def test_the_page_is_the_one_that_looking_at_every_case_would_give(
    database: Database, org: Org, word: str
) -> None:
    async with database.as_owner() as owner:
        expected = [r[0] for r in await owner.fetch(BRUTE, org.tenant, word, PAGE)]

    async with tenant_tx(org.leo) as tx:
        assert await found(tx, org.leo, terms(word), PAGE) == expected
    assert expected
