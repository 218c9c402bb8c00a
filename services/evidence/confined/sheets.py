"""Pixels become a picture that can be sent: only colours, on white, in one format."""

import io
from collections.abc import Iterator
from typing import Final

from PIL import Image, WebPImagePlugin

from services.evidence.confined.shapes import Drawing
from services.evidence.unseen import COVER, SMALL

SEE_THROUGH: Final = frozenset({"RGBA", "LA", "PA", "La", "RGBa"})
QUALITY: Final = 80


def ready() -> None:
    """Loads what is needed while files can still be opened."""
    assert WebPImagePlugin.SUPPORTED, "every wheel of Pillow has it"
    encoded(Image.new("RGB", (1, 1)))


def flat(image: Image.Image) -> Image.Image:
    """Only colours, on white; profiles, comments and places stay behind."""
    page = Image.new("RGB", image.size, "white")
    if image.mode in SEE_THROUGH or "transparency" in image.info:
        seen = image.convert("RGBA")
        page.paste(seen, mask=seen.getchannel("A"))
    else:
        page.paste(image.convert("RGB"))
    return page


def both(page: Image.Image) -> Iterator[Drawing]:
    """The first page and the small picture of it."""
    yield drawing(page, no=1)
    small = page.copy()
    small.thumbnail((SMALL, SMALL))
    yield drawing(small, no=COVER)


def drawing(page: Image.Image, *, no: int) -> Drawing:
    return Drawing(no=no, width=page.width, height=page.height, body=encoded(page))


def encoded(page: Image.Image) -> bytes:
    written = io.BytesIO()
    page.save(written, "WEBP", quality=QUALITY, method=2)
    return written.getvalue()
