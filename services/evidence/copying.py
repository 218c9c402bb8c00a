"""The worker's part: a piece that is kept gets its viewing copy, one at a time.

The row says first that it is being drawn, and for which time. Whoever is killed in the middle
leaves pictures that follow from the row; who takes it up again, once nobody can still be at it,
clears them away. A file that nobody gets drawn in `TRIES_MAX` tries is left alone."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from infra import storage
from infra.database import Tx, tenant_tx
from services.evidence import case_keys
from services.evidence.copies import SHOWN, keys_of, place_of
from services.evidence.drawing import Drawn, drawn
from services.evidence.reading import Kept, kept
from services.evidence.receiving import key_of
from services.evidence.sealing import sealed
from services.evidence.unseen import CannotShow, Unseen
from services.lifecycle.evidence import FileKind
from services.tenants import seats

LEFT_ALONE: Final = timedelta(minutes=2)
TRIES_MAX: Final = 3
CATCH_UP = """
insert into evidence_copy (tenant_id, evidence_id, case_id)
select e.tenant_id, e.id, e.case_id from evidence e
where e.tenant_id = $1 and e.state = 'kept' and e.kind = any($2)
    and not exists (select from evidence_copy c where c.tenant_id = $1 and c.evidence_id = e.id)
on conflict do nothing
"""
CLAIM = """
with owed as (
    select evidence_id from evidence_copy
    where tenant_id = $1 and (state = 'waiting' or state = 'drawing' and since < $2)
    order by since limit 1 for update skip locked
)
update evidence_copy c set state = 'drawing', tries = c.tries + 1, since = $3
from owed, evidence e
where c.tenant_id = $1 and c.evidence_id = owed.evidence_id
    and e.tenant_id = $1 and e.id = c.evidence_id
returning c.evidence_id, c.case_id, c.place, c.tries, e.kind
"""
DONE = """
update evidence_copy set state = 'ready', pages = $4, widths = $5, heights = $6
where tenant_id = $1 and evidence_id = $2 and tries = $3 and state = 'drawing'
"""
UNSEEN = """
update evidence_copy set state = 'unseen', why = $4
where tenant_id = $1 and evidence_id = $2 and tries = $3 and state = 'drawing'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A copy that is ours to draw; `file` is None where its original is gone."""

    tenant: UUID
    piece: UUID
    case: UUID
    kind: FileKind
    place: UUID
    tries: int
    file: Kept | None


async def catch_up(tenant: UUID) -> None:
    """Of pieces that came in before there were copies."""
    async with tenant_tx(seats.clock(tenant=tenant)) as tx:
        await tx.execute(CATCH_UP, tenant, [kind.value for kind in SHOWN])


async def next_owed(tenant: UUID, *, left_alone: timedelta = LEFT_ALONE) -> Owed | None:
    async with tenant_tx(seats.clock(tenant=tenant)) as tx:
        now = tx.real_now
        row = await tx.fetchrow(CLAIM, tenant, now - left_alone, now)
        if row is None:
            return None
        files = await kept(tx, tenant=tenant, case=row["case_id"])
    return Owed(
        tenant=tenant,
        piece=row["evidence_id"],
        case=row["case_id"],
        kind=FileKind(row["kind"]),
        place=row["place"],
        tries=row["tries"],
        file=files.get(row["evidence_id"]),
    )


async def draw(owed: Owed) -> None:
    """Raises `NotThere` or `Tampered` where the original is not as it was."""
    await clear(owed, tries=owed.tries - 1)
    if owed.file is None:
        return
    if owed.tries > TRIES_MAX:
        await leave(owed, Unseen.GIVEN_UP)
        return
    try:
        found = await drawn(owed.kind, owed.file.bytes())
    except CannotShow as no:
        await leave(owed, no.why)
    else:
        await keep(owed, found)


async def leave(owed: Owed, why: Unseen) -> None:
    async with tenant_tx(seats.clock(tenant=owed.tenant)) as tx:
        await tx.execute(UNSEEN, owed.tenant, owed.piece, owed.tries, why.value)


async def keep(owed: Owed, found: Drawn) -> None:
    """First the bytes, then the word that they are there."""
    async with tenant_tx(seats.clock(tenant=owed.tenant)) as tx:
        key = await case_keys.of_case(tx, owed.tenant, owed.case)
    for each in found.pictures:
        place = place_of(owed.place, tries=owed.tries, no=each.no)
        body = sealed(once(each.body), key=case_keys.of_file(key, place))
        await storage.current().put(key_of(owed.tenant, place), body)
    async with tenant_tx(seats.clock(tenant=owed.tenant)) as tx:
        done = await told(tx, owed, found)
    if not done:
        await clear(owed, tries=owed.tries)


async def told(tx: Tx, owed: Owed, found: Drawn) -> bool:
    """Whether it was still ours to say: its case may have been erased meanwhile."""
    wide = [each.width for each in found.pictures]
    high = [each.height for each in found.pictures]
    about = (owed.tenant, owed.piece, owed.tries, found.pages, wide, high)
    return await tx.execute(DONE, *about) == "UPDATE 1"


async def clear(owed: Owed, *, tries: int) -> None:
    for key in keys_of(owed.tenant, owed.place, tries=tries):
        await storage.current().delete(key)


async def once(body: bytes) -> AsyncIterator[bytes]:
    yield body
