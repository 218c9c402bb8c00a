"""Colours as numbers: OKLCH to sRGB, what meets what on a page, and whether it can be read there
(WCAG 2.2, 1.4.3 and 1.4.11). The tokens themselves stand in the style sheets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin
from pathlib import Path

WEB = Path(__file__).parent
SHEETS = {"day": WEB / "styles" / "tokens.css", "night": WEB / "static" / "dark.css"}
TOKEN = re.compile(r"--([a-z0-9-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);")
STEPS = 24

TEXT_LEAST, PARTS_LEAST = 4.5, 3.0
GROUNDS = ("paper", "surface", "fill")
PIGMENTS = ("zhu", "teng", "zhuqing", "dian", "ou", "brand")
TEXT = (
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in GROUNDS),
    *(("brand-ink", ground) for ground in GROUNDS),
    *((f"{pigment}-on", pigment) for pigment in PIGMENTS),
    *((f"{pigment}-ink", f"{pigment}-soft") for pigment in PIGMENTS),
    *((ink, f"{pigment}-soft") for ink in ("ink", "ink-2", "ink-3") for pigment in PIGMENTS),
    *((f"{pigment}-ink", "surface") for pigment in ("zhu", "teng", "zhuqing", "dian", "ou")),
    ("bar-on", "bar"),
)
PARTS = (
    *(("line-strong", ground) for ground in GROUNDS),
    *(("focus", ground) for ground in (*GROUNDS, "brand-soft", "zhu-soft", "teng-soft")),
    *((pigment, "surface") for pigment in ("brand", "zhu", "zhuqing", "dian", "ou")),
)


@dataclass(frozen=True, slots=True)
class Colour:
    """Lightness 0 to 1, chroma, hue in degrees: what a design decides about."""

    lightness: float
    chroma: float
    hue: float

    def __str__(self) -> str:
        return f"oklch({self.lightness:g} {self.chroma:g} {self.hue:g})"

    @property
    def hex(self) -> str:
        """The nearest in sRGB: of this lightness and hue, with as much chroma as fits."""
        whole = (round(255 * encoded(part)) for part in srgb(self))
        return "#" + "".join(f"{part:02x}" for part in whole)


Palette = Mapping[str, Colour]


@cache
def palette(theme: str) -> Palette:
    """The tokens of the day or of the night, as the style sheet has them."""
    found = TOKEN.findall(SHEETS[theme].read_text(encoding="utf-8"))
    return {name: Colour(*map(float, numbers)) for name, *numbers in found}


def weak(colours: Palette) -> dict[tuple[str, str], float]:
    """Every pair that meets on a page and cannot be told apart well enough."""
    return {**below(colours, TEXT, TEXT_LEAST), **below(colours, PARTS, PARTS_LEAST)}


def below(
    colours: Palette, pairs: tuple[tuple[str, str], ...], least: float
) -> dict[tuple[str, str], float]:
    met = {pair: contrast(colours[pair[0]].hex, colours[pair[1]].hex) for pair in pairs}
    return {pair: round(found, 2) for pair, found in met.items() if found < least}


def contrast(one: str, other: str) -> float:
    """From 1 for the same colour to 21 for black on white."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (decoded(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def srgb(colour: Colour) -> tuple[float, ...]:
    """Linear parts, chroma taken back until all of them lie within 0 and 1."""
    if is_shown(linear(colour, colour.chroma)):
        return linear(colour, colour.chroma)
    least, most = 0.0, colour.chroma
    for _ in range(STEPS):
        middle = (least + most) / 2
        least, most = (middle, most) if is_shown(linear(colour, middle)) else (least, middle)
    return linear(colour, least)


def is_shown(parts: tuple[float, ...]) -> bool:
    return all(-0.0001 <= part <= 1.0001 for part in parts)


def linear(colour: Colour, chroma: float) -> tuple[float, ...]:
    """Björn Ottosson's OKLab, its two matrices one after the other."""
    a, b = chroma * cos(radians(colour.hue)), chroma * sin(radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def encoded(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def decoded(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
