"""Making cases searchable that were filed before there was a search, or were copied without it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from infra.database import Record, Tx, tenant_tx
from services.cases import search_row
from services.cases.sealing import filled
from services.cases.search_row import SAYING, Row
from services.lifecycle.wire import event_from
from services.tenants import seats

BATCH: Final = 100
MISSING = """
select f.id, f.number, f.closed_at is not null as closed from case_file f
where f.tenant_id = $1 and ($2::uuid is null or f.id > $2) and not exists (
    select from case_search s where s.tenant_id = f.tenant_id and s.case_id = f.id
) order by f.id limit $3 for no key update
"""
SAID = """
select case_id, kind, body from case_event
where tenant_id = $1 and case_id = any($2) and kind = any($3) order by case_id, seq
"""
TEXTS = "select id, text from statement where tenant_id = $1 and case_id = any($2)"
ADD = "insert into case_search select * from jsonb_populate_recordset(null::case_search, $1)"


async def fill(tenant: UUID) -> int:
    """How many cases can be found that could not be found before."""
    found, after = 0, None
    while True:
        async with tenant_tx(seats.clock(tenant=tenant)) as tx:
            files = await tx.fetch(MISSING, tenant, after, BATCH)
            if not files:
                return found
            await tx.execute(ADD, await rows(tx, tenant, files))
        found, after = found + len(files), files[-1]["id"]


async def rows(tx: Tx, tenant: UUID, files: list[Record]) -> list[Row]:
    """The files are locked: nobody adds to them meanwhile."""
    ids = [file["id"] for file in files]
    said = by_case(await tx.fetch(SAID, tenant, ids, SAYING))
    texts = {row["id"]: row["text"] for row in await tx.fetch(TEXTS, tenant, ids)}
    return [
        {
            "tenant_id": str(tenant),
            "case_id": str(file["id"]),
            **search_row.row(
                (filled(event_from(one["kind"], one["body"]), texts) for one in said[file["id"]]),
                number=file["number"],
                tenant=tenant,
                closed=file["closed"],
            ),
        }
        for file in files
    ]


def by_case(told: Iterable[Record]) -> Mapping[UUID, list[Record]]:
    found: defaultdict[UUID, list[Record]] = defaultdict(list)
    for row in told:
        found[row["case_id"]].append(row)
    return found
