"""Publishing makes a numbered version that never changes; a complaint gets the one that fits."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from infra.database import tenant_tx
from services.lifecycle.facts import Order, PlaybookRef
from services.lifecycle.kinds import Door, Platform, Problem, Purpose
from services.lifecycle.parse import PlaybookFaults
from services.lifecycle.refusals import Refused, Why
from services.playbooks import library
from services.playbooks.library import CHOOSE, NoSuchPlaybook
from services.tenants import seats
from tests.cases.cast import Org, complaint, make_org, wait
from tests.cases.ladder import LADDER, RUNGS, ladder, rung
from tests.database import Database, make_tenant

SCOPE_1688 = '[scope]\nplatforms = ["1688"]\n'


async def chosen(org: Org, **facts: object) -> str:
    async with tenant_tx(org.leo) as tx:
        return (await library.choose(tx, complaint(**facts))).id


async def test_a_change_makes_a_new_version_and_the_same_text_none(database: Database) -> None:
    org = await make_org()

    again = await library.publish(org.leo, LADDER)
    changed = await library.publish(org.leo, LADDER.replace("60 days", "50 days"))
    back = await library.publish(org.leo, LADDER)

    assert (again, changed, back) == (1, 2, 3)


async def test_a_pinned_version_stays_what_it_was(database: Database) -> None:
    org = await make_org()
    await library.publish(org.leo, LADDER.replace("60 days", "50 days"))

    async with tenant_tx(org.leo) as tx:
        spans = [
            (await library.rules_for(tx, PlaybookRef(id="ladder", version=n))).playbook.rung(
                Door.ASSOCIATION
            )
            for n in (1, 2)
        ]

    assert [str(found.wait.span) for found in spans if found] == ["60 days", "50 days"]


async def test_versions_published_at_once_get_numbers_of_their_own(database: Database) -> None:
    org = await make_org()

    numbers = await asyncio.gather(
        *(library.publish(org.leo, LADDER.replace("60 days", f"{n} days")) for n in range(50, 56))
    )

    assert sorted(numbers) == [2, 3, 4, 5, 6, 7]


async def test_nobody_changes_or_removes_what_is_published(database: Database) -> None:
    org = await make_org()

    for sql in ("update playbook_version set body = ''", "delete from playbook_version"):
        async with database.as_owner() as owner:
            with pytest.raises(asyncpg.RestrictViolationError):
                await owner.execute(sql)
    async with tenant_tx(org.leo) as tx:
        assert await library.newest(tx) == (PlaybookRef(id="ladder", version=1),)


async def test_only_managers_and_operators_publish(database: Database) -> None:
    org = await make_org()

    for seat in (org.ana, org.vera, org.otto):
        with pytest.raises(Refused) as raised:
            await library.publish(seat, LADDER)
        assert raised.value.why is Why.NOT_PERMITTED


@pytest.mark.parametrize(
    ("text", "path", "code"),
    [
        ("id = ", "", "not_toml"),
        ("[" * 10_000, "", "not_toml"),
        ("# " + "x" * 300_000, "", "too_long"),
        (LADDER.replace('id = "ladder"', 'id = "Mein Buch"'), "id", "not_a_code"),
        (LADDER.replace("60 days", "soon"), "rung[2].wait.span", "not_a_span"),
    ],
)
async def test_a_faulty_file_is_refused_with_its_faults(
    database: Database, text: str, path: str, code: str
) -> None:
    org = await make_org()

    with pytest.raises(PlaybookFaults) as raised:
        await library.publish(org.leo, text)

    assert (path, code) in {(fault.path, fault.code) for fault in raised.value.faults}


async def test_a_demonstration_is_not_published_in_earnest(database: Database) -> None:
    text = LADDER.replace('id = "ladder"', 'id = "ladder"\ndemo = true')
    earnest = seats.operator(tenant=await make_tenant(demo=False))
    trial = seats.operator(tenant=await make_tenant(demo=True))

    assert await library.publish(trial, text) == 1
    with pytest.raises(PlaybookFaults):
        await library.publish(earnest, text)


async def test_the_most_specific_playbook_wins(database: Database) -> None:
    def scoped(name: str, scope: str) -> str:
        return ladder(name=name, head="", rungs=(scope, *RUNGS))

    org = await make_org(
        LADDER,
        scoped("platform", '[scope]\nplatforms = ["1688"]\n'),
        scoped("two-platforms", '[scope]\nplatforms = ["1688", "jd"]\n'),
        scoped("problem", '[scope]\nplatforms = ["1688"]\nproblems = ["counterfeit"]\n'),
        scoped("resale", '[scope]\npurposes = ["resale"]\nproblems = ["price"]\n'),
    )

    assert await chosen(org) == "platform"
    assert await chosen(org, platform=Platform.JD) == "two-platforms"
    assert await chosen(org, problem=Problem.COUNTERFEIT) == "problem"
    assert await chosen(org, platform=Platform.TMALL) == "ladder"
    resale = Order(purpose=Purpose.RESALE)
    assert await chosen(org, problem=Problem.PRICE, order=resale) == "resale"


async def test_a_demonstration_is_chosen_only_where_nothing_else_fits(database: Database) -> None:
    demo = ladder(name="show", head="demo = true", rungs=RUNGS)
    narrow = ladder(name="narrow", head="demo = true", rungs=(SCOPE_1688, *RUNGS))

    assert await chosen(await make_org(demo, narrow, LADDER)) == "ladder"
    assert await chosen(await make_org(demo)) == "show"


async def test_a_rule_is_chosen_from_the_day_it_is_in_force(database: Database) -> None:
    org = await make_org()
    async with tenant_tx(org.leo) as tx:
        tomorrow = (tx.now + timedelta(days=2)).date()
    text = ladder(name="new", head=f"valid_from = {tomorrow}", rungs=(SCOPE_1688, *RUNGS))
    await library.publish(org.leo, text)

    before = await chosen(org)
    await wait(org, timedelta(days=3))

    assert (before, await chosen(org)) == ("ladder", "new")


async def test_a_name_means_its_newest_version_and_an_unknown_one_nothing(
    database: Database,
) -> None:
    org = await make_org()
    await library.publish(org.leo, LADDER.replace("60 days", "50 days"))

    async with tenant_tx(org.leo) as tx:
        newest = await library.pin(tx, PlaybookRef(id="ladder", version=0), complaint())
        for ref in (PlaybookRef(id="other", version=0), PlaybookRef(id="ladder", version=9)):
            with pytest.raises(NoSuchPlaybook):
                await library.rules_for(tx, await library.pin(tx, ref, complaint()))

    assert newest == PlaybookRef(id="ladder", version=2)


async def test_a_playbook_of_another_organisation_does_not_exist(database: Database) -> None:
    stair = rung("merchant", "2 days", expiry="stay")
    org, other = await make_org(), await make_org(ladder(name="own", rungs=(stair,)))
    async with tenant_tx(org.leo) as tx:
        await library.rules_for(tx, PlaybookRef(id="ladder", version=1))

    async with tenant_tx(other.leo) as tx:
        with pytest.raises(NoSuchPlaybook):
            await library.rules_for(tx, PlaybookRef(id="ladder", version=1))
        assert [ref.id for ref in await library.newest(tx)] == ["own"]


async def test_who_does_not_mediate_has_no_such_stair_but_for_a_case_that_stands_there(
    database: Database,
) -> None:
    org, ref = await make_org(), PlaybookRef(id="ladder", version=1)

    async def doors(at: Door | None = None) -> list[Door]:
        async with tenant_tx(org.leo) as tx:
            found = await library.rules_for(tx, ref, door=at)
        return [rung.id for rung in found.playbook.rungs]

    assert Door.ASSOCIATION in await doors()
    async with tenant_tx(org.leo) as tx:
        await tx.execute("update tenant set settings = '{\"mediates\": false}'")
    assert await doors() == [Door.MERCHANT, Door.PLATFORM, Door.REGULATOR, Door.LAW]
    assert Door.ASSOCIATION in await doors(at=Door.ASSOCIATION)


async def test_an_organisation_without_playbooks_cannot_choose(database: Database) -> None:
    seat = seats.operator(tenant=await make_tenant())

    async with tenant_tx(seat) as tx:
        with pytest.raises(NoSuchPlaybook) as raised:
            await library.choose(tx, complaint())
    assert raised.value.ref == CHOOSE


async def test_a_new_organisation_gets_the_shelf_once(database: Database) -> None:
    seat = seats.operator(tenant=await make_tenant(demo=False))

    first = await library.publish_shelf(seat)
    again = await library.publish_shelf(seat)

    assert first == again
    assert {ref.version for ref in first} == {1}
    assert {ref.id for ref in first} == {book.id for book in library.shelf() if not book.demo}
