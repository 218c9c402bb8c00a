-- A log-in that may create something, empty a table at once, or watch its rows through a trigger.
select r.rolname || ' may create in schema ' || n.nspname
from pg_roles r, pg_namespace n
where r.rolcanlogin and r.rolname ~ '^redress_' and has_schema_privilege(r.oid, n.oid, 'create')
union all
select r.rolname || ' may create in the database'
from pg_roles r
where r.rolcanlogin and r.rolname ~ '^redress_' and has_database_privilege(r.oid, current_database(), 'create, temp')
union all
select r.rolname || ' may truncate, reference or trigger ' || c.relname
from pg_roles r, pg_class c
where r.rolcanlogin and r.rolname ~ '^redress_' and c.relkind in ('r', 'p')
    and c.relnamespace = 'public'::regnamespace and has_table_privilege(r.oid, c.oid, 'truncate, references, trigger')
