reset role;
set local role redress_searcher;

-- Ids of open cases and then of closed ones, the newest first. All of `patterns` must be told, and of each of
-- `either` one of its ways, between which stands "|". How many of the newest cases tell it says how to go on: of
-- what some in fifty tell, a page is soon met in order; anything rarer is found by its tokens and then put in order,
-- unless it is too many after all. The planner would guess which is which, and wrong: it takes signs that always
-- stand together for strangers. So the tokens are asked where nothing else can answer ("is not distinct from" has no
-- index).
create or replace function search_cases(wanted tsquery, patterns text[], either text[], knows boolean, most integer)
    returns setof uuid
    language plpgsql stable rows 50 security definer set search_path = pg_catalog, public, pg_temp
    set plan_cache_mode = force_custom_plan set enable_seqscan = off set enable_sort = off
as $$
declare
    house constant uuid := public.cur_tenant();
    newest constant integer := 400;
    often constant integer := newest / 50;
    few constant integer := 2000;
    found uuid[];
begin
    if house is null or public.by_link() then
        return;
    end if;
    found := array(
        select s.case_id from (
            select * from public.case_search where tenant_id = house order by closed, case_id desc limit newest
        ) s
        where s.words || case when knows then s.known else '' end like all (patterns)
            and (either is null or not exists (
                select from unnest(either) e
                where not s.words || case when knows then s.known else '' end like any (string_to_array(e, '|'))))
        order by s.closed, s.case_id desc limit most);
    if cardinality(found) = most then
        return query select unnest(found);
        return;
    end if;
    if cardinality(found) < often then
        found := array(
            select hit.case_id from (
                select s.case_id, s.closed from public.case_search s
                where s.tenant_id is not distinct from house and s.tsv @@ wanted
                    and s.words || case when knows then s.known else '' end like all (patterns)
                    and (either is null or not exists (
                        select from unnest(either) e
                        where not s.words || case when knows then s.known else '' end
                            like any (string_to_array(e, '|'))))
                limit few
            ) hit
            order by hit.closed, hit.case_id desc);
        if cardinality(found) < few then
            return query select unnest(found[1:most]);
            return;
        end if;
    end if;
    return query select s.case_id from public.case_search s
        where s.tenant_id = house
            and s.words || case when knows then s.known else '' end like all (patterns)
            and (either is null or not exists (
                select from unnest(either) e
                where not s.words || case when knows then s.known else '' end like any (string_to_array(e, '|'))))
        order by s.closed, s.case_id desc limit most;
end $$;

set local role redress_owner;
