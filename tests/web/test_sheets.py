"""A complaint form has an address of its own: going back to it is not filing another one."""

import pytest
from litestar.types import ASGIApp

from services.tenants.organisations import Organisation
from tests.web.cast import open_acme
from tests.web.visitor import Visitor, forms_of, visiting


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await open_acme()


async def name_on(visitor: Visitor, address: str) -> str:
    """What the form on this page will be sent as."""
    page = await visitor.get(address)
    [found] = [f.fields["command_id"] for f in forms_of(page.text) if "command_id" in f.fields]
    return found[0]


async def test_whoever_goes_back_holds_the_sheet_that_was_sent(
    visitor: Visitor, acme: Organisation, app: ASGIApp
):
    new = f"/{acme.slug}/complaints/one-page"
    first = await name_on(visitor, new)
    assert visitor.last
    address = str(visitor.last.url)

    assert await name_on(visitor, address) == first
    assert await name_on(visitor, new) != first
    async with visiting(app) as stranger:
        assert await name_on(stranger, address) != first


@pytest.mark.parametrize("sheet", ["", "7", "%ff", "a b", "9" * 4_000])
async def test_an_address_that_names_no_sheet_gets_one(
    visitor: Visitor, acme: Organisation, sheet: str
):
    answer = await visitor.client.get(f"/{acme.slug}/complaints/one-page?sheet={sheet}")

    assert answer.status_code in {303, 400}
    if answer.status_code == 303:
        assert await name_on(visitor, answer.headers["location"])
