"""Finding cases by words: Chinese as it is written, names, shops and numbers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from infra.database import Tx, tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.cases.queue_rows import QueueRow
from services.cases.queue_rows import rows as rows_of
from services.cases.receipts import NotFound
from services.cases.search_terms import Term, number_in, question, terms
from services.cases.visible import has_queue, may_see
from services.lifecycle.kinds import Role
from services.tenants.seats import Seat

LIMIT_MAX: Final = 100
KNOWERS: Final = frozenset({Role.VOLUNTEER, Role.CASEWORKER, Role.MANAGER})
"""Those who are shown names and phones, and so may look for them."""
FIND = "select case_id from search_cases($1::text::tsquery, $2, $3, $4, $5) as found (case_id)"
AMONG_MINE = """
select f.id as case_id from case_file f
join case_search s on s.tenant_id = f.tenant_id and s.case_id = f.id
where f.tenant_id = $4 and f.assignee = $5 and s.words || s.known like all ($1)
    and ($2::text[] is null or not exists (
        select from unnest($2) e where not s.words || s.known like any (string_to_array(e, '|'))))
order by s.closed, f.id desc limit $3
"""
PLACE = "select id, assignee from case_file where tenant_id = $1 and number = $2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Open cases first, the newest first; `asked` is what was understood of what was typed, and
    nothing where that was too little to look for.
    """

    items: tuple[QueueRow, ...]
    more: bool
    now: datetime
    asked: tuple[Term, ...]


async def search(seat: Seat, typed: str, *, limit: int = 50) -> Found:
    """Raises `NotFound` for who has no queue."""
    if not has_queue(seat):
        raise NotFound
    asked, limit = terms(typed), min(max(limit, 1), LIMIT_MAX)
    async with tenant_tx(seat) as tx:
        ids = await found(tx, seat, asked, limit + 1) if asked else []
        items = await rows_of(tx, seat, ids[:limit])
        now = tx.now
        if asked:
            await chain.record_reading(tx, Kind.CASE_SEARCHED, {"cases": len(items)})
    return Found(items=items, more=len(ids) > limit, now=now, asked=asked)


async def found(tx: Tx, seat: Seat, asked: tuple[Term, ...], most: int) -> list[UUID]:
    """A volunteer's own cases are few and looked through; all others come by the index."""
    knows = seat.role in KNOWERS
    put = question(asked, seat.tenant, knows=knows)
    if seat.role is Role.VOLUNTEER:
        rows = await tx.fetch(AMONG_MINE, put.patterns, put.either, most, seat.tenant, seat.person)
    else:
        rows = await tx.fetch(FIND, put.index, put.patterns, put.either, knows, most)
    return [row["case_id"] for row in rows]


async def numbered(seat: Seat, typed: str) -> str | None:
    """The number of the case that was meant, if it was one that this seat may open."""
    number = number_in(typed)
    if not number or not has_queue(seat):
        return None
    async with tenant_tx(seat) as tx:
        row = await tx.fetchrow(PLACE, seat.tenant, number)
    seen = row and may_see(seat, case_id=row["id"], assignee=row["assignee"])
    return number if seen else None
