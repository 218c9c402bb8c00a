"""Every pair of colours that meets on a page can be read, by day and by night, in the colour of any
association (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest

from services.tenants.fit import HUES
from web import hue
from web.colours import PARTS, SHEETS, TEXT, Colour, contrast, palette, weak

HEX = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6});")
both = pytest.mark.parametrize("theme", SHEETS)


@both
def test_whatever_meets_can_be_told_apart(theme: str):
    assert weak(palette(theme)) == {}
    assert len({*TEXT, *PARTS}) == len(TEXT) + len(PARTS) >= 54


@both
@pytest.mark.parametrize("degrees", [*HUES])
def test_whatever_meets_can_be_told_apart_in_every_colour_of_an_association(
    theme: str, degrees: int
):
    assert weak({**palette(theme), **hue.turned(palette(theme), degrees)}) == {}


def test_a_pair_that_cannot_be_read_is_found():
    pale = {**palette("day"), "ink-3": Colour(0.7, 0.02, 222)}

    assert ("ink-3", "paper") in weak(pale)
    assert weak(pale)["ink-3", "paper"] < 3


@both
def test_browsers_without_oklch_get_the_same_colours(theme: str):
    plain = dict(HEX.findall(SHEETS[theme].read_text(encoding="utf-8")))

    assert {name: colour.hex for name, colour in palette(theme).items()} == plain


def test_night_redefines_every_colour_of_the_day():
    assert palette("night").keys() == palette("day").keys()


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#123456", "#123456", 1.0)],
)
def test_contrast_is_that_of_the_standard(one: str, other: str, ratio: float):
    assert round(contrast(one, other), 2) == ratio


def test_a_colour_beyond_srgb_keeps_its_lightness_and_hue():
    wild = Colour(0.7, 0.4, 150)

    assert wild.hex != "#000000"
    assert abs(contrast(wild.hex, "#000000") - contrast(Colour(0.7, 0.1, 150).hex, "#000000")) < 1
