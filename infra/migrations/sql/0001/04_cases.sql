create table case_counter (
    tenant_id uuid not null references tenant,
    year      integer not null,
    last      integer not null,
    primary key (tenant_id, year)
);

create table playbook_version (
    tenant_id    uuid not null references tenant,
    playbook     text not null check (char_length(playbook) <= 80),
    version      integer not null check (version > 0),
    body         text not null,
    digest       bytea not null,
    published_at timestamptz not null default clock_timestamp(),
    published_by text not null,
    primary key (tenant_id, playbook, version)
);

create table case_file (
    tenant_id        uuid not null references tenant,
    id               uuid not null,
    number           text not null check (number ~ '^[0-9]{4}-[0-9]{1,9}$'),
    version          integer not null check (version > 0),
    stage            text not null check (stage in (
        'submitted', 'awaiting_merchant', 'escalated_to_platform', 'in_mediation',
        'escalated_to_regulator', 'legal_action', 'settled', 'closed')),
    door             text,
    filing_state     text check (filing_state in (
        'owed', 'sent', 'received', 'answered', 'refused', 'done', 'passed')),
    ball             text not null check (ball in (
        'association', 'consumer', 'merchant', 'platform', 'regulator', 'court', 'nobody')),
    hand             text check (hand in ('consumer', 'handler', 'mail')),
    problem          text not null,
    platform         text not null,
    purpose          text not null,
    playbook_id      text not null,
    playbook_version integer not null,
    assignee         uuid,
    next_due         timestamptz,
    next_provisional boolean not null default false,
    paused           boolean not null default false,
    overdue_since    timestamptz,
    title            text not null check (char_length(title) <= 200),
    state            jsonb not null,
    head_hash        bytea not null,
    link_generation  integer not null default 1,
    filed_at         timestamptz not null,
    updated_at       timestamptz not null,
    closed_at        timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, number),
    foreign key (tenant_id, assignee) references person,
    foreign key (tenant_id, playbook_id, playbook_version) references playbook_version
);
create index on case_file (tenant_id, next_due, id);
create index on case_file (tenant_id, stage, next_due, id);
create index on case_file (tenant_id, assignee, next_due, id);
create index on case_file (tenant_id, filed_at, id);

create table case_event (
    tenant_id  uuid not null,
    case_id    uuid not null,
    seq        integer not null check (seq > 0),
    kind       text not null,
    at         timestamptz not null,
    actor      text not null,
    role       text not null,
    command_id uuid not null,
    body       jsonb not null,
    prev_hash  bytea not null,
    hash       bytea not null,
    primary key (tenant_id, case_id, seq),
    foreign key (tenant_id, case_id) references case_file
);
create index on case_event (tenant_id, command_id);

create table command (
    tenant_id    uuid not null,
    id           uuid not null,
    case_id      uuid not null,
    content_hash bytea not null,
    receipt      jsonb not null,
    at           timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, case_id) references case_file
);
create index on command (tenant_id, case_id);

create table deadline (
    tenant_id   uuid not null,
    case_id     uuid not null,
    key         text not null,
    bell_id     uuid not null,
    kind        text not null,
    door        text,
    due         timestamptz not null,
    wake_at     timestamptz not null,
    provisional boolean not null default false,
    because     text not null,
    moves_to    text,
    primary key (tenant_id, case_id, key),
    foreign key (tenant_id, case_id) references case_file
);
create index on deadline (tenant_id, wake_at);

-- Words that a person may have erased: events refer to them by id and salted hash.
create table statement (
    tenant_id uuid not null,
    id        uuid not null,
    case_id   uuid not null,
    kind      text not null,
    salt      bytea not null,
    text      text,
    erased_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, case_id) references case_file,
    check ((text is null) = (erased_at is not null))
);
create index on statement (tenant_id, case_id);

create function refuse_rewording() returns trigger language plpgsql as $$
begin
    raise exception 'a statement is erased or stays as it was said' using errcode = 'restrict_violation';
end $$;

create trigger only_erased before update on statement for each row
    when (new.text is not null or new.id <> old.id or new.case_id <> old.case_id or new.salt <> old.salt
        or new.kind <> old.kind) execute function refuse_rewording();
