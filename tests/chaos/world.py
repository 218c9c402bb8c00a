"""What there is after the faults: our journal, the whole database, the mails."""

import json
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

Row = dict[str, Any]
TABLES = ("case_file", "case_event", "command", "deadline", "notice", "outbox", "wake")


@dataclass(slots=True, kw_only=True)
class Entry:
    """One press of a button, written down before it was sent. `outcome`: ok, fail or unknown."""

    key: str
    command_id: UUID
    op: str
    number: str | None = None
    outcome: str = "unknown"


@dataclass(slots=True, kw_only=True)
class World:
    tenant: UUID
    journal: list[Entry] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    mails: list[str] = field(default_factory=list)
    """The Message-ID of every mail that the sink took, in order."""

    def of_case(self, table: str, case_id: UUID) -> list[Row]:
        return [row for row in self.tables[table] if row["case_id"] == case_id]


async def look(url: str, tenant: UUID, journal: list[Entry], mails: Path) -> World:
    connection = await asyncpg.connect(url)
    try:
        await connection.set_type_codec(
            "jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads
        )
        tables = {
            name: [dict(row) for row in await connection.fetch(f"select * from {name}")]
            for name in TABLES
        }
    finally:
        await connection.close()
    return World(tenant=tenant, journal=journal, tables=tables, mails=ids_of(mails))


def ids_of(folder: Path) -> list[str]:
    files = sorted(folder.glob("*.eml"))
    return [message_from_bytes(f.read_bytes(), policy=default)["Message-ID"] for f in files]
