"""The small chain of each tenant: sign-ins, reads and administration, each entry sealing the last.

An action and its entry share one transaction: what cannot be put on record does not happen."""

import hashlib
import json
import re
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias
from uuid import UUID

from infra.database import Seated, Tx, tenant_tx
from services.audit.kinds import Kind
from services.audit.tables import AuditEntry

Detail: TypeAlias = UUID | str | int | None
"""Ids, codes and numbers. Words about or by a person have no place here."""

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,79}")
PAGE = 1_000
BEGINNING = bytes(32)
APPEND = "select append_audit($1, $2, $3, $4, $5, $6)"
NOBODY = UUID(int=0)
END = f'","seq":0,"tenant":"{NOBODY}"}}'


class NotForTheRecord(ValueError):
    """Somebody tried to write words into the chain, which can never be erased: our bug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    tenant: UUID
    seq: int
    at: datetime
    actor: str
    kind: str
    body: Mapping[str, Any]
    prev_hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last entry; whoever keeps it elsewhere can prove later that nothing was cut off."""

    seq: int
    hash: bytes


class Flaw(StrEnum):
    GAP = "gap"
    BROKEN_LINK = "broken_link"
    CHANGED = "changed"
    CUT_OFF = "cut_off"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFault:
    seq: int
    flaw: Flaw


async def record(
    tx: Tx, kind: Kind, body: Mapping[str, Detail], *, actor: str | None = None
) -> int:
    """Append one entry and answer its number. Call it last: the chain stays locked to the end."""
    return await append(tx, kind, body, actor, reading=False)


async def record_reading(tx: Tx, kind: Kind, body: Mapping[str, Detail]) -> int:
    """The same of a transaction that only read: who reads next does not wait for the disk. It is
    on the chain when the reader is answered; a failure of power in the next moment may lose it.
    """
    return await append(tx, kind, body, None, reading=True)


async def append(
    tx: Tx, kind: Kind, body: Mapping[str, Detail], actor: str | None, *, reading: bool
) -> int:
    told = {name: plain(detail) for name, detail in body.items()}
    sealed = between(tx.real_now, kind.value, told)
    seq: int = await tx.fetchval(APPEND, tx.real_now, kind.value, told, sealed, actor, reading)
    return seq


def between(at: datetime, kind: str, body: Mapping[str, Any]) -> str:
    """What stands in the canonical text after the actor and before the seal of the last entry."""
    blank = Entry(tenant=NOBODY, seq=0, at=at, actor="", kind=kind, body=body, prev_hash=b"")
    return canonical(blank).removeprefix('{"actor":""').removesuffix(END)


async def head(tx: Tx) -> Head:
    last = await tx.fetchrow("select seq, hash from audit_entry order by seq desc limit 1")
    return Head(**last) if last else Head(seq=0, hash=BEGINNING)


def plain(detail: Detail) -> str | int | None:
    match detail:
        case UUID():
            return str(detail)
        case str() if not CODE.fullmatch(detail):
            raise NotForTheRecord("only ids, codes and numbers are put on record")
        case str():
            return str(detail)
        case _:
            return detail


def seal(entry: Entry) -> bytes:
    return hashlib.sha256(canonical(entry).encode()).digest()


def canonical(entry: Entry) -> str:
    """Its keys are in order: the database seals the same text (`append_audit`)."""
    told = {
        "tenant": str(entry.tenant),
        "seq": entry.seq,
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "kind": entry.kind,
        "body": entry.body,
        "prev": entry.prev_hash.hex(),
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


async def verify(seat: Seated, *, anchors: Iterable[Head] = ()) -> tuple[ChainFault, ...]:
    """Every flaw of the tenant's chain, also against heads that were kept elsewhere."""
    kept = {anchor.seq: anchor.hash for anchor in anchors}
    faults: list[ChainFault] = []
    last = Head(seq=0, hash=BEGINNING)
    async with tenant_tx(seat):
        async for entry, found in entries():
            faults += [ChainFault(seq=entry.seq, flaw=flaw) for flaw in flaws(last, entry, found)]
            if kept.pop(entry.seq, found) != found:
                faults.append(ChainFault(seq=entry.seq, flaw=Flaw.REWRITTEN))
            last = Head(seq=entry.seq, hash=found)
    return (*faults, *(ChainFault(seq=seq, flaw=Flaw.CUT_OFF) for seq in kept))


def flaws(last: Head, entry: Entry, found: bytes) -> Iterable[Flaw]:
    if entry.seq != last.seq + 1:
        yield Flaw.GAP
    if entry.prev_hash != last.hash:
        yield Flaw.BROKEN_LINK
    if seal(entry) != found:
        yield Flaw.CHANGED


async def entries() -> AsyncIterator[tuple[Entry, bytes]]:
    """The chain from its beginning, a page at a time."""
    seq = 0
    while page := await page_after(seq):
        for found in page:
            tenant, stored = found.pop("tenant_id"), found.pop("hash")
            yield Entry(tenant=tenant, **found), stored
        seq = page[-1]["seq"]


async def page_after(seq: int) -> list[dict[str, Any]]:
    return await (
        AuditEntry.select().where(AuditEntry.seq > seq).order_by(AuditEntry.seq).limit(PAGE)
    )
