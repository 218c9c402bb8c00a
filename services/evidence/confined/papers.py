"""A PDF as pictures of its pages: no script, form, attachment or font of it is passed on."""

import time
from collections.abc import Iterator
from typing import Final

import pypdfium2
from pypdfium2 import raw

from services.evidence.confined import sheets
from services.evidence.confined.shapes import Drawing, Sheet
from services.evidence.unseen import PAGES_MAX, SIDE_MAX, CannotShow, Unseen

ENLARGED_MAX: Final = 3.0
"""Of the size of a page in points: 216 dots an inch, as sharp as a copier's."""
BUSY_SECONDS: Final = 3.0
"""Once the processor has worked that long, no further page is begun."""


def ready() -> None:
    sheets.ready()
    pypdfium2.PdfDocument.new().close()


def drawn(body: bytes) -> Iterator[Sheet | Drawing]:
    """The first pages. Raises `CannotShow`, and whatever a broken file makes of pdfium."""
    papers = opened(body)
    yield Sheet(all=len(papers))
    for no in range(1, min(len(papers), PAGES_MAX) + 1):
        if no > 1 and time.process_time() > BUSY_SECONDS:
            return
        page = papers[no - 1]
        wide, high = page.get_size()
        scale = min(SIDE_MAX / max(wide, high, 1.0), ENLARGED_MAX)
        image = sheets.flat(page.render(scale=scale).to_pil())
        yield from sheets.both(image) if no == 1 else (sheets.drawing(image, no=no),)
        page.close()


def opened(body: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise CannotShow(Unseen.LOCKED if locked else Unseen.BROKEN) from error
