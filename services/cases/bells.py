"""A bell knocks at the same door as everybody, under a name of its own."""

from uuid import UUID

from services.cases.ledger import settled
from services.cases.receipts import Receipt
from services.cases.rows import bell_id
from services.lifecycle.commands import StrikeBell
from services.tenants import seats


async def apply_bell(tenant: UUID, case_id: UUID, key: str) -> Receipt:
    """A bell that is not owed, or not yet, writes nothing: its receipt has no events and is not
    kept, so that the same bell may come again. Raises `NotFound`.
    """
    return await settled(
        seats.clock(tenant=tenant),
        case_id,
        StrikeBell(bell=key),
        command_id=bell_id(tenant, case_id, key),
    )
