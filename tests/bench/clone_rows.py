"""The rows of one clone: its own ids, words and hashes in the place of its template's."""

import hashlib
import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from uuid_utils.compat import uuid7

from services.cases import rows, search_row
from services.cases.chain import canonical, genesis
from services.cases.record import step
from services.cases.rows import bell_id, to_bytea
from services.cases.sealing import digest, filled
from services.lifecycle.events import Event
from services.lifecycle.wire import event_from
from services.notices.owed import notice_id
from services.tenants import links
from services.tenants.links import LinkRef, Scope
from tests.bench.vocabulary import retold

TABLES = (
    *("case_file", "case_event", "command", "deadline", "statement", "filing", "offer"),
    *("promise", "notice", "link", "wake", "case_search"),
)
"""The outbox is left out: what was sent is tidied away within days."""
KEYED = {"case_file": "id"}
OWN = re.compile(r'[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|"20\d\d-\d+"|@\w+@')
APART = "\x1e"
ROWS = "select to_jsonb(t) as row from {} t where t.tenant_id = $1 and t.{} = $2"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    id: UUID
    kind: str
    salt: bytes
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A case as text. `blob` holds what each event seals, then the rows of each table."""

    tenant: UUID
    id: UUID
    number: str
    year: str
    events: tuple[Event, ...]
    blob: str
    tables: tuple[str, ...]
    said: tuple[Said, ...]
    commands: tuple[UUID, ...]
    bells: tuple[str, ...]
    notices: tuple[tuple[str, int, str, str], ...]
    links: tuple[tuple[Scope, int], ...]
    closed: bool


async def template(owner: asyncpg.Connection, tenant: UUID, case_id: UUID, number: str) -> Template:
    found = {
        table: [
            json.loads(one["row"])
            for one in await owner.fetch(
                ROWS.format(table, KEYED.get(table, "case_id")), tenant, case_id
            )
        ]
        for table in TABLES
    }
    events = sorted(found["case_event"], key=lambda row: row["seq"])
    sealed = [canonical(sealed_of(row)).decode() for row in events]
    mark(found, events)
    (file,) = found["case_file"]
    struck = {row["body"]["bell"] for row in events if row["body"].get("bell")}
    bells = {*(row["key"] for row in found["deadline"]), *struck}
    named = {str(bell_id(tenant, case_id, key)) for key in bells}
    return Template(
        tenant=tenant,
        id=case_id,
        number=number,
        year=number.partition("-")[0],
        events=tuple(event_from(row["kind"], row["body"]) for row in events),
        blob=APART.join([*sealed, *(text(found[table]) for table in TABLES)]),
        tables=TABLES,
        said=tuple(map(said_of, found["statement"])),
        commands=tuple(UUID(row["id"]) for row in found["command"] if row["id"] not in named),
        bells=tuple(sorted(bells)),
        notices=tuple(
            (row["id"], row["seq"], row["recipient"], row["letter"]) for row in found["notice"]
        ),
        links=tuple((Scope(row["scope"]), row["generation"]) for row in found["link"]),
        closed=file["closed_at"] is not None,
    )


def sealed_of(row: Row) -> Row:
    """What a link of the chain is made of; the time as the ledger writes it."""
    at = rows.stamp(datetime.fromisoformat(row["at"]))
    return {name: row[name] for name in ("seq", "kind", "actor", "role", "command_id", "body")} | {
        "at": at
    }


def said_of(row: Row) -> Said:
    return Said(
        id=UUID(row["id"]),
        kind=row["kind"],
        salt=bytes.fromhex(row["salt"].removeprefix("\\x")),
        text=row["mark"],
    )


def mark(found: Mapping[str, list[Row]], events: list[Row]) -> None:
    """Names for what each clone has of its own, where the words of the template stood."""
    for seq, row in enumerate(events):
        row["prev_hash"], row["hash"] = f"@hash{seq}@", f"@hash{seq + 1}@"
    (file,) = found["case_file"]
    file["head_hash"], file["title"] = f"@hash{len(events)}@", "@title@"
    for place, row in enumerate(found["statement"]):
        row["mark"], row["text"] = row["text"], f"@text{place}@"
    for row in found["link"]:
        which = f"{row['scope']}_{row['generation']}"
        row["hash"], row["second_check"] = f"@link_{which}@", f"@digits_{which}@"
    for row in found["case_search"]:
        row |= {"words": "@words@", "known": "@known@", "tsv": "@tsv@"}


def text(found: list[Row]) -> str:
    told = ({key: cell for key, cell in row.items() if key != "mark"} for row in found)
    return ",".join(json.dumps(row, ensure_ascii=False) for row in told)


def clone(one: Template, number: int, dice: random.Random) -> Iterator[tuple[str, str]]:
    """The rows of each table, as JSON without brackets."""
    fresh = uuid7().int
    case_id = UUID(int=fresh - fresh % rows.SPREAD + one.id.int % rows.SPREAD)
    told = {said.id: retold(said.kind, said.text, dice) for said in one.said}
    own = names(one, case_id, f"{one.year}-{number}", told)
    parts = OWN.sub(lambda found: own.get(found[0], found[0]), one.blob).split(APART)
    heads = chained(one, case_id, parts[: len(one.events)])
    for table, rows_ in zip(one.tables, parts[len(one.events) :], strict=True):
        if rows_:
            yield table, OWN.sub(lambda found: heads.get(found[0], found[0]), rows_)


def chained(one: Template, case_id: UUID, sealed: list[str]) -> Mapping[str, str]:
    hash_ = genesis(one.tenant, case_id)
    found = {"@hash0@": hash_}
    for seq, said in enumerate(sealed, start=1):
        hash_ = hashlib.sha256(hash_ + said.encode()).digest()
        found[f"@hash{seq}@"] = hash_
    return {name: json.dumps(to_bytea(value))[1:-1] for name, value in found.items()}


def names(one: Template, case_id: UUID, number: str, told: Mapping[UUID, str]) -> Mapping[str, str]:
    """Everything of the template that is the clone's own, and what stands there instead."""
    ids = {each.id: uuid7() for each in one.said}
    refs = [
        LinkRef(tenant=one.tenant, case=case_id, scope=scope, generation=generation)
        for scope, generation in one.links
    ]
    phone = next(told[s.id] for s in one.said if s.kind == "complaint.consumer.phone")
    search = search_row.row(
        (filled(event, told) for event in one.events),
        number=number,
        tenant=one.tenant,
        closed=one.closed,
    )
    own = {
        str(one.id): str(case_id),
        f'"{one.number}"': f'"{number}"',
        **{str(each): str(uuid4()) for each in one.commands},
        **{str(old): str(new) for old, new in ids.items()},
        **{digest(each.salt, each.text): digest(each.salt, told[each.id]) for each in one.said},
        **{
            str(bell_id(one.tenant, one.id, key)): str(bell_id(one.tenant, case_id, key))
            for key in one.bells
        },
        **{
            old: str(notice_id(one.tenant, case_id, seq, to, letter))
            for old, seq, to, letter in one.notices
        },
        **dict(cell for ref in refs for cell in link_of(ref, phone)),
        "@title@": title(one, told),
        **{f"@text{place}@": told[each.id] for place, each in enumerate(one.said)},
        **{f"@{name}@": search[name] for name in ("words", "known", "tsv")},
    }
    return {
        name: json.dumps(value, ensure_ascii=False)[1:-1] if name[0] == "@" else value
        for name, value in own.items()
    }


def link_of(ref: LinkRef, phone: str) -> Iterator[tuple[str, str]]:
    which = f"{ref.scope.value}_{ref.generation}"
    yield f"@link_{which}@", to_bytea(links.hash_of(links.token_of(ref)))
    yield f"@digits_{which}@", to_bytea(links.check_of(ref, phone) or b"")


def title(one: Template, told: Mapping[UUID, str]) -> str:
    case = step(None, one.events[0])
    return rows.title(filled(case, told))
