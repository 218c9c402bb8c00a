"""Links for people without an account. A link is computed from its case and generation, so that a
receipt can show it again; the database knows it by a keyed hash. Real time throughout."""

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from infra.database import Tx, platform_tx, tenant_tx
from services.tenants import crockford, seats, throttle
from services.tenants.keys import Purpose, mac
from services.tenants.refusals import Denial, Denied
from services.tenants.seats import Seat
from services.tenants.tables import Link as Row
from services.tenants.throttle import About, bucket

SYMBOLS = 26  # 130 bits
SALT_BYTES = 16
CODE_DIGITS = 6
UNKNOWN_ALLOWED, UNKNOWN_WITHIN = 30, timedelta(hours=1)


class Scope(StrEnum):
    STATUS = "status"
    MERCHANT = "merchant"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRef:
    tenant: UUID
    case: UUID
    scope: Scope
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    ref: LinkRef
    asks_digits: bool


def token_of(ref: LinkRef) -> str:
    raw = mac(Purpose.LINK, ref.scope.value, ref.tenant.bytes, ref.case.bytes, ref.generation)
    return crockford.encode(raw, SYMBOLS)


def hash_of(token: str) -> bytes:
    return mac(Purpose.LINK_AT_REST, token)


async def issue(
    tx: Tx, ref: LinkRef, *, phone: str | None = None, expires_at: datetime | None = None
) -> str:
    """A later generation revokes those before it and, unless told otherwise, asks as they did; a
    merchant is asked for the code of this very link.
    """
    check = check_of(ref, phone)
    if ref.generation > 1:
        check = check or await check_before(tx, ref)
        await revoke(tx, case=ref.case, scope=ref.scope)
    token = token_of(ref)
    await tx.execute(
        """insert into link (hash, tenant_id, case_id, scope, generation, expires_at, second_check)
        values ($1, $2, $3, $4, $5, $6, $7)""",
        *(hash_of(token), ref.tenant, ref.case, ref.scope, ref.generation, expires_at, check),
    )
    return token


async def expire(tx: Tx, *, case: UUID, scope: Scope, at: datetime | None) -> None:
    """From then on it leads nowhere; None takes the end away again."""
    await tx.execute(
        """update link set expires_at = $1
        where case_id = $2 and scope = $3 and revoked_at is null""",
        *(at, case, scope),
    )


async def revoke(tx: Tx, *, case: UUID, scope: Scope) -> None:
    unrevoked = (Row.case_id == case) & (Row.scope == scope.value) & Row.revoked_at.is_null()
    await Row.update({Row.revoked_at: tx.real_now}).where(unrevoked)


RESOLVE = """
    select tenant_id, case_id, scope, generation, second_check is not null as asks_digits from link
    where hash = $1 and revoked_at is null and (expires_at is null or expires_at > $2)
"""


async def resolve(token: str, *, address: str) -> Opened | None:
    """Where a link leads. Unknown, expired, revoked and misspelt ones are the same nothing."""
    wait = None
    async with platform_tx() as tx:
        hashed = hash_of(crockford.read(token, SYMBOLS) or "")
        row = await tx.fetchrow(RESOLVE, hashed, tx.real_now)
        if row is None:
            place = bucket(About.UNKNOWN_LINKS, throttle.block(address))
            wait = await throttle.count(tx, place, allowed=UNKNOWN_ALLOWED, within=UNKNOWN_WITHIN)
    if wait is not None:
        raise Denied(Denial.TOO_MANY_TRIES, wait=wait)
    if row is None:
        return None
    ref = LinkRef(
        tenant=row["tenant_id"],
        case=row["case_id"],
        scope=Scope(row["scope"]),
        generation=row["generation"],
    )
    return Opened(ref=ref, asks_digits=row["asks_digits"])


STILL_OPEN = """
    select t.slug from link l join tenant t on t.tenant_id = l.tenant_id
    where l.case_id = $1 and l.scope = $2 and l.generation = $3
        and l.revoked_at is null and (l.expires_at is null or l.expires_at > $4)
"""


async def admit(ref: LinkRef) -> Seat | None:
    """The seat of somebody who came by this link, as long as it holds: asked at each request."""
    async with tenant_tx(seats.threshold(tenant=ref.tenant)) as tx:
        slug = await tx.fetchval(STILL_OPEN, ref.case, ref.scope, ref.generation, tx.real_now)
    if slug is None:
        return None
    match ref.scope:
        case Scope.STATUS:
            return seats.consumer(tenant=ref.tenant, slug=slug, case=ref.case)
        case Scope.MERCHANT:
            return seats.merchant(tenant=ref.tenant, slug=slug, case=ref.case)
        case _:
            assert_never(ref.scope)


def code_of(ref: LinkRef) -> str:
    """Six digits that travel apart from the link; like its token they are stored nowhere."""
    raw = mac(Purpose.LETTER_CODE, ref.tenant.bytes, ref.case.bytes, ref.generation)
    return f"{int.from_bytes(raw[:8]) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def check_of(ref: LinkRef, phone: str | None) -> bytes | None:
    digits = code_of(ref) if ref.scope is Scope.MERCHANT else last_four(phone or "")
    if digits is None:
        return None
    salt = secrets.token_bytes(SALT_BYTES)
    return salt + salted(salt, digits, ref)


def salted(salt: bytes, digits: str, ref: LinkRef) -> bytes:
    return mac(Purpose.LAST_DIGITS, salt, ref.tenant.bytes, ref.case.bytes, digits)


def fits(check: bytes, digits: str, ref: LinkRef) -> bool:
    salt, expected = check[:SALT_BYTES], check[SALT_BYTES:]
    return hmac.compare_digest(expected, salted(salt, digits, ref))


def asked_for(scope: Scope, typed: str) -> str | None:
    """What was typed as the second check wants it; None where it can be no try at all."""
    match scope:
        case Scope.STATUS:
            return last_four(typed)
        case Scope.MERCHANT:
            digits = digits_in(typed)
            return digits if len(digits) == CODE_DIGITS else None
        case _:
            assert_never(scope)


def last_four(typed: str) -> str | None:
    digits = digits_in(typed)
    return digits[-4:] if len(digits) >= 4 else None


def digits_in(typed: str) -> str:
    read = unicodedata.normalize("NFKC", typed[:100])
    return "".join(sign for sign in read if sign in "0123456789")


async def check_before(tx: Tx, ref: LinkRef) -> bytes | None:
    check: bytes | None = await tx.fetchval(
        """select second_check from link where case_id = $1 and scope = $2
        order by generation desc limit 1""",
        ref.case,
        ref.scope,
    )
    return check
