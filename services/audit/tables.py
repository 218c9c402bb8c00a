from piccolo.columns import JSONB, UUID, BigInt, Bytea, Text, Timestamptz
from piccolo.table import Table

from infra.database import ENGINE


class AuditEntry(Table, tablename="audit_entry", db=ENGINE):
    """Append-only. The key is (tenant_id, seq), which Piccolo cannot say: it sees the seq."""

    tenant_id = UUID(default=None)
    seq = BigInt(primary_key=True, default=None)
    at = Timestamptz(default=None)
    actor = Text(default=None)
    kind = Text(default=None)
    body = JSONB(default=None)
    prev_hash = Bytea(default=None)
    hash = Bytea(default=None)
