reset role;
set local role redress_searcher;

-- The text stays in its row, the tokens do not: it is looked at often, they are found by their index.
alter table case_search alter words set storage main, alter known set storage main;

drop function search_cases(tsquery, text[], text[], boolean, integer);

-- Ids of open cases and then of closed ones, the newest first. `patterns` must all be told, each of them in one
-- of its ways, between which stands "|". Rare words are found by their tokens and put in order; of a word that
-- more than a few cases tell, the first ones in order are soon met. The planner would guess which is which, and
-- wrong: it takes signs that always stand together for strangers. So the tokens are asked where nothing else can
-- answer ("is not distinct from" has no index), and in the order where nothing else is asked.
create function search_cases(wanted tsquery, patterns text[], knows boolean, most integer) returns setof uuid
    language plpgsql stable rows 50 security definer set search_path = pg_catalog, public, pg_temp
    set plan_cache_mode = force_custom_plan set enable_seqscan = off
as $$
declare
    house constant uuid := public.cur_tenant();
    few constant integer := 1000;
    found uuid[];
begin
    if house is null or public.by_link() then
        return;
    end if;
    select array_agg(hit.case_id order by hit.closed, hit.case_id desc) into found from (
        select s.case_id, s.closed from public.case_search s
        where s.tenant_id is not distinct from house and s.tsv @@ wanted and not exists (
            select from unnest(patterns) p
            where not s.words || case when knows then s.known else '' end like any (string_to_array(p, '|')))
        limit few
    ) hit;
    if coalesce(cardinality(found), 0) < few then
        return query select unnest(found[1:most]);
        return;
    end if;
    return query select s.case_id from public.case_search s
        where s.tenant_id = house and not exists (
            select from unnest(patterns) p
            where not s.words || case when knows then s.known else '' end like any (string_to_array(p, '|')))
        order by s.closed, s.case_id desc limit most;
end $$;
revoke execute on function search_cases(tsquery, text[], boolean, integer) from public;
grant execute on function search_cases(tsquery, text[], boolean, integer) to redress_app;

set local role redress_owner;
