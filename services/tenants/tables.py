"""The walled tables are keyed by (tenant_id, id); Piccolo cannot say so and sees the id alone."""

from datetime import timedelta

from piccolo.columns import (
    JSONB,
    UUID,
    Array,
    BigInt,
    Boolean,
    Bytea,
    Integer,
    Interval,
    Text,
    Timestamptz,
)
from piccolo.table import Table

from infra.database import ENGINE


class Tenant(Table, tablename="tenant", db=ENGINE):
    tenant_id = UUID(primary_key=True, default=None)
    slug = Text(default=None, unique=True)
    name = Text(default=None)
    prefix = Text(default="")
    hue = Integer(default=222)
    zone = Text(default="Asia/Shanghai")
    demo = Boolean(default=False)
    clock_offset = Interval(default=timedelta(0))
    settings = JSONB(default=None)
    created_at = Timestamptz(default=None)


class Person(Table, tablename="person", db=ENGINE):
    tenant_id = UUID(default=None)
    id = UUID(primary_key=True, default=None)
    email = Text(default=None)
    name = Text(default=None)
    role = Text(default=None)
    password_hash = Text(default=None, null=True)
    totp_secret = Text(default=None, null=True)
    totp_last_step = BigInt(default=None, null=True)
    disabled_at = Timestamptz(default=None, null=True)
    created_at = Timestamptz(default=None)


class RecoveryCode(Table, tablename="recovery_code", db=ENGINE):
    tenant_id = UUID(default=None)
    id = UUID(primary_key=True, default=None)
    person_id = UUID(default=None)
    code_hash = Bytea(default=None)
    used_at = Timestamptz(default=None, null=True)


class Invitation(Table, tablename="invitation", db=ENGINE):
    tenant_id = UUID(default=None)
    id = UUID(primary_key=True, default=None)
    email = Text(default=None)
    role = Text(default=None)
    token_hash = Bytea(default=None)
    expires_at = Timestamptz(default=None)
    used_at = Timestamptz(default=None, null=True)


class Session(Table, tablename="session", db=ENGINE):
    hash = Bytea(primary_key=True, default=None)
    tenant_id = UUID(default=None)
    person_id = UUID(default=None)
    csrf = Bytea(default=None)
    mfa_at = Timestamptz(default=None, null=True)
    created_at = Timestamptz(default=None)
    seen_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    ended_at = Timestamptz(default=None, null=True)
    device = Text(default="")


class ApiToken(Table, tablename="api_token", db=ENGINE):
    hash = Bytea(primary_key=True, default=None)
    tenant_id = UUID(default=None)
    person_id = UUID(default=None, null=True)
    role = Text(default=None)
    name = Text(default=None)
    created_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None, null=True)
    revoked_at = Timestamptz(default=None, null=True)


class Link(Table, tablename="link", db=ENGINE):
    hash = Bytea(primary_key=True, default=None)
    tenant_id = UUID(default=None)
    case_id = UUID(default=None)
    scope = Text(default=None)
    generation = Integer(default=1)
    expires_at = Timestamptz(default=None, null=True)
    revoked_at = Timestamptz(default=None, null=True)
    second_check = Bytea(default=None, null=True)
    tries = Array(base_column=Timestamptz(), default=list)


class Throttle(Table, tablename="throttle", db=ENGINE):
    bucket = Text(primary_key=True, default=None)
    failures = Integer(default=0)
    until = Timestamptz(default=None, null=True)
    updated_at = Timestamptz(default=None)
