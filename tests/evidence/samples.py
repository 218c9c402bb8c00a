"""Pictures and papers as phones and offices make them, and others that are made to do harm."""

import io
import zlib
from base64 import b64decode
from collections.abc import Iterable, Iterator
from typing import Final

from PIL import Image

from tests.evidence.files import chunk

CANARY: Final = "CANARY-31.2304N-121.4737E"
GPS_TAG, MAKE_TAG, COMMENT_TAG, ORIENTATION_TAG, TURNED = 0x8825, 0x010F, 0x9286, 0x0112, 6


HEIC: Final = b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAA"
    "AAAAAAAAADRpbG9jAAAAAERAAAIAAQAAAAAB4gABAAAAAAAAACUAAgAAAAACBwABAAAAAAAAAD4AAAA4aWluZgAAAAAA"
    "AgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADd"
    "aXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAq"
    "QgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQAN"
    "AAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBp"
    "eGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAAa21kYXQA"
    "AAAhKAGvGYDvSaW//+KGH/mta/6/shf/8vEnfiR6f9bkQ21vAAAABkV4aWYAAE1NACoAAAAIAAEBDwACAAAAGgAAABoA"
    "AAAAQ0FOQVJZLTMxLjIzMDROLTEyMS40NzM3RQA="
)
"""What `painted(64, 48)` is on an iPhone, and the canary; nothing that we install writes such."""


def painted(width: int = 640, height: int = 480) -> Image.Image:
    """A red left half and a blue right half, so that a turned one is told from an upright one."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    return image


def telling() -> Image.Exif:
    """Where, with what and by whom: what no viewing copy may pass on."""
    exif = Image.Exif()
    exif[MAKE_TAG] = CANARY
    exif[ORIENTATION_TAG] = TURNED
    exif.get_ifd(GPS_TAG)[1] = CANARY
    return exif


def photograph(format_: str = "JPEG", *, width: int = 640, height: int = 480) -> bytes:
    """From a phone held upright, with its place in it."""
    written = io.BytesIO()
    image = painted(width, height)
    image.save(written, format_, exif=telling(), icc_profile=CANARY.encode())
    return written.getvalue()


def bomb(width: int, height: int, *, rows: int = 64) -> bytes:
    """A PNG that claims to be large; the little that it holds unpacks to nothing but black."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x10\x06\x00\x00\x00"
    body = zlib.compressobj(9)
    line = bytes(1 + 8 * width)
    packed = b"".join(body.compress(line) for _ in range(rows)) + body.flush()
    chunks = ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, told) for kind, told in chunks)


def paper(pages: int = 1, *, size: str = "0 0 595 842") -> bytes:
    """A PDF whose every page has a black square, and whose author is the canary."""
    drawn = b"0 0 0 rg 100 100 200 200 re f"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids(pages)}]>>".encode(),
        stream(drawn),
        f"<</Author({CANARY})>>".encode(),
        *(
            f"<</Type/Page/Parent 2 0 R/MediaBox[{size}]/Contents 3 0 R>>".encode()
            for _ in range(pages)
        ),
    ]
    return pdf(objects, trailer=b"/Root 1 0 R/Info 4 0 R")


def kids(pages: int) -> str:
    return " ".join(f"{5 + n} 0 R" for n in range(pages))


def stream(body: bytes, about: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (about, len(body), body)


def pdf(objects: Iterable[bytes], *, trailer: bytes = b"/Root 1 0 R") -> bytes:
    found = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(found))
        found += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(found)
    found += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    found += b"".join(b"%010d 00000 n \n" % place for place in places)
    found += b"trailer\n<<%b/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        trailer,
        len(places) + 1,
        start,
    )
    return bytes(found)


FORMS: Final = b"/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>"


def one_page(contents: bytes, *more: bytes) -> bytes:
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%b>>" % FORMS,
            contents,
            *more,
        ]
    )


def many_objects() -> bytes:
    """A million of them, all empty."""
    return one_page(stream(b"f"), *(b"<<>>" for _ in range(1_000_000)))


def packed_often() -> bytes:
    """Zeros, packed so many times over that 20 KB unpack to gigabytes."""
    body = zlib.compress(bytes(50_000_000), 9)
    for _ in range(2):
        body = zlib.compress(body, 9)
    names = b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    return one_page(stream(body, names), *(stream(body, names) for _ in range(200)))


def doubling() -> bytes:
    """Every form draws the next one twice, so that the last is drawn 2^40 times."""

    def form(n: int) -> bytes:
        about = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>" % (
            n + 1
        )
        return stream(b"/A Do " * 2, about)

    last = stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return one_page(stream(b"/A Do"), *(form(n) for n in range(5, 45)), last)


def strokes() -> bytes:
    """One page that is never finished: long dashes of nothing, a million times."""
    return one_page(stream(b"[0.01 0.01] 0 d " + b"0 0 m 595 842 l S " * 200_000))


def locked() -> bytes:
    """Says that it is locked, and nothing opens it."""
    o = b"<" + b"41" * 32 + b">"
    about = b"/Root 1 0 R/Encrypt<</Filter/Standard/V 1/R 2/P -4/O%b/U%b>>/ID[<41><41>]" % (o, o)
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"], trailer=about)


def harmful() -> Iterator[tuple[str, str, bytes]]:
    """Name, kind and bytes of files that must end in seconds and harm nobody."""
    yield "50,000 by 50,000", "png", bomb(50_000, 50_000)
    yield "as many points as are allowed", "png", bomb(7_000, 7_000, rows=7_000)
    yield "a million objects", "pdf", many_objects()
    yield "packed often", "pdf", packed_often()
    yield "doubling forms", "pdf", doubling()
    yield "endless strokes", "pdf", strokes()
    yield "a page that is no page", "pdf", paper(size="0 0 1e9 1e9")
    yield "another format under its name", "jpeg", b"%!PS-Adobe-3.0 EPSF-3.0\n" * 50
    yield "a film of stars", "png", b"SIMPLE  =                    T" * 50
