"""The tables of evidence, keyed by the tenant and more, which Piccolo cannot say: it sees one
column of the key.
"""

from piccolo.columns import UUID, Array, BigInt, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

from infra.database import ENGINE


class EvidenceKey(Table, tablename="evidence_key", db=ENGINE):
    tenant_id = UUID(default=None)
    case_id = UUID(primary_key=True, default=None)
    wrapped = Bytea(default=None)
    made_at = Timestamptz(default=None)


class EvidenceUpload(Table, tablename="evidence_upload", db=ENGINE):
    tenant_id = UUID(default=None)
    id = UUID(primary_key=True, default=None)
    case_id = UUID(default=None)
    began_at = Timestamptz(default=None)


class Evidence(Table, tablename="evidence", db=ENGINE):
    tenant_id = UUID(default=None)
    id = UUID(primary_key=True, default=None)
    case_id = UUID(default=None)
    upload_id = UUID(default=None)
    place = UUID(default=None)
    state = Text(default="coming")
    kind = Text(default=None, null=True)
    size = BigInt(default=None, null=True)
    sha256 = Bytea(default=None, null=True)
    seq = Integer(default=None, null=True)
    began_at = Timestamptz(default=None)


class EvidenceCopy(Table, tablename="evidence_copy", db=ENGINE):
    tenant_id = UUID(default=None)
    evidence_id = UUID(primary_key=True, default=None)
    case_id = UUID(default=None)
    place = UUID(default=None)
    state = Text(default="waiting")
    tries = Integer(default=0)
    why = Text(default=None, null=True)
    pages = Integer(default=None, null=True)
    widths = Array(base_column=Integer(), default=list)
    heights = Array(base_column=Integer(), default=list)
    since = Timestamptz(default=None)
