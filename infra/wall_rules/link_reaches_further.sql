-- A table with cases or keys in which a consumer's or merchant's link would reach more than its own case.
with wanted (tablename, policyname, expression) as (
    select c.relname, 'one_case', format('within_case(%s)', a.attname)
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid
        and a.attname = case when c.relname = 'case_file' then 'id' else 'case_id' end
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    union all
    select unnest(array['recovery_code', 'invitation', 'session', 'api_token']), 'staff_only', '(NOT by_link())'
)
select w.tablename || ' lacks ' || w.policyname
from wanted w
where not exists (
    select from pg_policies p
    where p.schemaname = 'public' and p.tablename = w.tablename and p.policyname = w.policyname
        and p.permissive = 'RESTRICTIVE' and p.cmd = 'ALL' and p.roles = '{public}'
        and p.qual = w.expression and p.with_check = w.expression)
union all
select 'person lacks own_handler'
where not exists (
    select from pg_policies p
    where p.schemaname = 'public' and p.tablename = 'person' and p.policyname = 'own_handler'
        and p.permissive = 'RESTRICTIVE' and p.cmd = 'ALL' and p.roles = '{public}'
        and p.qual ~ '^\(\(NOT by_link\(\)\) OR \(id = ' and p.qual ~ 'cur_case\(\)'
        and p.with_check = '(NOT by_link())')
