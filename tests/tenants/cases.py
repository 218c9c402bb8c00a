"""A bare case for a link to lead to: what is in it does not matter here."""

from uuid import UUID, uuid4

from infra.database import tenant_tx
from services.tenants import seats
from services.tenants.links import LinkRef, Scope, issue
from services.tenants.organisations import Organisation

PLAYBOOK = """
    insert into playbook_version (tenant_id, playbook, version, body, digest, published_by)
    values ($1, 'general', 1, '', '', 'test') on conflict do nothing
"""
CASE = """
    insert into case_file (tenant_id, id, number, version, stage, ball, problem, platform, purpose,
        playbook_id, playbook_version, title, state, head_hash, filed_at, updated_at)
    values ($1, $2, $3, 1, 'submitted', 'association', 'quality', '1688', 'own_use',
        'general', 1, 'A kettle', '{}', '', now(), now())
"""


async def filed(acme: Organisation) -> UUID:
    case = uuid4()
    async with tenant_tx(seats.operator(tenant=acme.tenant)) as tx:
        await tx.execute(PLAYBOOK, acme.tenant)
        await tx.execute(CASE, acme.tenant, case, f"2026-{case.int % 10**8 + 1}")
    return case


def ref_to(acme: Organisation, case: UUID, *, generation: int = 1) -> LinkRef:
    return LinkRef(tenant=acme.tenant, case=case, scope=Scope.STATUS, generation=generation)


async def linked(acme: Organisation, *, phone: str | None = "138 0000 4321") -> tuple[LinkRef, str]:
    ref = ref_to(acme, await filed(acme))
    async with tenant_tx(seats.operator(tenant=acme.tenant)) as tx:
        return ref, await issue(tx, ref, phone=phone)
