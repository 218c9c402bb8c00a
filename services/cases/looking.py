"""Who may look at which viewing copy: their own pieces for the consumer, all of them for staff."""

from collections.abc import Mapping
from uuid import UUID

from infra.database import Record, Tx, tenant_tx
from services.cases.queries import file_of
from services.cases.receipts import NotFound
from services.cases.views import CaseView, shared
from services.cases.visible import sees_any
from services.evidence.copies import Copy, Picture, of_case
from services.evidence.copies import picture as picture_of
from services.lifecycle.evidence import Piece
from services.lifecycle.kinds import Role
from services.lifecycle.wire import case_from
from services.tenants.seats import Seat

BROUGHT_BY = """
select v.role from evidence e
join case_event v on v.tenant_id = e.tenant_id and v.case_id = e.case_id and v.seq = e.seq
where e.tenant_id = $1 and e.case_id = $2 and e.id = $3
"""


async def copies(seat: Seat, view: CaseView) -> Mapping[UUID, Copy]:
    """Of the pieces in this view."""
    pieces = {piece.id for piece in view.case.evidence}
    if not pieces:
        return {}
    async with tenant_tx(seat) as tx:
        found = await of_case(tx, tenant=seat.tenant, case=view.id)
    return {id_: copy for id_, copy in found.items() if id_ in pieces}


async def shareable(seat: Seat, view: CaseView) -> tuple[tuple[Piece, Copy], ...]:
    """What the merchant may look at now: shared with the consumer's consent, and drawn. `view` may
    be anybody's."""
    pieces = shared(view.case)
    seen = await copies(seat, view)
    found = ((piece, seen.get(piece.id)) for piece in pieces)
    return tuple((piece, copy) for piece, copy in found if copy and copy.sizes)


async def picture(seat: Seat, place: str | UUID, piece: UUID, no: int) -> Picture:
    """Raises `NotFound`."""
    if not sees_any(seat):
        raise NotFound
    async with tenant_tx(seat) as tx:
        row = await file_of(tx, seat, place)
        case = row["id"]
        copy = (await of_case(tx, tenant=seat.tenant, case=case)).get(piece)
        if copy is None or no not in range(len(copy.sizes)):
            raise NotFound
        if not await may_look(tx, seat, row, piece):
            raise NotFound
        return await picture_of(tx, copy, no, tenant=seat.tenant, case=case)


async def may_look(tx: Tx, seat: Seat, row: Record, piece: UUID) -> bool:
    match seat.role:
        case Role.CONSUMER:
            by = await tx.fetchval(BROUGHT_BY, seat.tenant, row["id"], piece)
            return bool(by == Role.CONSUMER.value)
        case Role.MERCHANT:
            return any(each.id == piece for each in shared(case_from(row["state"])))
        case _:
            return True
