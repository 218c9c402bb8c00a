"""Keyed by (tenant_id, id), which Piccolo cannot say: it sees the id alone."""

from piccolo.columns import JSONB, UUID, Integer, Text, Timestamptz
from piccolo.table import Table

from infra.database import ENGINE


class Notice(Table, tablename="notice", db=ENGINE):
    tenant_id = UUID(default=None)
    id = UUID(primary_key=True, default=None)
    case_id = UUID(default=None)
    seq = Integer(default=None)
    recipient = Text(default=None)
    channel = Text(default=None)
    letter = Text(default=None)
    bell = Text(default=None, null=True)
    state = Text(default="queued")
    address_statement = UUID(default=None, null=True)
    body = JSONB(default="{}")
    message_id = Text(default=None, null=True)
    proof = JSONB(default=None, null=True)
    attempts = Integer(default=0)
    claimed_until = Timestamptz(default=None, null=True)
    queued_at = Timestamptz(default=None)
    sent_at = Timestamptz(default=None, null=True)
