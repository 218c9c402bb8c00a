"""Who lost the link and knows the number and a confirmed contact gets a new link, which goes to
that contact. Whoever asks is answered nothing, so that nobody learns whether a case exists.
"""

from uuid import UUID, uuid4

from infra.database import tenant_tx
from services.cases import ledger, queries
from services.lifecycle.commands import RecoverLink
from services.lifecycle.facts import Consumer
from services.lifecycle.reachable import Way
from services.lifecycle.refusals import Refused
from services.tenants import seats
from services.tenants.seats import Seat


async def recover(seat: Seat, number: str, *, phone: str | None, email: str | None) -> bool:
    """Whether a new link is on its way: for tests and counters, never for the one who asked."""
    async with tenant_tx(seats.threshold(tenant=seat.tenant, slug=seat.slug)) as tx:
        found: UUID | None = await tx.fetchval(
            "select id from case_file where tenant_id = $1 and number = $2", seat.tenant, number
        )
    if found is None:
        return False
    own = seats.consumer(tenant=seat.tenant, slug=seat.slug, case=found)
    view = await queries.case(own, found)
    way = way_of(view.case.complaint.consumer, phone=phone, email=email)
    if way is None:
        return False
    try:
        await ledger.apply(own, number, RecoverLink(way=way), command_id=uuid4())
    except Refused:
        return False
    return True


def way_of(consumer: Consumer, *, phone: str | None, email: str | None) -> Way | None:
    if phone and consumer.phone.text == phone:
        return Way.PHONE
    known = consumer.email.text if consumer.email else None
    if email and known and known.casefold() == email.casefold():
        return Way.EMAIL
    return None
