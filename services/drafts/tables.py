"""The table of drafts. No log-in reads or writes it itself: the functions of migration 0076 do."""

from piccolo.columns import UUID, Bytea, Timestamptz
from piccolo.table import Table

from infra.database import ENGINE


class Draft(Table, tablename="draft", db=ENGINE):
    tenant_id = UUID(default=None)
    hash = Bytea(primary_key=True, default=None)
    words = Bytea(default=None)
    expires_at = Timestamptz(default=None)
