-- What the worker reads for all tenants: ids, hashes and times, nothing about anybody.
create table link (
    hash       bytea primary key,
    tenant_id  uuid not null,
    case_id    uuid not null,
    scope      text not null check (scope in ('status', 'merchant')),
    generation integer not null default 1,
    expires_at timestamptz,
    revoked_at timestamptz,
    second_check bytea,  -- salt and keyed hash of the last four digits of a phone
    tries      timestamptz[] not null default '{}',  -- failed second checks
    foreign key (tenant_id, case_id) references case_file
);
create index on link (tenant_id, case_id);

create table outbox (
    id           bigint generated always as identity primary key,
    tenant_id    uuid not null,
    case_id      uuid not null,
    kind         text not null check (kind in ('case', 'notice')),
    ref          uuid,
    seq          integer not null,
    created_at   timestamptz not null default clock_timestamp(),
    leased_until timestamptz,
    sent_at      timestamptz,
    attempts     integer not null default 0,
    foreign key (tenant_id, case_id) references case_file
);
create index outbox_waiting on outbox (id) where sent_at is null;
create index on outbox (tenant_id, case_id);

create function ring_relay() returns trigger language plpgsql as $$
begin
    perform pg_notify('redress_outbox', '');
    return null;
end $$;

create trigger ring_relay after insert on outbox for each statement execute function ring_relay();

create table wake (
    tenant_id uuid not null,
    case_id   uuid not null,
    wake_at   timestamptz,
    seq       integer not null,
    plan_seq  integer not null default 0,
    closed    boolean not null default false,
    parked_at timestamptz,
    primary key (tenant_id, case_id),
    foreign key (tenant_id, case_id) references case_file
);
create index wake_due on wake (wake_at) where not closed and parked_at is null;

create table epoch (
    id      uuid primary key,
    made_at timestamptz not null default clock_timestamp()
);

create table calendar_year (
    year         integer not null check (year between 2000 and 2200),
    version      integer not null check (version > 0),
    source       text not null,
    published_on date not null,
    body         jsonb not null,
    loaded_at    timestamptz not null default clock_timestamp(),
    primary key (year, version)
);

create table audit_entry (
    tenant_id uuid not null references tenant,
    seq       bigint not null check (seq > 0),
    at        timestamptz not null,
    actor     text not null,
    kind      text not null,
    body      jsonb not null,
    prev_hash bytea not null,
    hash      bytea not null,
    primary key (tenant_id, seq)
);

create table chain_root (
    tenant_id uuid not null references tenant,
    hour      timestamptz not null,
    root      bytea not null,
    signature bytea not null,
    primary key (tenant_id, hour)
);
