"""Deriving again what can be derived: deadlines from the rules, clocks from the open cases."""

from dataclasses import dataclass
from uuid import UUID

from infra.database import Tx, tenant_tx
from services.cases import rows
from services.cases.rows import Standing
from services.cases.write import sql
from services.lifecycle.agenda import agenda
from services.lifecycle.wire import case_from
from services.playbooks import library
from services.tenants import seats

OPEN = "select id, version from case_file where tenant_id = $1 and closed_at is null order by id"
FILE = "select * from case_file where tenant_id = $1 and id = $2 for update"
STORED = "select * from deadline where tenant_id = $1 and case_id = $2"
POKE = """
insert into outbox (tenant_id, case_id, kind, seq)
select tenant_id, id, 'look', version from case_file where tenant_id = $1 and closed_at is null
returning case_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    id: UUID
    version: int


async def open_cases(tenant: UUID) -> tuple[OpenCase, ...]:
    """Those that must have a workflow."""
    async with tenant_tx(seats.clock(tenant=tenant)) as tx:
        found = await tx.fetch(OPEN, tenant)
    return tuple(OpenCase(id=row["id"], version=row["version"]) for row in found)


async def poke_all(tenant: UUID) -> int:
    """Every open case is told to look again, as after the tenant's clock was moved."""
    async with tenant_tx(seats.clock(tenant=tenant)) as tx:
        return len(await tx.fetch(POKE, tenant))


async def redate_all(tenant: UUID) -> int:
    """After a calendar year was loaded: how many cases have other dates than before."""
    moved = [await redate(tenant, case.id) for case in await open_cases(tenant)]
    return sum(moved)


async def redate(tenant: UUID, case_id: UUID) -> bool:
    async with tenant_tx(seats.clock(tenant=tenant)) as tx:
        return await derive(tx, tenant, case_id)


async def derive(tx: Tx, tenant: UUID, case_id: UUID) -> bool:
    """The same bells, re-dated; a bell that rang already does not come back."""
    file = await tx.fetchrow(FILE, tenant, case_id)
    assert file is not None
    case = case_from(file["state"])
    bells = agenda(case, await library.rules_for(tx, case.playbook, door=case.door))
    wanted = rows.deadline_rows(bells, tenant=tenant, case_id=case_id)
    stored = [
        rows.plain_row(row, "tenant_id", "case_id")
        for row in await tx.fetch(STORED, tenant, case_id)
    ]
    if {row["key"]: row for row in wanted} == {row["key"]: row for row in stored}:
        return False
    at = Standing(
        tenant=tenant,
        id=case_id,
        number=file["number"],
        head=file["head_hash"],
        overdue_since=file["overdue_since"],
        updated_at=file["updated_at"],
    )
    row, wake = rows.file_row(case, at, bells), rows.wake_row(case, bells, case_id)
    await tx.execute(sql("redate"), tenant, case_id, wanted, wake, row)
    return True
