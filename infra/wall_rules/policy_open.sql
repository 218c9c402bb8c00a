-- A policy that lets a log-in reach further than its tenant, or the platform's own list of tables.
select p.tablename || '.' || p.policyname
from pg_policies p
cross join lateral (values
    (p.qual, p.cmd in ('SELECT', 'UPDATE', 'DELETE', 'ALL')),
    (p.with_check, p.cmd in ('INSERT', 'UPDATE', 'ALL'))
) as said (expression, needed)
where p.schemaname = 'public' and p.permissive = 'PERMISSIVE' and needed
    and not (p.roles = '{redress_definer}' and p.cmd = 'SELECT')
    and coalesce(expression, 'true') <> all (case
        when not exists (
            select from pg_attribute a
            where a.attrelid = format('public.%I', p.tablename)::regclass and a.attname = 'tenant_id'
        ) then array['on_platform()', '(cur_tenant() IS NOT NULL)']
        when p.tablename in ('session', 'api_token', 'link', 'outbox', 'wake')
            then array['(on_platform() OR (tenant_id = cur_tenant()))']
        else array['(tenant_id = cur_tenant())'] end)
