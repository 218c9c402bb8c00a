"""One-time codes by the clock (RFC 6238), each good for once, and ten more codes on paper."""

import base64
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import pyotp
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from uuid_utils.compat import uuid7

from infra.database import Tx
from services.tenants import crockford
from services.tenants.keys import Purpose, key, mac
from services.tenants.refusals import Denial, Denied
from services.tenants.tables import Person, RecoveryCode

SECRET_SYMBOLS = 32  # of base 32: 160 bits
STEP_SECONDS = 30
NONCE_BYTES = 12
RECOVERY_CODES = 10
RECOVERY_SYMBOLS = 16  # 80 bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What the person's phone must learn, by picture (`uri`) or by hand."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


async def begin(tx: Tx, person: UUID, *, issuer: str) -> Enrolment:
    """The same secret until it is confirmed, so that a page may be loaded again."""
    row = await tx.fetchrow(
        "select tenant_id, email, totp_secret, totp_last_step from person where id = $1 for update",
        person,
    )
    assert row is not None
    if row["totp_last_step"] is not None:
        raise Denied(Denial.ALREADY_ENROLLED)
    secret = opened(row["totp_secret"], row["tenant_id"], person)
    if secret is None:
        secret = pyotp.random_base32(SECRET_SYMBOLS)
        sealed = seal(secret, row["tenant_id"], person)
        await Person.update({Person.totp_secret: sealed}).where(Person.id == person)
    uri = pyotp.TOTP(secret).provisioning_uri(name=row["email"], issuer_name=issuer)
    return Enrolment(secret=secret, uri=uri)


async def accepts(tx: Tx, person: UUID, code: str) -> bool:
    """Uses the code up: neither it nor an earlier one is accepted again."""
    row = await tx.fetchrow(
        "select tenant_id, totp_secret, totp_last_step from person where id = $1 for update", person
    )
    assert row is not None
    secret = opened(row["totp_secret"], row["tenant_id"], person)
    step = step_of(secret, code, now=tx.real_now) if secret else None
    if step is None or step <= (row["totp_last_step"] or 0):
        return False
    await Person.update({Person.totp_last_step: step}).where(Person.id == person)
    return True


def step_of(secret: str, code: str, *, now: datetime) -> int | None:
    """Of the steps around now, the one whose code this is; all are compared, whichever fits."""
    typed = "".join(unicodedata.normalize("NFKC", code[:40]).split()).encode("utf-8", "replace")
    current = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    fitting: list[int] = [
        step
        for step in (current - 1, current, current + 1)
        if hmac.compare_digest(totp.generate_otp(step).encode(), typed)
    ]
    return fitting[-1] if fitting else None


async def new_recovery_codes(tx: Tx, person: UUID, *, tenant: UUID) -> tuple[str, ...]:
    """Ten codes, shown this once; those from before are void."""
    await tx.execute("delete from recovery_code where person_id = $1", person)
    codes = tuple(crockford.random(RECOVERY_SYMBOLS) for _ in range(RECOVERY_CODES))
    await RecoveryCode.insert(
        *(
            RecoveryCode(
                tenant_id=tenant, id=uuid7(), person_id=person, code_hash=kept(code, person)
            )
            for code in codes
        )
    )
    return tuple("-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in codes)


async def spends(tx: Tx, person: UUID, code: str) -> bool:
    """Whether it was one of the person's unused recovery codes; now it is used."""
    meant = crockford.read(code, RECOVERY_SYMBOLS)
    used = await tx.fetchval(
        """update recovery_code set used_at = $1
        where person_id = $2 and code_hash = $3 and used_at is null returning true""",
        tx.real_now,
        person,
        kept(meant or "", person),
    )
    return bool(used)


async def codes_left(tx: Tx, person: UUID) -> int:
    left: int = await tx.fetchval(
        "select count(*) from recovery_code where person_id = $1 and used_at is null", person
    )
    return left


async def forget(tx: Tx, person: UUID) -> None:
    await tx.execute("delete from recovery_code where person_id = $1", person)
    await tx.execute(
        "update person set totp_secret = null, totp_last_step = null where id = $1", person
    )


def kept(code: str, person: UUID) -> bytes:
    return mac(Purpose.RECOVERY_CODES, person, code)


def seal(secret: str, tenant: UUID, person: UUID) -> str:
    """Bound to its person, so that it opens in nobody else's row."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key(Purpose.SECOND_FACTOR)).encrypt(
        nonce, secret.encode(), tenant.bytes + person.bytes
    )
    return base64.b64encode(nonce + sealed).decode()


def opened(sealed: str | None, tenant: UUID, person: UUID) -> str | None:
    if sealed is None:
        return None
    raw = base64.b64decode(sealed)
    nonce, text = raw[:NONCE_BYTES], raw[NONCE_BYTES:]
    bound = tenant.bytes + person.bytes
    return AESGCM(key(Purpose.SECOND_FACTOR)).decrypt(nonce, text, bound).decode()
