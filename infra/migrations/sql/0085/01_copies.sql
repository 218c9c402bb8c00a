-- What people look at in place of an original: pictures made anew from its pixels. `waiting` until the worker takes it
-- up; `drawing`, the `tries`-th time; `ready`: `widths` and `heights` are those of its pictures, from number 0, the
-- small one; `unseen`: it cannot be shown, and `why`; `erased`: its pictures went away with the case's words. Where a
-- picture lies follows from `place`, the try and its number, so that what a killed worker left behind can be found.
create table evidence_copy (
    tenant_id   uuid not null,
    evidence_id uuid not null,
    case_id     uuid not null,
    place       uuid not null default gen_random_uuid(),
    state       text not null default 'waiting' check (state in ('waiting', 'drawing', 'ready', 'unseen', 'erased')),
    tries       integer not null default 0 check (tries >= 0),
    why         text,
    pages       integer check (pages > 0),
    widths      integer[] not null default '{}',
    heights     integer[] not null default '{}',
    since       timestamptz not null default clock_timestamp(),
    primary key (tenant_id, evidence_id),
    unique (tenant_id, place),
    foreign key (tenant_id, evidence_id) references evidence on delete cascade,
    foreign key (tenant_id, case_id) references case_file,
    check ((why is not null) = (state = 'unseen') or state = 'erased'),
    check (state <> 'ready' or (pages is not null and cardinality(widths) > 1))
);
create index on evidence_copy (tenant_id, case_id);
create index evidence_copy_owed on evidence_copy (tenant_id, since) where state in ('waiting', 'drawing');

call walls.tenant_table('evidence_copy');
call walls.case_table('evidence_copy');

create function ring_viewing() returns trigger language plpgsql as $$
begin
    perform pg_notify('redress_evidence', '');
    return null;
end $$;

revoke execute on function ring_viewing() from public;

create trigger ring_viewing after insert on evidence_copy for each statement execute function ring_viewing();

grant select, insert, update (state) on evidence_copy to redress_app;
grant select, insert, update on evidence_copy to redress_worker;
