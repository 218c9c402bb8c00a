"""Everything that the tables hold of a case, read while nobody can change it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from infra.database import Record, Tx
from services.lifecycle.facts import PlaybookRef
from services.lifecycle.playbook import Playbook
from services.playbooks import library
from services.playbooks.house import House

BATCH = 50
FILES = """
select * from case_file where tenant_id = $1 and ($2::uuid is null or id > $2)
order by id limit $3 for share
"""
BESIDE = {
    "events": "select * from case_event where tenant_id = $1 and case_id = any($2) order by seq",
    "commands": "select * from command where tenant_id = $1 and case_id = any($2)",
    "deadlines": "select * from deadline where tenant_id = $1 and case_id = any($2)",
    "statements": "select * from statement where tenant_id = $1 and case_id = any($2)",
    "filings": "select * from filing where tenant_id = $1 and case_id = any($2)",
    "offers": "select * from offer where tenant_id = $1 and case_id = any($2)",
    "promises": "select * from promise where tenant_id = $1 and case_id = any($2)",
    "notices": "select * from notice where tenant_id = $1 and case_id = any($2)",
    "outbox": "select * from outbox where tenant_id = $1 and case_id = any($2)",
    "wakes": "select * from wake where tenant_id = $1 and case_id = any($2)",
    "evidence": "select * from evidence where tenant_id = $1 and case_id = any($2)",
    "searches": "select * from case_search where tenant_id = $1 and case_id = any($2)",
}

Rows = tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What every case of the tenant is looked at with."""

    tenant: UUID
    now: datetime
    real_now: datetime
    people: frozenset[str]
    house: House
    playbooks: Mapping[PlaybookRef, Playbook]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    file: Record
    events: Rows
    commands: Rows
    deadlines: Rows
    statements: Rows
    filings: Rows
    offers: Rows
    promises: Rows
    notices: Rows
    outbox: Rows
    wakes: Rows
    searches: Rows
    evidence: Rows

    @property
    def id(self) -> UUID:
        case_id: UUID = self.file["id"]
        return case_id

    @property
    def number(self) -> str:
        return str(self.file["number"])


async def batch(tx: Tx, tenant: UUID, *, after: UUID | None) -> list[Dossier]:
    """The next cases by id, each locked against writers until this transaction ends."""
    files = await tx.fetch(FILES, tenant, after, BATCH)
    ids = [file["id"] for file in files]
    beside = {
        name: by_case(await tx.fetch(sql, tenant, ids)) for name, sql in BESIDE.items() if ids
    }
    return [
        Dossier(file=file, **{name: tuple(rows[file["id"]]) for name, rows in beside.items()})
        for file in files
    ]


def by_case(rows: Iterable[Record]) -> Mapping[UUID, list[Record]]:
    found: defaultdict[UUID, list[Record]] = defaultdict(list)
    for row in rows:
        found[row["case_id"]].append(row)
    return found


async def world(tx: Tx, tenant: UUID) -> World:
    refs = await tx.fetch("select playbook, version from playbook_version")
    pinned = [PlaybookRef(id=row["playbook"], version=row["version"]) for row in refs]
    people = await tx.fetch("select id from person where tenant_id = $1", tenant)
    return World(
        tenant=tenant,
        now=tx.now,
        real_now=tx.real_now,
        people=frozenset(f"person:{row['id']}" for row in people),
        house=await library.house_rules(tx),
        playbooks={ref: await library.playbook(tx, ref) for ref in pinned},
    )
