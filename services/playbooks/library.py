"""The playbooks of a tenant: published in numbered versions that never change, chosen, pinned."""

import hashlib
from collections import OrderedDict
from functools import cache
from importlib.resources import files
from uuid import UUID

from infra.database import Tx, tenant_tx
from services.audit import chain
from services.audit.kinds import Kind
from services.calendars import library as calendars
from services.lifecycle.bells import local_day
from services.lifecycle.facts import Complaint, PlaybookRef
from services.lifecycle.kinds import Door, Role
from services.lifecycle.parse import PlaybookFaults
from services.lifecycle.playbook import Playbook, Rules
from services.lifecycle.reading import Fault
from services.lifecycle.refusals import Refused, Why
from services.playbooks.file import read
from services.playbooks.house import House
from services.playbooks.scopes import most_specific
from services.tenants.seats import Seat

CHOOSE = PlaybookRef(id="", version=0)
"""Pinned to whatever fits the complaint; with an id and version 0 to the newest of that id."""
PUBLISHERS = (Role.MANAGER, Role.OPERATOR)
KEPT_MAX = 1000
MEDIATES = "select (settings ->> 'mediates')::boolean as mediates"
HOUSE = f"{MEDIATES}, ({calendars.LOADED}) as loaded from tenant where tenant_id = $1"
NEWEST = (
    "select distinct on (playbook) playbook, version from playbook_version "
    "order by playbook, version desc"
)
_KEPT: OrderedDict[tuple[UUID | None, PlaybookRef], Playbook] = OrderedDict()


class NoSuchPlaybook(LookupError):
    """This organisation has not published it, or has published none that fits."""

    def __init__(self, ref: PlaybookRef) -> None:
        super().__init__(f"{ref.id} {ref.version}".strip())
        self.ref = ref


async def rules_for(tx: Tx, ref: PlaybookRef, *, door: Door | None = None) -> Rules:
    """For a case that stands at this door. Raises `NoSuchPlaybook`."""
    house = await house_rules(tx)
    return house.over(await playbook(tx, ref), door=door)


async def house_rules(tx: Tx) -> House:
    """What holds for every playbook of this organisation. One that never said so mediates."""
    row = await tx.fetchrow(HOUSE, tx.tenant)
    if row is None:
        return House(calendar=await calendars.in_force(tx), mediates=True)
    calendar = await calendars.as_loaded(tx, row["loaded"])
    return House(calendar=calendar, mediates=row["mediates"] is not False)


async def playbook(tx: Tx, ref: PlaybookRef) -> Playbook:
    """Raises `NoSuchPlaybook`. What is published never changes, so it is parsed once."""
    key = (tx.tenant, ref)
    if key not in _KEPT:
        text = await tx.fetchval(
            "select body from playbook_version where playbook = $1 and version = $2",
            *(ref.id, ref.version),
        )
        if text is None:
            raise NoSuchPlaybook(ref)
        _KEPT[key] = read(text, version=ref.version)
        if len(_KEPT) > KEPT_MAX:
            _KEPT.popitem(last=False)
    return _KEPT[key]


async def choose(tx: Tx, complaint: Complaint) -> PlaybookRef:
    """Raises `NoSuchPlaybook`."""
    books = [await playbook(tx, ref) for ref in await newest(tx)]
    found = most_specific(books, complaint, today=local_day(tx.now))
    if found is None:
        raise NoSuchPlaybook(CHOOSE)
    return PlaybookRef(id=found.id, version=found.version)


async def fitting(seat: Seat, complaint: Complaint) -> Rules:
    """What a complaint like this would be handled by. Raises `NoSuchPlaybook`."""
    async with tenant_tx(seat) as tx:
        return await rules_for(tx, await choose(tx, complaint))


async def pin(tx: Tx, ref: PlaybookRef, complaint: Complaint) -> PlaybookRef:
    """The version meant: as named, the newest of that name, or the one that fits. Raises
    `NoSuchPlaybook`.
    """
    if ref == CHOOSE:
        return await choose(tx, complaint)
    if ref.version:
        return ref
    for found in await newest(tx):
        if found.id == ref.id:
            return found
    raise NoSuchPlaybook(ref)


async def newest(tx: Tx) -> tuple[PlaybookRef, ...]:
    rows = await tx.fetch(NEWEST)
    return tuple(PlaybookRef(id=row["playbook"], version=row["version"]) for row in rows)


async def published(seat: Seat) -> tuple[Playbook, ...]:
    """The newest version of each."""
    async with tenant_tx(seat) as tx:
        return tuple([await playbook(tx, ref) for ref in await newest(tx)])


async def publish(seat: Seat, text: str) -> int:
    """The number of the version; the same text twice is one version. Raises `PlaybookFaults`."""
    if seat.role not in PUBLISHERS:
        raise Refused(Why.NOT_PERMITTED)
    draft = read(text)
    async with tenant_tx(seat) as tx:
        if draft.demo and not await tx.fetchval("select demo from tenant"):
            raise PlaybookFaults((Fault(path="demo", code="not_a_demo", expected="false"),))
        return await _next(tx, seat, draft.id, text)


async def _next(tx: Tx, seat: Seat, name: str, text: str) -> int:
    digest = hashlib.sha256(text.encode()).digest()
    await tx.execute(
        "select pg_advisory_xact_lock(hashtextextended($1, 0))", f"{seat.tenant}/{name}"
    )
    last = await tx.fetchrow(
        "select version, digest from playbook_version where playbook = $1 "
        "order by version desc limit 1",
        name,
    )
    if last and last["digest"] == digest:
        return int(last["version"])
    version = last["version"] + 1 if last else 1
    await tx.execute(
        "insert into playbook_version (tenant_id, playbook, version, body, digest, published_by) "
        "values ($1, $2, $3, $4, $5, $6)",
        *(seat.tenant, name, version, text, digest, seat.actor),
    )
    await chain.record(tx, Kind.PLAYBOOK_PUBLISHED, {"playbook": name, "version": int(version)})
    return int(version)


async def publish_shelf(seat: Seat, *, demo: bool = False) -> tuple[PlaybookRef, ...]:
    """What a new organisation begins with; said again, it adds only what changed since."""
    found = [
        PlaybookRef(id=book.id, version=await publish(seat, text))
        for text, book in ((text, read(text)) for text in shelf_texts())
        if demo or not book.demo
    ]
    return tuple(found)


@cache
def shelf() -> tuple[Playbook, ...]:
    return tuple(read(text) for text in shelf_texts())


@cache
def shelf_texts() -> tuple[str, ...]:
    found = (files("services.playbooks") / "shelf").iterdir()
    texts = {file.name: file for file in found if file.name.endswith(".toml")}
    return tuple(texts[name].read_text(encoding="utf-8") for name in sorted(texts))
