"""An association's own colour: one number turns the brand tokens, and lightness and chroma stay, so
that whatever can be read in our colours can be read in theirs. Pigments are never turned."""

import hashlib
from functools import cache

from litestar import Response, get
from litestar.exceptions import NotFoundException

from services.tenants.fit import HUE, HUES
from web import access, colours
from web.access import Of
from web.colours import Colour, Palette

BRAND = "brand"
FOREVER = "public, max-age=31536000, immutable"
TURNED = """\
  :root {{ {day} }}
  @media screen and (prefers-color-scheme: dark) {{
    :root:not([data-theme="light"]) {{ {night} }}
  }}
  @media screen {{ :root[data-theme="dark"] {{ {night} }} }}
"""
STYLE = """\
@layer tokens {{
{everywhere}  @supports (color: oklch(0 0 0)) {{
{wide}  }}
}}
"""


@get("/hue/{sheet:str}", opt=access.public(sheet=Of.OURS))
async def show(sheet: str) -> Response[str]:
    """The address holds the content's stamp, so that browsers may keep it for ever."""
    degrees, _, kind = sheet.partition(".")
    if kind != "css" or not degrees.isascii() or not degrees.isdigit() or int(degrees) not in HUES:
        raise NotFoundException
    headers = {"cache-control": FOREVER}
    return Response(style(int(degrees)), media_type="text/css", headers=headers)


def address(hue: int) -> str | None:
    """Of the sheet that a page links besides ours; none is needed for our own hue."""
    return f"/hue/{hue}.css?v={stamp(hue)}" if hue != HUE and hue in HUES else None


@cache
def stamp(hue: int) -> str:
    return hashlib.sha256(style(hue).encode()).hexdigest()[:8]


@cache
def style(hue: int) -> str:
    day, night = (turned(colours.palette(theme), hue) for theme in colours.SHEETS)
    everywhere, wide = (
        TURNED.format(day=declared(day, wide=wide), night=declared(night, wide=wide))
        for wide in (False, True)
    )
    return STYLE.format(everywhere=everywhere, wide=wide)


def turned(palette: Palette, hue: int) -> Palette:
    """Each brand token keeps its distance to the brand itself: soft grounds lean a little."""
    return {
        name: Colour(colour.lightness, colour.chroma, (colour.hue + hue - HUE) % 360)
        for name, colour in palette.items()
        if name.partition("-")[0] == BRAND
    }


def declared(palette: Palette, *, wide: bool) -> str:
    """For screens that show more than sRGB, and for browsers that know nothing else."""
    return " ".join(f"--{name}: {c if wide else c.hex};" for name, c in palette.items())
