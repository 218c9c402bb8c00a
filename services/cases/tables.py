"""The tables of the ledger, keyed by the tenant and more, which Piccolo cannot say: it sees one
column of the key.
"""

from piccolo.columns import (
    JSONB,
    UUID,
    BigInt,
    Boolean,
    Bytea,
    Date,
    Integer,
    Numeric,
    Text,
    Timestamptz,
)
from piccolo.table import Table

from infra.database import ENGINE


class CaseCounter(Table, tablename="case_counter", db=ENGINE):
    tenant_id = UUID(default=None)
    year = Integer(primary_key=True, default=None)
    last = Integer(default=None)


class CaseFile(Table, tablename="case_file", db=ENGINE):
    tenant_id = UUID(default=None)
    id = UUID(primary_key=True, default=None)
    number = Text(default=None)
    version = Integer(default=None)
    stage = Text(default=None)
    door = Text(default=None, null=True)
    filing_state = Text(default=None, null=True)
    ball = Text(default=None)
    hand = Text(default=None, null=True)
    problem = Text(default=None)
    platform = Text(default=None)
    purpose = Text(default=None)
    playbook_id = Text(default=None)
    playbook_version = Integer(default=None)
    assignee = UUID(default=None, null=True)
    next_due = Timestamptz(default=None, null=True)
    next_provisional = Boolean(default=False)
    paused = Boolean(default=False)
    overdue_since = Timestamptz(default=None, null=True)
    title = Text(default=None)
    state = JSONB(default=None)
    head_hash = Bytea(default=None)
    link_generation = Integer(default=1)
    filed_at = Timestamptz(default=None)
    updated_at = Timestamptz(default=None)
    closed_at = Timestamptz(default=None, null=True)


class CaseEvent(Table, tablename="case_event", db=ENGINE):
    tenant_id = UUID(default=None)
    case_id = UUID(default=None)
    seq = Integer(primary_key=True, default=None)
    kind = Text(default=None)
    at = Timestamptz(default=None)
    actor = Text(default=None)
    role = Text(default=None)
    command_id = UUID(default=None)
    body = JSONB(default=None)
    prev_hash = Bytea(default=None)
    hash = Bytea(default=None)


class Command(Table, tablename="command", db=ENGINE):
    tenant_id = UUID(default=None)
    id = UUID(primary_key=True, default=None)
    case_id = UUID(default=None)
    content_hash = Bytea(default=None)
    receipt = JSONB(default=None)
    at = Timestamptz(default=None)


class Deadline(Table, tablename="deadline", db=ENGINE):
    tenant_id = UUID(default=None)
    case_id = UUID(default=None)
    key = Text(primary_key=True, default=None)
    bell_id = UUID(default=None)
    kind = Text(default=None)
    door = Text(default=None, null=True)
    due = Timestamptz(default=None)
    wake_at = Timestamptz(default=None)
    provisional = Boolean(default=False)
    because = Text(default=None)
    moves_to = Text(default=None, null=True)


class Statement(Table, tablename="statement", db=ENGINE):
    tenant_id = UUID(default=None)
    id = UUID(primary_key=True, default=None)
    case_id = UUID(default=None)
    kind = Text(default=None)
    salt = Bytea(default=None)
    text = Text(default=None, null=True)
    erased_at = Timestamptz(default=None, null=True)


class Filing(Table, tablename="filing", db=ENGINE):
    tenant_id = UUID(default=None)
    case_id = UUID(default=None)
    id = Text(primary_key=True, default=None)
    door = Text(default=None)
    state = Text(default=None)
    hand = Text(default=None)
    capacity = Text(default=None)
    channel = Text(default="")
    before_us = Boolean(default=False)
    opened_at = Timestamptz(default=None)
    sent_on = Date(default=None, null=True)
    sent_at = Timestamptz(default=None, null=True)
    received_on = Date(default=None, null=True)
    their_date = Date(default=None, null=True)
    verdict = Text(default=None, null=True)
    body = JSONB(default="{}")


class Offer(Table, tablename="offer", db=ENGINE):
    tenant_id = UUID(default=None)
    case_id = UUID(default=None)
    id = Text(primary_key=True, default=None)
    door = Text(default=None)
    party = Text(default=None)
    amount = Numeric(digits=(14, 2), default=None, null=True)
    fulfil_by = Date(default=None, null=True)
    made_at = Timestamptz(default=None)
    accepted = Boolean(default=None, null=True)
    body = JSONB(default="{}")


class Promise(Table, tablename="promise", db=ENGINE):
    tenant_id = UUID(default=None)
    case_id = UUID(default=None)
    id = Text(primary_key=True, default=None)
    door = Text(default=None)
    promisor = Text(default=None)
    amount = Numeric(digits=(14, 2), default=None, null=True)
    due_on = Date(default=None)
    made_at = Timestamptz(default=None)
    kept = Boolean(default=None, null=True)
    body = JSONB(default="{}")


class Outbox(Table, tablename="outbox", db=ENGINE):
    id = BigInt(primary_key=True, default=None)
    tenant_id = UUID(default=None)
    case_id = UUID(default=None)
    kind = Text(default=None)
    notice = UUID(default=None, null=True, db_column_name="ref")
    seq = Integer(default=None)
    created_at = Timestamptz(default=None)
    leased_until = Timestamptz(default=None, null=True)
    sent_at = Timestamptz(default=None, null=True)
    attempts = Integer(default=0)


class Wake(Table, tablename="wake", db=ENGINE):
    tenant_id = UUID(default=None)
    case_id = UUID(primary_key=True, default=None)
    wake_at = Timestamptz(default=None, null=True)
    seq = Integer(default=None)
    plan_seq = Integer(default=0)
    closed = Boolean(default=False)
    parked_at = Timestamptz(default=None, null=True)


class ChainRoot(Table, tablename="chain_root", db=ENGINE):
    tenant_id = UUID(default=None)
    hour = Timestamptz(primary_key=True, default=None)
    root = Bytea(default=None)
    signature = Bytea(default=None)


class Presence(Table, tablename="presence", db=ENGINE):
    tenant_id = UUID(default=None)
    case_id = UUID(default=None)
    person_id = UUID(primary_key=True, default=None)
    doing = Text(default=None)
    since = Timestamptz(default=None)
    at = Timestamptz(default=None)
