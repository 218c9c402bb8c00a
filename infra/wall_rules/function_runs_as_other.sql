-- A function that runs with its owner's rights, whose owner can log in or is above the policies, or whose
-- names can be captured.
select p.oid::regprocedure::text
from pg_proc p join pg_roles r on r.oid = p.proowner
where p.prosecdef and p.pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
    and (r.rolcanlogin or r.rolsuper or r.rolbypassrls
        or r.rolname <> case p.oid::regprocedure::text
            when 'search_cases(tsquery,text[],text[],boolean,integer)' then 'redress_searcher' else 'redress_definer' end
        or not coalesce(p.proconfig, '{}') @> '{"search_path=pg_catalog, public, pg_temp"}')
