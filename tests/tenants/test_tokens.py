"""Keys of programs: one organisation, one role, an end."""

from datetime import timedelta

import pytest

from services.lifecycle.kinds import Role
from services.tenants import people, tokens
from services.tenants.refusals import Denial, Denied
from tests.database import Database
from tests.tenants.people import found_acme, join, operator


async def test_a_token_sits_in_its_role_and_organisation(database: Database):
    acme = await found_acme()

    issued = await tokens.issue(operator(acme), name="shop import", role=Role.CASEWORKER)
    seat = await tokens.resolve(issued.token)

    assert issued.token.startswith("rdt_")
    assert seat is not None
    assert (seat.tenant, seat.slug, seat.role) == (acme.tenant, acme.slug, Role.CASEWORKER)
    assert seat.actor == f"token:{issued.prefix}"
    assert issued.token[4:16] not in seat.actor


@pytest.mark.parametrize("token", ["", "rdt_", "rdt_\x00", "\ud800", "r" * 100_000])
async def test_what_is_no_token_is_nobody(database: Database, token: str):
    assert await tokens.resolve(token) is None


async def test_a_token_ends_and_can_be_ended(database: Database):
    acme = await found_acme()
    brief = await tokens.issue(
        operator(acme), name="a", role=Role.AUDITOR, lasts=timedelta(hours=1)
    )
    other = await tokens.issue(operator(acme), name="b", role=Role.AUDITOR)
    assert {each.prefix for each in await tokens.everyone(operator(acme))} == {
        brief.prefix,
        other.prefix,
    }

    async with database.as_owner() as owner:
        await owner.execute("update api_token set expires_at = expires_at - interval '1 hour'")
    await tokens.revoke(operator(acme), other.prefix)

    assert await tokens.resolve(brief.token) is None
    assert await tokens.resolve(other.token) is None
    assert await tokens.everyone(operator(acme)) == ()
    with pytest.raises(Denied) as denied:
        await tokens.revoke(operator(acme), other.prefix)
    assert denied.value.why is Denial.NO_SUCH_TOKEN


async def test_another_organisation_cannot_end_it(database: Database):
    acme, borealis = await found_acme(), await found_acme()
    issued = await tokens.issue(operator(acme), name="a", role=Role.AUDITOR)

    with pytest.raises(Denied):
        await tokens.revoke(operator(borealis), issued.prefix)

    assert await tokens.resolve(issued.token) is not None


async def test_a_token_does_not_outlive_the_role_that_issued_it(database: Database):
    acme = await found_acme()
    leo = await join(acme, Role.MANAGER)
    await join(acme, Role.MANAGER)
    issued = await tokens.issue(leo.seat, name="a", role=Role.MANAGER)

    await people.change_role(operator(acme), leo.id, Role.VOLUNTEER)

    assert await tokens.resolve(issued.token) is None


@pytest.mark.parametrize("lasts", [timedelta(0), timedelta(days=-1), timedelta(days=400)])
async def test_a_token_has_an_end_within_reach(database: Database, lasts: timedelta):
    acme = await found_acme()

    with pytest.raises(Denied) as denied:
        await tokens.issue(operator(acme), name="a", role=Role.AUDITOR, lasts=lasts)

    assert denied.value.why is Denial.EXPIRY_UNFIT


@pytest.mark.parametrize("role", [Role.CONSUMER, Role.MERCHANT, Role.CLOCK, Role.OPERATOR])
async def test_no_token_plays_a_consumer_a_bell_or_an_operator(database: Database, role: Role):
    acme = await found_acme()

    with pytest.raises(Denied) as denied:
        await tokens.issue(operator(acme), name="a", role=role)

    assert denied.value.why is Denial.ROLE_NOT_YOURS_TO_GIVE
