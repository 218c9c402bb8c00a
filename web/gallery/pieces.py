"""Samples of pieces of evidence: one with pages, and one for each reason why nothing is seen."""

from uuid import UUID

from services.evidence.kinds import FAMILY
from services.evidence.unseen import Unseen
from services.lifecycle.evidence import Capture, FileKind
from services.wording.say import phrase
from web.exhibits import SIGNS, Exhibit, Look, Shot
from web.gallery import imagined
from web.templating import asset

KINDS = {Look.ORIGINAL_ALONE: FileKind.MP4, Look.SHOWN: FileKind.PDF}


def pieces() -> tuple[Exhibit, ...]:
    names = [each["name"] for each in imagined.story()["file"]]
    return tuple(piece(no, look, names[no % len(names)]) for no, look in enumerate(Look, 1))


def piece(no: int, look: Look, name: str) -> Exhibit:
    kind = KINDS.get(look, FileKind.JPEG)
    page = Shot(address=asset("mark.svg"), width=32, height=32)
    is_shown = look is Look.SHOWN
    return Exhibit(
        no=no,
        id=UUID(int=no),
        place="/parts",
        name=None if look is Look.ERASED else name,
        kind=kind,
        family=FAMILY[kind],
        sign=SIGNS[FAMILY[kind]],
        size=no * 1_234_567,
        sha256="0123456789abcdef" * 4,
        who=phrase("Who", "consumer"),
        at=imagined.story()["came_at"],
        capture=Capture.SCAN,
        made_on=imagined.story()["came_at"].date(),
        note=None,
        look=look,
        why=Unseen.LOCKED if look is Look.UNSEEN else None,
        small=page if is_shown else None,
        pages=(page, page) if is_shown else (),
        more=3 if is_shown else 0,
        is_shared=is_shown,
    )
