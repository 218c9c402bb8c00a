"""Every pair of colours that meets on a page can be read, by day and by night (WCAG 2.2, 1.4.3)."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parent.parent.parent / "web"
SHEETS = {"day": STYLES / "styles" / "tokens.css", "night": STYLES / "static" / "dark.css"}
GROUNDS = ("paper", "surface", "fill")
PIGMENTS = ("zhu", "teng", "zhuqing", "dian", "ou", "brand")
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in GROUNDS),
    *(("brand-ink", ground) for ground in GROUNDS),
    *((f"{pigment}-on", pigment) for pigment in PIGMENTS),
    *((f"{pigment}-ink", f"{pigment}-soft") for pigment in PIGMENTS),
    *((ink, f"{pigment}-soft") for ink in ("ink", "ink-2") for pigment in PIGMENTS),
    *((f"{pigment}-ink", "surface") for pigment in ("zhu", "teng", "zhuqing", "dian", "ou")),
    ("bar-on", "bar"),
]
PARTS = [
    *(("line-strong", ground) for ground in GROUNDS),
    *(("focus", ground) for ground in (*GROUNDS, "brand-soft", "zhu-soft", "teng-soft")),
]


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (PARTS, 3.0)], ids=["text", "parts"])
def test_whatever_meets_can_be_told_apart(sheet: str, pairs: list[tuple[str, str]], least: float):
    colours = tokens(SHEETS[sheet])

    weak = {
        pair: round(found, 2)
        for pair in pairs
        if (found := contrast(colours[pair[0]], colours[pair[1]])) < least
    }

    assert weak == {}


def test_night_redefines_every_colour_of_the_day():
    assert tokens(SHEETS["night"]).keys() == tokens(SHEETS["day"]).keys()


def tokens(sheet: Path) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): #([0-9a-f]{6});", sheet.read_text(encoding="utf-8")))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
