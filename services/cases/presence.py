"""Who has a case open now, and who writes about it: told to colleagues, and never in their way.

Real time, whatever the tenant's clock says: it is about people at their desks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from infra.database import Record, Tx, tenant_tx
from services.cases.queries import file_of
from services.cases.receipts import NotFound
from services.cases.visible import may_see, sees_any
from services.tenants.seats import STAFF, Seat

BEAT: Final = timedelta(seconds=20)
LASTS: Final = timedelta(seconds=45)
"""After the last beat: long enough for one that was lost on the way."""

BEAT_SQL: Final = """
insert into presence as p (tenant_id, case_id, person_id, doing, since, at)
values ($1, $2, $3, $4, $5, $5)
on conflict (tenant_id, case_id, person_id) do update set doing = excluded.doing, at = excluded.at,
    since = case when p.doing = excluded.doing then p.since else excluded.since end
"""
GONE: Final = "delete from presence where tenant_id = $1 and person_id = $2 and at <= $3"
HERE: Final = """
select p.case_id, f.assignee, s.name, p.doing, $5::timestamptz - p.since as lasting
from presence p
join case_file f on f.tenant_id = p.tenant_id and f.id = p.case_id
join person s on s.tenant_id = p.tenant_id and s.id = p.person_id
where p.tenant_id = $1 and p.case_id = any($2) and p.person_id <> $3 and p.at > $4
order by p.doing desc, p.since, s.name
"""


class Doing(StrEnum):
    READING = "reading"
    WRITING = "writing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """A colleague at a case, and for how long they have been doing what they do."""

    name: str
    doing: Doing
    lasting: timedelta


Marks = Mapping[UUID, tuple[Present, ...]]


async def beat(seat: Seat, number: str, doing: Doing) -> None:
    """Somebody of the staff is at this case for `LASTS` from now. Raises `NotFound`."""
    if not (sees_any(seat) and seat.role in STAFF and seat.person):
        raise NotFound
    async with tenant_tx(seat) as tx:
        row = await file_of(tx, seat, number)
        await put(tx, seat, row["id"], doing)


async def arrive(seat: Seat, case_id: UUID) -> tuple[Present, ...]:
    """Somebody of the staff opens a case that they were let see, and is told who is there."""
    if seat.person is None or seat.role not in STAFF:
        return ()
    async with tenant_tx(seat) as tx:
        await put(tx, seat, case_id, Doing.READING)
        rows = await others(tx, seat, [case_id])
    return by_case(rows).get(case_id, ())


async def put(tx: Tx, seat: Seat, case_id: UUID, doing: Doing) -> None:
    await tx.execute(GONE, seat.tenant, seat.person, tx.real_now - LASTS)
    await tx.execute(BEAT_SQL, seat.tenant, case_id, seat.person, doing.value, tx.real_now)


async def others(tx: Tx, seat: Seat, wanted: list[UUID]) -> list[Record]:
    nobody, now = UUID(int=0), tx.real_now
    return list(await tx.fetch(HERE, seat.tenant, wanted, seat.person or nobody, now - LASTS, now))


async def present(seat: Seat, case_ids: Iterable[UUID]) -> Marks:
    """Who else is at these cases: writers first, of those cases that this seat may see whole."""
    wanted = list(case_ids)
    if not (wanted and sees_any(seat) and seat.role in STAFF):
        return {}
    async with tenant_tx(seat) as tx:
        rows = await others(tx, seat, wanted)
    return by_case(row for row in rows if sees(seat, row))


def sees(seat: Seat, row: Record) -> bool:
    return may_see(seat, case_id=row["case_id"], assignee=row["assignee"])


def by_case(rows: Iterable[Record]) -> Marks:
    found: dict[UUID, tuple[Present, ...]] = {}
    for row in rows:
        mark = Present(name=row["name"], doing=Doing(row["doing"]), lasting=row["lasting"])
        found[row["case_id"]] = (*found.get(row["case_id"], ()), mark)
    return found
