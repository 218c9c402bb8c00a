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
LOCK = """
    select pg_advisory_xact_lock(hashtextextended('audit/' || cur_tenant(), 0)),
        cur_tenant() as tenant, current_setting('app.actor') as actor
"""


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
    told = {name: plain(detail) for name, detail in body.items()}
    seat = await tx.fetchrow(LOCK)
    assert seat is not None
    last = await head(tx)
    entry = Entry(
        tenant=seat["tenant"],
        seq=last.seq + 1,
        at=tx.real_now,
        actor=actor or seat["actor"],
        kind=kind.value,
        body=told,
        prev_hash=last.hash,
    )
    await AuditEntry.insert(row(entry))
    return entry.seq


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
    told = {
        "tenant": str(entry.tenant),
        "seq": entry.seq,
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "kind": entry.kind,
        "body": entry.body,
        "prev": entry.prev_hash.hex(),
    }
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).digest()


def row(entry: Entry) -> AuditEntry:
    return AuditEntry(
        tenant_id=entry.tenant,
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        kind=entry.kind,
        body=entry.body,
        prev_hash=entry.prev_hash,
        hash=seal(entry),
    )


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
