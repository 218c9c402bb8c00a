"""Erasing what people said in a case that is over. Its chain stays whole: it holds digests only."""

from infra.database import tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.cases import search_row
from services.cases.receipts import NotFound
from services.evidence.keeping import cleared
from services.evidence.keeping import forget as forget_files
from services.lifecycle.kinds import Role, Stage
from services.lifecycle.refusals import Refused, Why
from services.notices.post import forget
from services.tenants import links
from services.tenants.links import Scope
from services.tenants.seats import Seat

FILE = "select id, number, stage from case_file where tenant_id = $1 and number = $2 for update"
ERASE = """
with said as (
    update statement set text = null, erased_at = $3
    where tenant_id = $1 and case_id = $2 and erased_at is null
), searched as (
    update case_search s set words = n.words, known = n.known, tsv = n.tsv
    from jsonb_populate_record(null::case_search, $4) n where s.tenant_id = $1 and s.case_id = $2
)
update case_file set title = '' where tenant_id = $1 and id = $2
"""


async def anonymise(seat: Seat, number: str) -> None:
    """A manager's act, for good. Raises `Refused` or `NotFound`."""
    if seat.role is not Role.MANAGER:
        raise Refused(Why.NOT_PERMITTED)
    async with tenant_tx(seat) as tx:
        file = await tx.fetchrow(FILE, seat.tenant, number)
        if file is None:
            raise NotFound
        if file["stage"] != Stage.CLOSED:
            raise Refused(Why.NOT_IN_THIS_STAGE)
        left = search_row.row((), number=file["number"], tenant=seat.tenant, closed=True)
        await tx.execute(ERASE, seat.tenant, file["id"], tx.real_now, left)
        await forget(tx, case_id=file["id"])
        files = await forget_files(tx, tenant=seat.tenant, case=file["id"])
        for scope in Scope:
            await links.revoke(tx, case=file["id"], scope=scope)
        await chain.record(tx, Kind.CASE_ANONYMISED, {"case": file["id"]})
    await cleared(files)
