"""Half a complaint is kept for its writer alone, for thirty days, and for nobody's reading."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.database import Login
from services.drafts import keeping, sealing
from services.tenants import keys, seats
from services.tenants.seats import Seat
from tests.database import Database, make_tenant
from tests.tenants.conftest import Roots

STORY = {"facts": ["签收当天发现桌板开裂"], "problem": ["quality"]}
WISH = {"demand.kind": ["repair", "apology"]}


@pytest.fixture(autouse=True)
def our_keys() -> Iterator[None]:
    keys.use(Roots())
    yield
    keys.use(Roots())


@pytest.fixture
async def seat(database: Database) -> Seat:
    return seats.public(tenant=await make_tenant(), slug="acme")


async def rows(database: Database, seat: Seat) -> list[tuple[bytes, bytes]]:
    async with database.as_owner() as owner:
        found = await owner.fetch("select hash, words from draft where tenant_id = $1", seat.tenant)
    return [(row["hash"], row["words"]) for row in found]


async def grows_old(database: Database, seat: Seat, by: timedelta) -> None:
    async with database.as_owner() as owner:
        await owner.execute(
            "update draft set expires_at = expires_at - $2::interval where tenant_id = $1",
            *(seat.tenant, by),
        )


async def test_a_draft_is_found_by_its_link_however_that_is_copied(seat: Seat):
    begun = await keeping.begin(seat, STORY)

    found = await keeping.find(seat, f" {begun.token.lower()} ")

    assert found == begun
    assert found.typed == STORY


async def test_each_part_takes_the_place_of_what_it_said_before(seat: Seat):
    begun = await keeping.begin(seat, STORY)

    await keeping.keep(seat, begun.token, WISH, instead_of=["demand.kind"])
    kept = await keeping.keep(seat, begun.token, {"facts": ["改过"]}, instead_of=["facts"])
    emptied = await keeping.keep(seat, begun.token, {}, instead_of=["demand.kind"])

    assert kept
    assert kept.typed == {"problem": ["quality"], "facts": ["改过"], **WISH}
    assert emptied
    assert "demand.kind" not in emptied.typed


async def test_the_database_holds_neither_the_link_nor_a_word_of_it(database: Database, seat: Seat):
    begun = await keeping.begin(seat, STORY)

    [(named, words)] = await rows(database, seat)

    assert begun.token.encode() not in named + words
    assert "桌板".encode() not in words
    assert sealing.opened(words, token=sealing.new_token(), tenant=seat.tenant) is None
    assert sealing.opened(words, token=begun.token, tenant=UUID(int=9)) is None


async def test_it_is_gone_for_good_once_it_is_erased(database: Database, seat: Seat):
    begun = await keeping.begin(seat, STORY)

    await keeping.erase(seat, begun.token)

    assert await keeping.find(seat, begun.token) is None
    assert await keeping.keep(seat, begun.token, WISH, instead_of=[]) is None
    assert await rows(database, seat) == []


async def test_it_lives_thirty_days_after_its_last_change(database: Database, seat: Seat):
    begun = await keeping.begin(seat, STORY)

    await grows_old(database, seat, timedelta(days=29, hours=23))
    still = await keeping.find(seat, begun.token)
    changed = await keeping.keep(seat, begun.token, WISH, instead_of=[])
    await grows_old(database, seat, timedelta(days=30))
    over = await keeping.find(seat, begun.token)

    assert still
    assert changed
    assert changed.until > still.until + timedelta(days=29)
    assert over is None
    assert await keeping.keep(seat, begun.token, WISH, instead_of=[]) is None


async def test_what_is_over_is_erased_by_the_worker_and_what_is_not_stays(
    database: Database, seat: Seat
):
    await keeping.begin(seat, STORY)
    await grows_old(database, seat, keeping.LIVES)
    younger = await keeping.begin(seat, STORY)

    await keeping.erase_old()

    assert [named for named, _ in await rows(database, seat)] == [sealing.hash_of(younger.token)]


async def test_no_other_house_opens_it(database: Database, seat: Seat):
    begun = await keeping.begin(seat, STORY)
    other = seats.public(tenant=await make_tenant(), slug="borealis")

    assert await keeping.find(other, begun.token) is None
    assert await keeping.keep(other, begun.token, WISH, instead_of=[]) is None
    await keeping.erase(other, begun.token)
    assert await keeping.find(seat, begun.token) == begun


async def test_too_much_is_not_kept_and_harms_nothing(seat: Seat):
    begun = await keeping.begin(seat, STORY)
    much = {"facts": ["长" * (keeping.TYPED_CHARS_MAX + 1)]}

    assert await keeping.keep(seat, begun.token, much, instead_of=["facts"]) == begun


async def test_under_a_new_secret_of_the_installation_drafts_are_lost_and_nothing_breaks(
    seat: Seat,
):
    begun = await keeping.begin(seat, STORY)

    keys.use(Roots(secret_key=b"n" * 32))

    assert await keeping.find(seat, begun.token) is None


@pytest.mark.parametrize("login", [Login.APP, Login.WORKER, Login.PUBLIC])
async def test_no_log_in_reads_the_table_itself(database: Database, login: Login):
    async with database.as_login(login) as connection:
        assert not await connection.fetchval(
            "select has_table_privilege('draft', 'select, insert, update, delete')"
        )


@given(st.dictionaries(st.text(max_size=20), st.lists(st.text(max_size=50), max_size=4)))
def test_whatever_was_typed_comes_back_as_it_was(typed: dict[str, list[str]]):
    keys.use(Roots())
    token, tenant = sealing.new_token(), UUID(int=1)

    sealed = sealing.seal(typed, token=token, tenant=tenant)

    assert sealing.opened(sealed, token=token, tenant=tenant) == typed
    assert sealing.command_id(token) == sealing.command_id(token)
