"""The link to the status page: its token is derived, never stored."""

from uuid import UUID

from infra.database import Tx
from services.lifecycle.case import Case
from services.tenants import crockford, keys


def status_token(tenant: UUID, case_id: UUID, *, generation: int) -> str:
    return crockford.encode(keys.mac(keys.Purpose.LINK, tenant, case_id, generation), 26)


async def issue_status_link(tx: Tx, case: Case, *, case_id: UUID) -> None:
    pass


async def reissue_status_link(tx: Tx, case: Case, *, case_id: UUID) -> None:
    pass
