"""A file is handed in: it comes into storage first, then onto the case through the one door."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from infra.database import tenant_tx
from services.cases import ledger
from services.cases.queries import file_of
from services.cases.receipts import NotFound, Receipt
from services.cases.visible import sees_any
from services.evidence import names
from services.evidence.receiving import Received, drop, receive
from services.lifecycle.evidence import PIECES_MAX, AddEvidence, Capture
from services.lifecycle.facts import Words
from services.lifecycle.permissions import permitted, possible
from services.lifecycle.refusals import Refused, Why
from services.lifecycle.wire import case_from
from services.tenants.seats import Seat

NAMELESS = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What its sender says of a file; none of it is checked."""

    name: str = ""
    capture: Capture | None = None
    made_on: date | None = None
    note: str = ""


async def admitted(seat: Seat, place: str | UUID) -> UUID:
    """The case, where this seat may add a file to it now: asked before a byte is read. Raises
    `Refused` or `NotFound`.
    """
    if not sees_any(seat):
        raise NotFound
    async with tenant_tx(seat) as tx:
        row = await file_of(tx, seat, place)
    case, case_id = case_from(row["state"]), row["id"]
    if not permitted(seat.role, AddEvidence):
        raise Refused(Why.NOT_PERMITTED)
    if not possible(case, AddEvidence):
        raise Refused(Why.NOT_IN_THIS_STAGE)
    if len(case.evidence) >= PIECES_MAX:
        raise Refused(Why.EVIDENCE_FULL)
    assert isinstance(case_id, UUID)
    return case_id


async def hand_in(
    seat: Seat, case: UUID, told: Told, *, upload: UUID, chunks: AsyncIterator[bytes]
) -> Receipt:
    """Raises `NotTaken`, `Refused` or `NotFound`; then nothing of the file is kept."""
    file = await receive(seat, case=case, upload=upload, chunks=chunks)
    try:
        return await ledger.settled(seat, case, command(file, told), command_id=uuid4())
    except (Refused, NotFound):
        await drop(seat, file)
        raise


def command(file: Received, told: Told) -> AddEvidence:
    note = told.note.strip()
    return AddEvidence(
        piece=file.id,
        kind=file.kind,
        size=file.size,
        sha256=file.sha256.hex(),
        name=Words(text=names.fit(told.name) or NAMELESS),
        capture=told.capture,
        made_on=told.made_on,
        note=Words(text=note) if note else None,
    )
