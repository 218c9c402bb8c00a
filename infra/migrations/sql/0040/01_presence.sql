-- Who has a case open or writes about it now. It locks nothing, and nobody keeps it: a crash may empty it.
create unlogged table presence (
    tenant_id uuid not null,
    case_id   uuid not null,
    person_id uuid not null,
    doing     text not null check (doing in ('reading', 'writing')),
    since     timestamptz not null,
    at        timestamptz not null,
    primary key (tenant_id, case_id, person_id),
    foreign key (tenant_id, case_id) references case_file,
    foreign key (tenant_id, person_id) references person
);
create index on presence (tenant_id, person_id);

call walls.tenant_table('presence');
call walls.case_table('presence');
grant select, insert, update, delete on presence to redress_app;
