-- What of each case can be searched, folded: derived from its events, never a second truth. `words` are for
-- everybody who sees the case, `known` for those only who may see names and phones; `tsv` holds the tokens of
-- both. A case that stood here before is added by the worker.
create table case_search (
    tenant_id uuid not null,
    case_id   uuid not null,
    closed    boolean not null,
    words     text not null,
    known     text not null,
    tsv       tsvector not null,
    primary key (tenant_id, case_id),
    foreign key (tenant_id, case_id) references case_file
) with (toast_tuple_target = 256);
call walls.tenant_table('case_search');
call walls.case_table('case_search');
create trigger only_newborn before insert on case_search for each row
    when (session_user = 'redress_public') execute function only_newborn();

-- Waiting entries are looked through one by one: few may wait.
create index case_search_tokens on case_search using gin (tsv) with (gin_pending_list_limit = 256);
create index on case_search (tenant_id, closed, case_id desc);

grant select, insert, update on case_search to redress_app, redress_worker;
grant insert on case_search to redress_public;
