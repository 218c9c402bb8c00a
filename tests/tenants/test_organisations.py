"""Associations, their addresses and their clocks."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from infra.database import Login, tenant_tx
from services.tenants import fit, organisations
from services.tenants.refusals import Denial, Denied
from tests.database import Database
from tests.tenants.people import found_acme, operator


async def refused(**changed: Any) -> Denial:
    wanted: dict[str, Any] = {"name": "Acme", "slug": f"x-{uuid4().hex[:8]}", **changed}
    with pytest.raises(Denied) as denied:
        await organisations.create(**wanted)
    return denied.value.why


async def test_an_organisation_is_found_by_its_address(database: Database):
    slug = f"qing-{uuid4().hex[:8]}"

    tenant = await organisations.create(
        name=" 青山市消费者协会 ", slug=slug, prefix="青消诉", hue=250, mediates=True
    )
    found = await organisations.by_slug(slug)

    assert found == organisations.Organisation(
        tenant=tenant,
        slug=slug,
        name="青山市消费者协会",
        prefix="青消诉",
        hue=250,
        zone="Asia/Shanghai",
        demo=False,
        clock_offset=timedelta(0),
        mediates=True,
    )
    assert await organisations.by_slug(slug, login=Login.PUBLIC) == found
    listing = organisations.Listing(tenant=tenant, slug=slug, demo=False)
    assert listing in await organisations.everyone()


@pytest.mark.parametrize("slug", ["no-such-place", "", "\x00", "ACME", "a" * 500, "青消"])
async def test_an_address_of_nobody_is_nobody(database: Database, slug: str):
    assert await organisations.by_slug(slug) is None


@pytest.mark.parametrize(
    "slug", ["a", "Acme", "acme_1", "-acme", "acme-", "a--b", "a" * 41, "青消", "", "a b", "acme\n"]
)
async def test_an_address_has_one_plain_form(database: Database, slug: str):
    assert await refused(slug=slug) is Denial.SLUG_MALFORMED


@pytest.mark.parametrize(
    "slug",
    """api health metrics static me session help privacy accessibility ops invitations desk
    lookup""".split(),
)
async def test_addresses_of_our_own_pages_are_nobodys_name(database: Database, slug: str):
    assert await refused(slug=slug) is Denial.SLUG_RESERVED


def test_every_reserved_address_could_otherwise_be_a_name():
    assert {slug for slug in fit.RESERVED if not fit.SLUG.fullmatch(slug)} == set()


async def test_an_address_belongs_to_one(database: Database):
    acme = await found_acme()

    assert await refused(slug=acme.slug) is Denial.SLUG_TAKEN
    assert await organisations.by_slug(acme.slug) == acme


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"name": " "}, Denial.NAME_UNFIT),
        ({"name": "x" * 121}, Denial.NAME_UNFIT),
        ({"name": "a\x00b"}, Denial.NAME_UNFIT),
        ({"name": "a\ud800b"}, Denial.NAME_UNFIT),
        ({"prefix": "x" * 13}, Denial.PREFIX_UNFIT),
        ({"hue": 169}, Denial.HUE_UNFIT),
        ({"hue": 301}, Denial.HUE_UNFIT),
        ({"zone": "Asia/Nowhere"}, Denial.ZONE_UNKNOWN),
    ],
)
async def test_what_does_not_fit_is_said(database: Database, changed: dict[str, Any], why: Denial):
    assert await refused(**changed) is why


async def test_a_manager_revises_name_colour_and_mediation(database: Database):
    acme = await found_acme()

    await organisations.revise(operator(acme), name="Acme", prefix="A", hue=277, mediates=True)

    revised = await organisations.by_id(acme.tenant)
    assert revised is not None
    assert (revised.name, revised.prefix, revised.hue, revised.mediates) == ("Acme", "A", 277, True)


async def test_a_demo_clock_moves_forward_and_takes_business_time_along(database: Database):
    acme = await found_acme()

    now = await organisations.advance_clock(operator(acme), timedelta(days=3))
    await organisations.advance_clock(operator(acme), timedelta(hours=1))

    async with tenant_tx(operator(acme)) as tx:
        assert tx.now - tx.real_now == timedelta(days=3, hours=1)
        assert tx.now > now
    with pytest.raises(Denied) as denied:
        await organisations.advance_clock(operator(acme), timedelta(days=-1))
    assert denied.value.why is Denial.CLOCK_ONLY_FORWARD


async def test_a_real_organisation_lives_in_real_time(database: Database):
    slug = f"real-{uuid4().hex[:8]}"
    await organisations.create(name="Real", slug=slug)
    real = await organisations.by_slug(slug)
    assert real is not None

    with pytest.raises(Denied) as denied:
        await organisations.advance_clock(operator(real), timedelta(days=1))

    assert denied.value.why is Denial.NOT_A_DEMO
