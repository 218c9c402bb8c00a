"""The key of a case: made once, kept wrapped by the key of its tenant, which comes from the key
file. Whoever deletes the row has erased the files of the case, in every copy of the storage."""

import hmac
import secrets
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from infra.database import Tx
from services.tenants.keys import Purpose, mac

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
MAKE = """
insert into evidence_key (tenant_id, case_id, wrapped) values ($1, $2, $3) on conflict do nothing
"""
READ = "select wrapped from evidence_key where tenant_id = $1 and case_id = $2"


class Erased(LookupError):
    """The key of this case is gone, and its files with it."""


async def made(tx: Tx, tenant: UUID, case: UUID) -> bytes:
    """The key of this case, also if another request has just made it."""
    kept = await tx.fetchval(READ, tenant, case)
    if kept is None:
        await tx.execute(MAKE, tenant, case, wrap(secrets.token_bytes(KEY_BYTES), tenant, case))
        kept = await tx.fetchval(READ, tenant, case)
    return unwrap(kept, tenant, case)


async def of_case(tx: Tx, tenant: UUID, case: UUID) -> bytes:
    """Raises `Erased`."""
    kept = await tx.fetchval(READ, tenant, case)
    if kept is None:
        raise Erased(case)
    return unwrap(kept, tenant, case)


def of_file(case_key: bytes, place: UUID) -> bytes:
    """No two files are sealed with one key, so that their segments may be numbered alike."""
    return hmac.digest(case_key, b"evidence file" + place.bytes, "sha256")


def wrap(case_key: bytes, tenant: UUID, case: UUID) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(of_tenant(tenant)).encrypt(nonce, case_key, case.bytes)


def unwrap(wrapped: bytes, tenant: UUID, case: UUID) -> bytes:
    nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
    return AESGCM(of_tenant(tenant)).decrypt(nonce, sealed, case.bytes)


def of_tenant(tenant: UUID) -> bytes:
    return mac(Purpose.EVIDENCE, tenant)
