create table tenant (
    tenant_id    uuid primary key,
    slug         text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
    name         text not null check (char_length(name) between 1 and 120),
    prefix       text not null default '' check (char_length(prefix) <= 12),
    hue          integer not null default 210 check (hue between 0 and 359),
    zone         text not null default 'Asia/Shanghai',
    demo         boolean not null default false,
    clock_offset interval not null default interval '0',
    settings     jsonb not null default '{}',
    created_at   timestamptz not null default clock_timestamp(),
    check (demo or clock_offset = interval '0')
);

create function refuse_earlier() returns trigger language plpgsql as $$
begin
    raise exception 'the clock of a tenant only moves on' using errcode = 'restrict_violation';
end $$;

create trigger clock_moves_on before update on tenant for each row
    when (new.clock_offset < old.clock_offset) execute function refuse_earlier();

create table person (
    tenant_id      uuid not null references tenant,
    id             uuid not null,
    email          text not null check (char_length(email) between 3 and 254),
    name           text not null check (char_length(name) between 1 and 80),
    role           text not null
        check (role in ('volunteer', 'caseworker', 'manager', 'auditor', 'operator')),
    password_hash  text,
    totp_secret    text,
    totp_last_step bigint,
    disabled_at    timestamptz,
    created_at     timestamptz not null default clock_timestamp(),
    primary key (tenant_id, id),
    unique (tenant_id, email)
);

create table recovery_code (
    tenant_id uuid not null,
    id        uuid not null,
    person_id uuid not null,
    code_hash bytea not null,
    used_at   timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, person_id, code_hash),
    foreign key (tenant_id, person_id) references person
);

create table invitation (
    tenant_id  uuid not null references tenant,
    id         uuid not null,
    email      text not null check (char_length(email) between 3 and 254),
    role       text not null check (role in ('volunteer', 'caseworker', 'manager', 'auditor', 'operator')),
    token_hash bytea not null,
    expires_at timestamptz not null,
    used_at    timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, token_hash)
);

-- From here on: found by a hash before the tenant is known.
create table session (
    hash       bytea primary key,
    tenant_id  uuid not null,
    person_id  uuid not null,
    csrf       bytea not null,
    mfa_at     timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    seen_at    timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    ended_at   timestamptz,
    device     text not null default '' check (char_length(device) <= 200),
    foreign key (tenant_id, person_id) references person
);
create index on session (tenant_id, person_id);

create table api_token (
    hash       bytea primary key,
    tenant_id  uuid not null references tenant,
    person_id  uuid,
    role       text not null,
    name       text not null check (char_length(name) <= 80),
    created_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz,
    revoked_at timestamptz,
    foreign key (tenant_id, person_id) references person
);
create index on api_token (tenant_id, person_id);

create table throttle (
    bucket     text primary key check (char_length(bucket) <= 200),
    failures   integer not null default 0,
    until      timestamptz,
    updated_at timestamptz not null default clock_timestamp()
);
