-- `@@` and `like` are not leakproof: behind a policy they would be asked of every case of the tenant. So the
-- table belongs to a role that its policies do not bind, that cannot log in, and whose one function says itself
-- whose rows it reads. It answers ids; what is shown of a case is read behind the policies of its own table.
alter table case_search no force row level security;
grant execute on function cur_tenant(), cur_role(), by_link() to redress_searcher;
reset role;
alter table case_search owner to redress_searcher;
set local role redress_searcher;

-- A plan is made for the words that are asked for: rare ones come by the tokens, frequent ones in order.
create function search_cases(wanted tsquery, patterns text[], either text[], knows boolean, most integer)
    returns table (case_id uuid, closed boolean)
    language sql stable rows 50 security definer set search_path = pg_catalog, public, pg_temp
    set plan_cache_mode = force_custom_plan
as $$
    select s.case_id, s.closed
    from public.case_search s
    where s.tenant_id = public.cur_tenant() and not public.by_link() and s.tsv @@ wanted
        and case when knows then s.words || s.known else s.words end like all (patterns)
        and (either is null or case when knows then s.words || s.known else s.words end like any (either))
    order by s.closed, s.case_id desc
    limit most
$$;
revoke execute on function search_cases(tsquery, text[], text[], boolean, integer) from public;
grant execute on function search_cases(tsquery, text[], text[], boolean, integer) to redress_app;

set local role redress_owner;
