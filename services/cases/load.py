"""What rests on whom: the open cases of everybody who can be given one, for sharing them out."""

from dataclasses import dataclass
from uuid import UUID

from infra.database import tenant_tx
from services.cases.counts import Heap, When, up_to_date
from services.cases.receipts import NotFound
from services.cases.visible import ALL_OF_TENANT
from services.tenants.seats import Seat

HANDS = """
select id, name from person
where tenant_id = $1 and disabled_at is null and role in ('volunteer', 'caseworker', 'manager')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Open cases of one person; `soon` of them are late or due within three working days. The
    figures are as old as the counts of the queue."""

    person: UUID
    name: str
    open: int
    soon: int


async def loads(seat: Seat) -> tuple[Load, ...]:
    """Who has least comes first. Raises `NotFound` for who does not see all cases."""
    if seat.role not in ALL_OF_TENANT:
        raise NotFound
    heaps = (await up_to_date(seat)).heaps or ()
    async with tenant_tx(seat) as tx:
        rows = await tx.fetch(HANDS, seat.tenant)
    found = (load(row["id"], row["name"], heaps) for row in rows)
    return tuple(sorted(found, key=lambda one: (one.open, one.soon, one.name)))


def load(person: UUID, name: str, heaps: tuple[Heap, ...]) -> Load:
    theirs = [one for one in heaps if one.assignee == person]
    soon = (one.cases for one in theirs if one.due is not When.LATER)
    return Load(person=person, name=name, open=sum(one.cases for one in theirs), soon=sum(soon))
