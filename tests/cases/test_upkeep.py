"""What keeps the ledger over the years: roots, erasing, re-dating, poking."""

from calendar import monthrange
from datetime import timedelta
from uuid import UUID

import pytest

from infra.database import tenant_tx
from services.calendars.loading import load
from services.cases import queries, rebuild
from services.cases.anonymise import anonymise
from services.cases.checks.findings import Class
from services.cases.receipts import NotFound, Receipt
from services.cases.roots import sign_roots, verify_roots
from services.cases.verify import verify
from services.lifecycle import commands as c
from services.lifecycle.kinds import Door, Outcome, Stage
from services.lifecycle.refusals import Refused, Why
from tests.cases.cast import Org, file, give, make_org, wait
from tests.cases.stories import climb
from tests.cases.test_verify import without_walls
from tests.database import Database
from tests.lifecycle.cast import words

KEY = b"k" * 32


async def closed(org: Org) -> Receipt:
    case = await file(org)
    return await give(org.leo, case, c.Close(outcome=Outcome.NOT_SOLVED, text=words("enough")))


async def test_an_erased_case_has_no_words_and_an_unbroken_chain(database: Database) -> None:
    org = await make_org()
    case = await closed(org)
    async with tenant_tx(org.leo) as tx:
        await tx.execute('update notice set body = body || \'{"failed": "550 <dara@…>"}\'')

    await anonymise(org.leo, case.number)

    view = await queries.case(org.leo, case.number)
    assert view.title == ""
    assert view.case.complaint.consumer.name.text is None
    assert view.case.complaint.facts.text is None
    for said in ("李", "13800000000", "桌板开裂", "enough", "dara@"):
        assert said not in repr(view)
    assert len(view.events) == 2
    assert await verify(org.tenant) == ()


async def test_only_a_manager_erases_and_only_what_is_over(database: Database) -> None:
    org, other = await make_org(), await make_org()
    still_open, over = await file(org), await closed(org)

    with pytest.raises(Refused) as raised:
        await anonymise(org.leo, still_open.number)
    assert raised.value.why is Why.NOT_IN_THIS_STAGE
    with pytest.raises(Refused) as raised:
        await anonymise(org.ana, over.number)
    assert raised.value.why is Why.NOT_PERMITTED
    with pytest.raises(NotFound):
        await anonymise(other.leo, over.number)


async def test_a_root_is_signed_once_an_hour_and_holds_while_cases_go_on(
    database: Database,
) -> None:
    org = await make_org()
    case = await file(org)
    await wait(org, timedelta(hours=1, minutes=2))

    first, second = await sign_roots(org.tenant, key=KEY), await sign_roots(org.tenant, key=KEY)
    await give(org.ana, case, c.Note(text=words()))

    assert first == second
    assert await verify_roots(org.tenant, key=KEY) == ()


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        (
            "update case_event set hash = '\\x01' where case_id = $1 and seq = 1",
            "history_rewritten",
        ),
        ("delete from case_event where case_id = $1", "history_rewritten"),
        ("update chain_root set root = '\\x01' where $1::uuid is not null", "not_signed_by_us"),
    ],
)
async def test_a_rewritten_history_does_not_fit_its_signed_root(
    database: Database, sql: str, what: str
) -> None:
    org = await make_org()
    case = await file(org)
    await wait(org, timedelta(hours=2))
    await sign_roots(org.tenant, key=KEY)

    async with without_walls(database) as owner:
        await owner.execute(sql, case.case_id)

    found = await verify_roots(org.tenant, key=KEY)
    assert (Class.AUDIT, what) in {(each.class_, each.what) for each in found}
    async with without_walls(database) as owner:
        await owner.execute("delete from chain_root where tenant_id = $1", org.tenant)


async def test_a_root_signed_with_another_key_is_not_ours(database: Database) -> None:
    org = await make_org()
    await sign_roots(org.tenant, key=b"x" * 32)

    found = await verify_roots(org.tenant, key=KEY)

    assert [each.what for each in found] == ["not_signed_by_us"]


async def dates(org: Org, case: UUID) -> list[tuple[str, str, bool]]:
    async with tenant_tx(org.leo) as tx:
        rows = await tx.fetch(
            "select key, due::text as due, provisional from deadline where case_id = $1 "
            "order by key",
            case,
        )
    return [tuple(row) for row in rows]


async def unrelayed(org: Org) -> int:
    async with tenant_tx(org.leo) as tx:
        return int(await tx.fetchval("select count(*) from outbox where kind <> 'notice'"))


async def test_every_open_case_is_told_to_look_again(database: Database) -> None:
    org = await make_org()
    await file(org)
    await file(org)
    await closed(org)
    before = await unrelayed(org)

    assert await rebuild.poke_all(org.tenant) == 2
    assert await unrelayed(org) == before + 2
    assert len(await rebuild.open_cases(org.tenant)) == 2


async def test_who_stops_mediating_re_dates_and_the_climb_goes_past_that_door(
    database: Database,
) -> None:
    org = await make_org()
    case = await file(org)
    await give(org.ana, case, c.TakeOn())
    await give(org.ana, case, c.OpenDoor(door=Door.PLATFORM))
    async with tenant_tx(org.leo) as tx:
        await tx.execute("update tenant set settings = '{\"mediates\": false}'")

    await rebuild.redate_all(org.tenant)

    with pytest.raises(Refused) as raised:
        await give(org.ana, case, c.AcceptMediation(confirmed=True))
    assert raised.value.why is Why.NO_MEDIATION_HERE
    await climb(org, case, bells=5)
    assert (await queries.plan(org.tenant, case.case_id)).stage is Stage.ESCALATED_TO_REGULATOR
    assert await verify(org.tenant) == ()


async def test_a_loaded_year_re_dates_the_same_bells_and_tells_the_clock(
    database: Database,
) -> None:
    org = await make_org()
    await wait(org, timedelta(days=90))
    case = await file(org)
    before, told = await dates(org, case.case_id), await unrelayed(org)
    year = (await queries.case(org.leo, case.number)).now.year

    assert await rebuild.redate_all(org.tenant) == 0
    await load(holiday_of(year))
    assert {found.class_ for found in await verify(org.tenant)} == {
        Class.DEADLINES,
        Class.STRANDED,
        Class.BROKEN_ORDER,
    }
    moved = await rebuild.redate_all(org.tenant)

    after = await dates(org, case.case_id)
    assert moved == 1
    assert [key for key, _, _ in before] == [key for key, _, _ in after]
    assert before != after
    assert await unrelayed(org) == told + 1
    assert await verify(org.tenant) == ()


def holiday_of(year: int) -> bytes:
    """Nearly every day of it is off."""
    halves = [
        (f"{year}-{month:02}-{first:02}", f"{year}-{month:02}-{last:02}")
        for month in range(1, 13)
        for first, last in ((1, 15), (16, min(30, monthrange(year, month)[1])))
    ]
    head = f'year = {year}\nversion = 99\npublished_on = {year - 1}-11-25\nsource = "said"\n'
    off = (
        f'[[off]]\ncode = "off"\nname = "假"\nfrom = {first}\nto = {last}\nmakeup = []\n'
        for first, last in halves
    )
    return "".join((head, *off)).encode()
