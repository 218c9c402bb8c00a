"""An association's own colour reaches its pages, and no other's."""

import re

import pytest
from litestar.types import ASGIApp

from services.tenants import fit, organisations, seats
from services.tenants.organisations import Organisation
from services.tenants.refusals import Denial, Denied
from tests.web.cast import open_acme
from tests.web.visitor import Visitor
from web import hue
from web.colours import palette

SHEET = re.compile(r'href="(/hue/\d+\.css\?v=[0-9a-f]{8})"')


@pytest.fixture
async def acme(settings: object) -> Organisation:
    return await open_acme()


async def in_violet(acme: Organisation) -> None:
    seat = seats.operator(tenant=acme.tenant, slug=acme.slug)
    await organisations.revise(seat, name=acme.name, prefix="", hue=290, mediates=False)


async def test_pages_link_the_colour_of_their_association(visitor: Visitor, acme: Organisation):
    plain = await visitor.get(f"/{acme.slug}")
    await in_violet(acme)

    page = await visitor.get(f"/{acme.slug}")
    [address] = SHEET.findall(page.text)
    sheet = await visitor.get(address)

    assert SHEET.findall(plain.text) == []
    assert sheet.headers["content-type"].startswith("text/css")
    assert "immutable" in sheet.headers["cache-control"]
    assert "set-cookie" not in sheet.headers
    assert "oklch(0.42 0.075 290)" in sheet.text


@pytest.mark.parametrize(
    "name", ["28.css", "169.css", "301.css", "222.txt", "x.css", "²22.css", "-1.css"]
)
async def test_there_is_no_sheet_for_a_warm_colour_or_another_name(
    app: ASGIApp, visitor: Visitor, name: str
):
    assert (await visitor.client.get(f"/hue/{name}")).status_code == 404


@pytest.mark.parametrize("degrees", [-1, 0, 28, 169, 301, 360])
def test_a_warm_colour_is_refused_where_it_is_set(degrees: int):
    with pytest.raises(Denied) as refused:
        fit.hue(degrees)

    assert refused.value.why is Denial.HUE_UNFIT


def test_only_the_brand_is_turned_by_day_and_by_night():
    sheet = hue.style(200)

    named = set(re.findall(r"--([a-z-]+):", sheet))

    assert named == {name for name in palette("day") if name.startswith("brand")}
    for theme in ("day", "night"):
        for colour in hue.turned(palette(theme), 200).values():
            assert sheet.count(str(colour)) == (1 if theme == "day" else 2)
    assert sheet.count("{") == sheet.count("}")


def test_our_own_colour_needs_no_sheet_and_each_content_has_its_address():
    assert hue.address(fit.HUE) is None
    assert hue.address(200) != hue.address(201)
