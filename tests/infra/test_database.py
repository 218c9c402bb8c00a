from infra.database import tenant_tx
from tests.database import Database, Sitting, make_tenant


async def test_a_tenant_finds_its_own_row(database: Database) -> None:
    tenant = await make_tenant("acme")

    async with tenant_tx(Sitting(tenant=tenant)) as tx:
        assert await tx.fetchval("select slug from tenant") == "acme"
