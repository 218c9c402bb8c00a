"""A photograph or screenshot, made anew from its pixels: nothing else of the file is passed on."""

import io
import warnings
from collections.abc import Iterator
from typing import Final

from pi_heif import options, register_heif_opener
from PIL import Image, ImageOps

from services.evidence.confined import sheets
from services.evidence.confined.shapes import Drawing, Sheet
from services.evidence.unseen import PIXELS_MAX, SIDE_MAX, CannotShow, Unseen
from services.lifecycle.evidence import FileKind

FORMATS: Final = {
    FileKind.JPEG: "JPEG",
    FileKind.PNG: "PNG",
    FileKind.WEBP: "WEBP",
    FileKind.HEIC: "HEIF",
}


def ready() -> None:
    """Loads what is needed while files can still be opened."""
    options.DECODE_THREADS = 1
    register_heif_opener(thumbnails=False)
    Image.init()
    sheets.ready()
    Image.MAX_IMAGE_PIXELS = PIXELS_MAX
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def drawn(body: bytes, kind: FileKind) -> Iterator[Sheet | Drawing]:
    """One sheet. Raises `CannotShow`, and whatever a broken file makes of Pillow."""
    yield Sheet(all=1)
    try:
        with Image.open(io.BytesIO(body), formats=(FORMATS[kind],)) as image:
            if image.width * image.height > PIXELS_MAX:
                raise CannotShow(Unseen.TOO_LARGE)
            page = sheets.flat(upright(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise CannotShow(Unseen.TOO_LARGE) from bomb
    yield from sheets.both(page)


def upright(image: Image.Image) -> Image.Image:
    """Made small first: turning a picture takes as much memory again."""
    image.thumbnail((SIDE_MAX, SIDE_MAX))
    return ImageOps.exif_transpose(image)
