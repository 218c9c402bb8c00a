"""A file comes in: measured, hashed and known by its bytes while it streams into sealed storage.

A row stands before the first byte is stored, so that whatever breaks off, a process that is killed
included, leaves nothing that nobody knows of (`sweeping`)."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID, uuid4

from uuid_utils.compat import uuid7

from infra import storage
from infra.database import tenant_tx
from services.evidence import case_keys
from services.evidence.kinds import (
    FAMILY,
    HEAD_BYTES,
    MEGABYTE,
    TOO_LARGE,
    NotTaken,
    UnfitFile,
    bytes_max,
    kind_of,
)
from services.evidence.sealing import sealed
from services.lifecycle.evidence import FileKind
from services.tenants.seats import Seat

CASE_BYTES_MAX: Final = 500 * MEGABYTE
FILES_PER_HOUR: Final = 30
POSTED = """
insert into evidence_upload (tenant_id, id, case_id) values ($1, $2, $3)
on conflict do nothing returning true
"""
ROOM = """
select count(*) filter (where began_at > $3::timestamptz - interval '1 hour') as lately,
    coalesce(sum(size) filter (where state in ('received', 'kept')), 0)::bigint as bytes
from evidence where tenant_id = $1 and case_id = $2
"""
BEGIN = """
insert into evidence (tenant_id, id, case_id, upload_id, place, began_at)
values ($1, $2, $3, $4, $5, $6)
"""
RECEIVED = """
update evidence set state = 'received', kind = $3, size = $4, sha256 = $5
where tenant_id = $1 and id = $2 and state = 'coming'
"""
REFUSE = """
update evidence set state = 'refused' where tenant_id = $1 and id = $2 and seq is null
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A place that is kept free for one file, and its key."""

    id: UUID
    tenant: UUID
    place: UUID
    room: int
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A file that lies whole in storage, and on no case yet."""

    id: UUID
    tenant: UUID
    place: UUID
    kind: FileKind
    size: int
    sha256: bytes


async def posted_first(seat: Seat, *, case: UUID, upload: UUID) -> bool:
    """Whether this form comes in for the first time; it is not taken a second time."""
    async with tenant_tx(seat) as tx:
        return bool(await tx.fetchval(POSTED, seat.tenant, upload, case))


async def receive(
    seat: Seat, *, case: UUID, upload: UUID, chunks: AsyncIterator[bytes]
) -> Received:
    """Raises `NotTaken`, or whatever broke the stream off; then nothing of it is kept."""
    coming = await begin(seat, case=case, upload=upload)
    measured = Measured(room=coming.room)
    try:
        sealing = sealed(measured.through(chunks), key=coming.key)
        await storage.current().put(key_of(coming.tenant, coming.place), sealing)
        return await noted(seat, coming, measured)
    except BaseException:
        await asyncio.shield(drop(seat, coming))
        raise


async def begin(seat: Seat, *, case: UUID, upload: UUID) -> Coming:
    """Raises `NotTaken` where this case has no room, before a byte is read."""
    async with tenant_tx(seat) as tx:
        room = await tx.fetchrow(ROOM, seat.tenant, case, tx.real_now)
        assert room is not None
        if room["lately"] >= FILES_PER_HOUR:
            raise NotTaken(UnfitFile.TOO_OFTEN)
        key, id_, place = await case_keys.made(tx, seat.tenant, case), uuid7(), uuid4()
        await tx.execute(BEGIN, seat.tenant, id_, case, upload, place, tx.real_now)
    return Coming(
        id=id_,
        tenant=seat.tenant,
        place=place,
        room=CASE_BYTES_MAX - room["bytes"],
        key=case_keys.of_file(key, place),
    )


async def noted(seat: Seat, coming: Coming, measured: "Measured") -> Received:
    assert measured.kind is not None
    digest = measured.hash.digest()
    async with tenant_tx(seat) as tx:
        told = (measured.kind.value, measured.size, digest)
        done = await tx.execute(RECEIVED, seat.tenant, coming.id, *told)
    if done != "UPDATE 1":
        raise NotTaken(UnfitFile.BROKEN_OFF)
    return Received(
        id=coming.id,
        tenant=coming.tenant,
        place=coming.place,
        kind=measured.kind,
        size=measured.size,
        sha256=digest,
    )


async def drop(seat: Seat, file: Coming | Received) -> None:
    """Its row says so first: if this breaks off, too, the sweeper does the rest."""
    async with tenant_tx(seat) as tx:
        await tx.execute(REFUSE, seat.tenant, file.id)
    await storage.current().delete(key_of(file.tenant, file.place))


def key_of(tenant: UUID, place: UUID) -> str:
    return f"{tenant}/{place}"


@dataclass(slots=True, kw_only=True)
class Measured:
    """What passes through is counted and hashed; what is not taken is stopped where it shows."""

    room: int
    kind: FileKind | None = None
    size: int = 0
    hash: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    async def through(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        head = bytearray()
        async for chunk in chunks:
            head += chunk
            if len(head) >= HEAD_BYTES:
                yield self.passed(bytes(head))
                head.clear()
                async for later in chunks:
                    yield self.passed(later)
        if head or self.kind is None:
            yield self.passed(bytes(head))

    def passed(self, chunk: bytes) -> bytes:
        if self.kind is None:
            self.kind = kind_of(chunk[:HEAD_BYTES])
        self.size += len(chunk)
        if self.size > bytes_max(self.kind):
            raise NotTaken(TOO_LARGE[FAMILY[self.kind]])
        if self.size > self.room:
            raise NotTaken(UnfitFile.CASE_TOO_LARGE)
        self.hash.update(chunk)
        return chunk
