-- Folds of the events for lists and sums: never second truths.
create table filing (
    tenant_id    uuid not null,
    case_id      uuid not null,
    id           text not null,
    door         text not null,
    state        text not null check (state in (
        'owed', 'sent', 'received', 'answered', 'refused', 'done', 'passed')),
    hand         text not null check (hand in ('consumer', 'handler', 'mail')),
    capacity     text not null check (capacity in ('consumer', 'agent', 'association')),
    channel      text not null default '',
    before_us    boolean not null default false,
    opened_at    timestamptz not null,
    sent_on      date,
    sent_at      timestamptz,
    received_on  date,
    their_date   date,
    verdict      text,
    body         jsonb not null default '{}',
    primary key (tenant_id, case_id, id),
    foreign key (tenant_id, case_id) references case_file
);

create table offer (
    tenant_id uuid not null,
    case_id   uuid not null,
    id        text not null,
    door      text not null,
    party     text not null,
    amount    numeric(14, 2),
    fulfil_by date,
    made_at   timestamptz not null,
    accepted  boolean,
    body      jsonb not null default '{}',
    primary key (tenant_id, case_id, id),
    foreign key (tenant_id, case_id) references case_file
);

create table promise (
    tenant_id uuid not null,
    case_id   uuid not null,
    id        text not null,
    door      text not null,
    promisor  text not null,
    amount    numeric(14, 2),
    due_on    date not null,
    made_at   timestamptz not null,
    kept      boolean,
    body      jsonb not null default '{}',
    primary key (tenant_id, case_id, id),
    foreign key (tenant_id, case_id) references case_file
);

-- Letters owed to somebody. Named by case, sequence and recipient, so that none goes out twice.
create table notice (
    tenant_id         uuid not null,
    id                uuid not null,
    case_id           uuid not null,
    seq               integer not null,
    recipient         text not null,
    channel           text not null,
    letter            text not null,
    bell              text,
    state             text not null default 'queued'
        check (state in ('queued', 'sending', 'sent', 'failed', 'suppressed')),
    address_statement uuid,
    body              jsonb not null default '{}',
    message_id        text,
    proof             jsonb,
    attempts          integer not null default 0,
    claimed_until     timestamptz,  -- while one worker speaks to the mail server, no other does
    queued_at         timestamptz not null,
    sent_at           timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, case_id, seq, recipient, channel, letter),
    foreign key (tenant_id, case_id) references case_file,
    foreign key (tenant_id, address_statement) references statement
);
create index on notice (tenant_id, state, queued_at);
