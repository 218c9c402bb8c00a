"""Every piece on a case has its file, and every file is, byte for byte, as it came."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from infra.database import Record, tenant_tx
from infra.storage import NotThere
from services.cases.checks.dossier import Dossier
from services.cases.checks.findings import Class, Finding
from services.cases.checks.story import Turn
from services.evidence.reading import Kept, kept
from services.evidence.sealing import Tampered
from services.tenants.seats import Seat

ON_A_CASE = ("kept", "erased")


def check(dossier: Dossier, turns: tuple[Turn, ...]) -> Iterator[Finding]:
    """The rows against the events."""
    wanted = {
        piece.id: (piece.seq, piece.kind.value, piece.size, piece.sha256)
        for piece in turns[-1].after.evidence
    }
    for row in dossier.evidence:
        if row["state"] in ON_A_CASE:
            where = f"{dossier.number} evidence {row['id']}"
            piece = wanted.pop(row["id"], None)
            if piece is None:
                yield Finding(class_=Class.PHANTOM, where=where, what="file_without_event")
            elif piece != told(row):
                yield Finding(class_=Class.EVIDENCE, where=where, what="not_as_its_event_tells")
    for id_ in wanted:
        where = f"{dossier.number} evidence {id_}"
        yield Finding(class_=Class.LOST, where=where, what="event_without_file")


def told(row: Record) -> tuple[Any, ...]:
    return row["seq"], row["kind"], row["size"], row["sha256"].hex()


async def files(seat: Seat, dossiers: Iterable[Dossier]) -> list[Finding]:
    """The bytes in storage against their hashes; read outside any transaction."""
    findings: list[Finding] = []
    for dossier in dossiers:
        if any(row["state"] == "kept" for row in dossier.evidence):
            async with tenant_tx(seat) as tx:
                lying = await kept(tx, tenant=seat.tenant, case=dossier.id)
            for id_, file in lying.items():
                findings += await opened(dossier.number, id_, file)
    return findings


async def opened(number: str, id_: UUID, file: Kept) -> list[Finding]:
    where = f"{number} evidence {id_}"
    try:
        what = None if await file.is_as_it_came() else "bytes_changed"
    except Tampered:
        what = "bytes_changed"
    except NotThere:
        what = "file_lost"
    return [Finding(class_=Class.EVIDENCE, where=where, what=what)] if what else []
