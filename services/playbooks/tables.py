"""Keyed by (tenant_id, playbook, version), which Piccolo cannot say: it sees the digest alone."""

from piccolo.columns import UUID, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

from infra.database import ENGINE


class PlaybookVersion(Table, tablename="playbook_version", db=ENGINE):
    tenant_id = UUID(default=None)
    playbook = Text(default=None)
    version = Integer(default=None)
    body = Text(default=None)
    digest = Bytea(primary_key=True, default=None)
    published_at = Timestamptz(default=None)
    published_by = Text(default=None)
