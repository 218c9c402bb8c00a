-- A table without its one policy for each verb.
select c.relname || ' for ' || verb
from pg_class c, unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) verb
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
    and not exists (
        select from pg_policies p
        where p.schemaname = 'public' and p.tablename = c.relname and p.cmd = verb and p.permissive = 'PERMISSIVE'
            and p.policyname = 'own_' || lower(verb))
