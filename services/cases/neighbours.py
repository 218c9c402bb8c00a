"""The cases before and after one in a list of the queue: two looks at its index, however long."""

from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

from infra.database import Tx, tenant_tx
from services.cases.filters import Filters
from services.cases.places import place_of, places
from services.tenants.seats import Seat

COUNTED_MAX: Final = 100
"""Beyond that nobody asks the how-many-th it is, and counting would take its time."""

NUMBERS: Final = "select id, number from case_file where tenant_id = $1 and id = any($2)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """By number. `place` among `of` is known in short lists only."""

    before: str | None
    after: str | None
    place: int | None
    of: int | None


async def beside(seat: Seat, id_: UUID, *, filters: Filters) -> Neighbours:
    """Raises `NotFound` for who has no queue. The case itself need not be in the list any more."""
    async with tenant_tx(seat) as tx:
        here = await place_of(tx, id_, filters)
        look = partial(places, seat, filters, start=here, limit=COUNTED_MAX, own=True)
        earlier, later = await look(backwards=True), await look()
        number = await numbers(tx, [*earlier[:1], *later[:1]])
    few = len(earlier) < COUNTED_MAX and len(later) < COUNTED_MAX
    return Neighbours(
        before=number[earlier[0]] if earlier else None,
        after=number[later[0]] if later else None,
        place=len(earlier) + 1 if few else None,
        of=len(earlier) + 1 + len(later) if few else None,
    )


async def numbers(tx: Tx, ids: list[UUID]) -> dict[UUID, str]:
    found = await tx.fetch(NUMBERS, tx.tenant, ids)
    return {row["id"]: row["number"] for row in found}
