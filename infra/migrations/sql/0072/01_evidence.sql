-- The key of a case, wrapped by the key of its tenant. Without this row its files are noise for ever.
create table evidence_key (
    tenant_id uuid not null,
    case_id   uuid not null,
    wrapped   bytea not null check (octet_length(wrapped) = 60),
    made_at   timestamptz not null default clock_timestamp(),
    primary key (tenant_id, case_id),
    foreign key (tenant_id, case_id) references case_file
);

-- One posted form; its id was in the address, and is good for once.
create table evidence_upload (
    tenant_id uuid not null,
    id        uuid not null,
    case_id   uuid not null,
    began_at  timestamptz not null default clock_timestamp(),
    primary key (tenant_id, id),
    foreign key (tenant_id, case_id) references case_file
);
create index on evidence_upload (tenant_id, case_id);

-- A file from its first byte on. `coming`: nothing is promised yet; `received`: whole, hashed and known by its kind;
-- `kept`: on the case, by event `seq`; `refused`: its bytes go away; `erased`: they went away with the case's words.
create table evidence (
    tenant_id uuid not null,
    id        uuid not null,
    case_id   uuid not null,
    upload_id uuid not null,
    place     uuid not null,
    state     text not null default 'coming' check (state in ('coming', 'received', 'kept', 'refused', 'erased')),
    kind      text,
    size      bigint check (size > 0),
    sha256    bytea check (octet_length(sha256) = 32),
    seq       integer check (seq > 1),
    began_at  timestamptz not null default clock_timestamp(),
    primary key (tenant_id, id),
    unique (tenant_id, place),
    unique (tenant_id, case_id, seq),
    foreign key (tenant_id, case_id) references case_file,
    foreign key (tenant_id, upload_id) references evidence_upload,
    check ((seq is not null) = (state in ('kept', 'erased'))),
    check (state in ('coming', 'refused') or (kind is not null and size is not null and sha256 is not null))
);
create index on evidence (tenant_id, case_id, began_at);
create index on evidence (tenant_id, upload_id);
create index on evidence (tenant_id, state, began_at);

do $$
declare name regclass;
begin
    foreach name in array array['evidence_key', 'evidence_upload', 'evidence']::regclass[] loop
        call walls.tenant_table(name);
        call walls.case_table(name);
    end loop;
end $$;
call walls.append_only('evidence_upload');

-- What is on a case stays as it came, and stays on it.
create trigger kept_as_it_came before update on evidence for each row
    when (old.seq is not null and (new.state not in ('kept', 'erased')
        or (old.state = 'erased' and new.state <> 'erased')
        or (new.id, new.case_id, new.upload_id, new.place, new.kind, new.size, new.sha256, new.seq)
            is distinct from (old.id, old.case_id, old.upload_id, old.place, old.kind, old.size, old.sha256, old.seq)))
    execute function walls.refuse_change();
create trigger kept_for_good before delete on evidence for each row
    when (old.seq is not null) execute function walls.refuse_change();

grant select, insert, delete on evidence_key to redress_app;
grant select on evidence_key to redress_worker;
grant select, insert on evidence_upload to redress_app;
grant select, insert, update on evidence to redress_app;
grant select, update, delete on evidence to redress_worker;
