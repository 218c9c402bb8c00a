"""Whoever found a link is asked for something else besides: a consumer for the last four digits of
their phone, a merchant for the code that came apart. Five tries a day, fifteen in the life of a
link: a finder has one chance in two thousand a day, or one in two hundred thousand."""

from datetime import datetime, timedelta
from typing import Any

from infra.database import tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.tenants import seats
from services.tenants.links import LinkRef, Scope, asked_for, fits
from services.tenants.refusals import Denial, Denied
from services.tenants.tables import Link as Row

DAY = timedelta(hours=24)
TRIES_IN_A_DAY = 5
TRIES_IN_A_LIFE = 15
WRONG = {Scope.STATUS: Denial.WRONG_DIGITS, Scope.MERCHANT: Denial.WRONG_LETTER_CODE}
FIND = """
    select hash, second_check, tries from link
    where case_id = $1 and scope = $2 and generation = $3 and revoked_at is null
        and (expires_at is null or expires_at > $4)
    for update
"""


async def check(ref: LinkRef, typed: str) -> None:
    """Returns if they are right; what did not count as such digits was no try."""
    digits = asked_for(ref.scope, typed)
    if digits is None:
        raise Denied(WRONG[ref.scope])
    async with tenant_tx(seats.threshold(tenant=ref.tenant)) as tx:
        row = await tx.fetchrow(FIND, ref.case, ref.scope, ref.generation, tx.real_now)
        refusal = judge(row, digits, ref, now=tx.real_now)
        if row and refusal and refusal.why is WRONG[ref.scope]:
            tries = [*row["tries"], tx.real_now]
            await Row.update({Row.tries: tries}).where(Row.hash == row["hash"])
        await chain.record(tx, kind_of(refusal), {"case": ref.case, "scope": ref.scope.value})
    if refusal:
        raise refusal


def judge(row: Any, digits: str, ref: LinkRef, *, now: datetime) -> Denied | None:
    if row is None or row["second_check"] is None:
        return Denied(Denial.LINK_GONE)
    lately = [tried for tried in row["tries"] if now - tried < DAY]
    if len(row["tries"]) >= TRIES_IN_A_LIFE:
        return Denied(Denial.LINK_FROZEN)
    if len(lately) >= TRIES_IN_A_DAY:
        return Denied(Denial.TOO_MANY_TRIES, wait=lately[-TRIES_IN_A_DAY] + DAY - now)
    return None if fits(row["second_check"], digits, ref) else Denied(WRONG[ref.scope])


def kind_of(refusal: Denied | None) -> Kind:
    match refusal.why if refusal else None:
        case None:
            return Kind.LINK_OPENED
        case Denial.LINK_FROZEN:
            return Kind.LINK_FROZEN
        case _:
            return Kind.LINK_CHECK_FAILED
