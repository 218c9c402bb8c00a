"""Viewing copies as they lie in storage: pictures, each sealed with a key of its own."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from infra import storage
from infra.database import Record, Tx
from services.evidence import case_keys
from services.evidence.kinds import FAMILY, Family
from services.evidence.receiving import key_of
from services.evidence.sealing import opened
from services.evidence.unseen import COVER, PAGES_MAX, Unseen
from services.lifecycle.evidence import FileKind

SHOWN: Final = tuple(kind for kind in FileKind if FAMILY[kind] in (Family.PICTURE, Family.DOCUMENT))
"""What is drawn; sound and video are not transcoded."""
MEDIA_TYPE: Final = "image/webp"
OWE = """
insert into evidence_copy (tenant_id, evidence_id, case_id)
select tenant_id, id, case_id from evidence
where tenant_id = $1 and id = any($2) and kind = any($3)
"""
OF_CASE = """
select evidence_id, place, state, tries, why, pages, widths, heights from evidence_copy
where tenant_id = $1 and case_id = $2 and state <> 'erased'
"""
ERASE = """
update evidence_copy set state = 'erased'
where tenant_id = $1 and case_id = $2 and state <> 'erased' returning place, tries
"""


class State(StrEnum):
    WAITING = "waiting"
    DRAWING = "drawing"
    READY = "ready"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """`pages` counts all of the original; `sizes` are those of the pictures there are, the first
    being the small one. `why` is known where it cannot be shown."""

    id: UUID
    state: State
    why: Unseen | None
    pages: int
    sizes: tuple[tuple[int, int], ...]
    place: UUID
    tries: int

    @property
    def shown(self) -> range:
        """The numbers of the pages that can be looked at."""
        return range(COVER + 1, len(self.sizes))

    @property
    def more(self) -> int:
        """How many pages stand in the original alone."""
        return self.pages - len(self.shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    place: UUID
    tenant: UUID
    key: bytes = field(repr=False)

    def bytes(self) -> AsyncIterator[bytes]:
        """Raises `NotThere` or `Tampered`."""
        return opened(storage.current().get(key_of(self.tenant, self.place)), key=self.key)


async def owe(tx: Tx, pieces: list[UUID], *, tenant: UUID) -> None:
    """The worker is told of those of which there will be something to see."""
    await tx.execute(OWE, tenant, pieces, [kind.value for kind in SHOWN])


async def of_case(tx: Tx, *, tenant: UUID, case: UUID) -> dict[UUID, Copy]:
    """By the id of the piece; sound and video have none."""
    rows = await tx.fetch(OF_CASE, tenant, case)
    return {row["evidence_id"]: copy_of(row) for row in rows}


def copy_of(row: Record) -> Copy:
    return Copy(
        id=row["evidence_id"],
        state=State(row["state"]),
        why=Unseen(row["why"]) if row["why"] else None,
        pages=row["pages"] or 0,
        sizes=tuple(zip(row["widths"], row["heights"], strict=True)),
        place=row["place"],
        tries=row["tries"],
    )


async def picture(tx: Tx, copy: Copy, no: int, *, tenant: UUID, case: UUID) -> Picture:
    """One of a copy that is ready. Raises `Erased`."""
    place = place_of(copy.place, tries=copy.tries, no=no)
    key = await case_keys.of_case(tx, tenant, case)
    return Picture(place=place, tenant=tenant, key=case_keys.of_file(key, place))


def place_of(place: UUID, *, tries: int, no: int) -> UUID:
    return uuid5(place, f"{tries}/{no}")


async def erased(tx: Tx, *, tenant: UUID, case: UUID) -> tuple[str, ...]:
    """The storage keys of all that may lie there, from every try."""
    rows = await tx.fetch(ERASE, tenant, case)
    return tuple(key for row in rows for key in keys_of(tenant, row["place"], tries=row["tries"]))


def keys_of(tenant: UUID, place: UUID, *, tries: int) -> Iterator[str]:
    for number in range(1, tries + 1):
        for no in range(PAGES_MAX + 1):
            yield key_of(tenant, place_of(place, tries=number, no=no))
